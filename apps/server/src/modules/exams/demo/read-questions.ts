import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { questionSchema } from '@antu/contract';
import { difficulties, schemeCodes } from '@antu/domain';
import { z } from 'zod';
import { databaseDir } from '../../../platform/paths.ts';

export const questionsDir = join(databaseDir, 'seed/questions');

const slug = z.string().regex(/^[a-z0-9-]+$/);

/** A file of demo questions: all of one topic, and of one lesson of the demo if they fit it. */
export const demoQuestionFileSchema = z.object({
  scheme: z.enum(schemeCodes),
  /** Slug of the demo syllabus that has the topic. */
  syllabus: slug,
  topic: slug,
  /** Slug of the demo lesson; null when no published one teaches this. */
  lesson: slug.nullable(),
  titleZh: z.string(),
  validFrom: z.iso.date(),
  questions: z.array(
    z.object({
      difficulty: z.literal(difficulties),
      clause: z.string(),
      explanation: z.string(),
      exclusionGroup: z.string().nullable(),
      question: questionSchema,
    }),
  ),
});
export type DemoQuestionFile = z.output<typeof demoQuestionFileSchema>;

/** Reads the demo's questions, the same order every time. */
export async function readDemoQuestions(): Promise<DemoQuestionFile[]> {
  const names = (await readdir(questionsDir)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (name) =>
      demoQuestionFileSchema.parse(JSON.parse(await readFile(join(questionsDir, name), 'utf8'))),
    ),
  );
}
