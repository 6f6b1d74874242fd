import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { schemeCodes } from '@antu/domain';
import { z } from 'zod';
import { databaseDir } from '../../../platform/paths.ts';

export const lessonsDir = join(databaseDir, 'seed/lessons');
export const coursesDir = join(databaseDir, 'seed/courses');

const slug = z.string().regex(/^[a-z0-9-]+$/);
const scheme = z.enum(schemeCodes);

const catalogueSchema = z.object({
  courses: z.array(
    z.object({
      slug,
      titleZh: z.string(),
      titleEn: z.string(),
      scheme,
      syllabus: slug,
      topics: z.array(
        z.object({ code: slug, titleZh: z.string(), titleEn: z.string(), requiredSeconds: z.int().positive() }),
      ),
      lessons: z.array(slug),
    }),
  ),
});

const syllabiSchema = z.array(
  z.object({ slug, scheme, titleZh: z.string(), titleEn: z.string(), source: z.string(), validFrom: z.iso.date() }),
);

const manifestSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('video'),
    titleZh: z.string(),
    titleEn: z.string(),
    topicCode: slug,
    poster: z.string(),
    subtitles: z.array(z.object({ language: z.enum(['zh', 'en']), file: z.string() })).default([]),
  }),
  z.object({
    kind: z.literal('document'),
    titleZh: z.string(),
    titleEn: z.string(),
    topicCode: slug,
    minReadingSeconds: z.int().positive(),
    content: z.array(z.object({ language: z.enum(['zh', 'en']), file: z.string() })),
  }),
]);
export type LessonManifest = z.output<typeof manifestSchema>;

const inTheMakingSchema = z.array(
  z.object({
    titleZh: z.string(),
    titleEn: z.string(),
    syllabus: slug,
    state: z.enum(['draft', 'body-review', 'platform-review']),
    bodyComment: z.string().default(''),
    lessons: z.array(
      z.object({
        titleZh: z.string(),
        titleEn: z.string(),
        topicCode: slug,
        readingSeconds: z.int().positive(),
        file: z.string(),
      }),
    ),
  }),
);

async function readJson<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> {
  return schema.parse(JSON.parse(await readFile(path, 'utf8')));
}

/** Courses that the demo publishes. */
export const readCatalogue = () => readJson(join(lessonsDir, 'catalogue.json'), catalogueSchema);

export const readSyllabi = () => readJson(join(coursesDir, 'syllabi.json'), syllabiSchema);

/** Courses that wait for a reviewer or for their author. */
export const readInTheMaking = () => readJson(join(coursesDir, 'in-the-making.json'), inTheMakingSchema);

export const readManifest = (lesson: string): Promise<LessonManifest> =>
  readJson(join(lessonsDir, lesson, 'lesson.json'), manifestSchema);
