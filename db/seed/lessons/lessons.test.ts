import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const LESSONS_DIR = import.meta.dirname;
const TOTAL_LIMIT_BYTES = 30 * 2 ** 20;
const GRADE_HEIGHTS = { liuchang: 360, biaoqing: 480, gaoqing: 720 } as const;

interface Manifest {
  slug: string;
  kind: 'video' | 'document';
  titleZh: string;
  titleEn: string;
  scheme: string;
  topicCode: string;
  licence: string;
  durationMs: number;
  poster: string;
  master: string;
  renditions: { name: string; height: number; bandwidth: number }[];
  subtitles: { language: string; file: string }[];
  speechEngine: string;
  minReadingSeconds: number;
  content: { language: string; file: string }[];
}

interface Catalogue {
  note: string;
  courses: {
    slug: string;
    titleZh: string;
    titleEn: string;
    scheme: string;
    syllabus: string;
    topics: { code: string; titleZh: string; titleEn: string; requiredSeconds: number }[];
    lessons: string[];
  }[];
}

const readText = (...parts: string[]): string => readFileSync(join(LESSONS_DIR, ...parts), 'utf8');
const slugs = readdirSync(LESSONS_DIR, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const manifests = slugs.map((slug) => JSON.parse(readText(slug, 'lesson.json')) as Manifest);
const videos = manifests.filter((manifest) => manifest.kind === 'video');
const documents = manifests.filter((manifest) => manifest.kind === 'document');
const catalogue = JSON.parse(readText('catalogue.json')) as Catalogue;

/** The segments of a media playlist: file name and length in seconds. */
const segmentsOf = (playlist: string): { file: string; seconds: number }[] =>
  [...playlist.matchAll(/#EXTINF:([\d.]+),[^\n]*\n(\S+)/g)].map((match) => ({
    seconds: Number(match[1]),
    file: match[2] ?? '',
  }));

const toMs = (time: string): number => {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return Math.round(((hours * 60 + minutes) * 60 + seconds) * 1000);
};

const cuesOf = (vtt: string): { startMs: number; endMs: number; words: string }[] =>
  [...vtt.matchAll(/(\d\d:\d\d:\d\d\.\d{3}) --> (\d\d:\d\d:\d\d\.\d{3})\n(.+)/g)].map((match) => ({
    startMs: toMs(match[1] ?? ''),
    endMs: toMs(match[2] ?? ''),
    words: match[3] ?? '',
  }));

describe('demo lessons', () => {
  it('there are at least four video lessons and two documents', () => {
    expect(videos.length).toBeGreaterThanOrEqual(4);
    expect(documents.length).toBeGreaterThanOrEqual(2);
  });

  it.each(manifests.map((manifest, i) => [slugs[i], manifest] as const))(
    '%s: the manifest is complete',
    (slug, manifest) => {
      expect(manifest.slug).toBe(slug);
      expect(manifest.titleZh).toMatch(/\p{Script=Han}/u);
      expect(manifest.titleEn).toMatch(/^[\x20-\x7e]+$/);
      expect(['road-transport', 'work-safety']).toContain(manifest.scheme);
      expect(manifest.topicCode).toMatch(/^[a-z-]+$/);
      expect(manifest.licence).toBe('Apache-2.0 (project)');
    },
  );
});

describe.each(videos.map((video) => [video.slug, video] as const))('video lesson %s', (slug, video) => {
  it('lasts 2.5 to 4 minutes and names its poster, master playlist and speech engine', () => {
    expect(video.durationMs).toBeGreaterThanOrEqual(150_000);
    expect(video.durationMs).toBeLessThanOrEqual(240_000);
    expect(video.speechEngine).not.toBe('');
    for (const file of [video.poster, video.master]) expect(existsSync(join(LESSONS_DIR, slug, file))).toBe(true);
  });

  it('has the three grades, and the master playlist lists each with size, codecs and bit rate', () => {
    const master = readText(slug, video.master);
    expect(Object.fromEntries(video.renditions.map(({ name, height }) => [name, height]))).toEqual(GRADE_HEIGHTS);
    for (const { name, height, bandwidth } of video.renditions) {
      const line = master.split('\n').find((_, i, lines) => lines[i + 1] === `${name}/index.m3u8`) ?? '';
      expect(line).toContain(`x${height}`);
      expect(line).toContain(`BANDWIDTH=${bandwidth}`);
      expect(line).toMatch(/CODECS="avc1\.[0-9a-f]{6},mp4a\.40\.2"/);
    }
  });

  it('every grade has the same segments, all present, adding up to the stated length within 0.5 s', () => {
    const lists = video.renditions.map(({ name }) => segmentsOf(readText(slug, 'hls', name, 'index.m3u8')));
    for (const [i, list] of lists.entries()) {
      const name = video.renditions[i]?.name ?? '';
      const totalMs = list.reduce((sum, segment) => sum + segment.seconds * 1000, 0);
      expect(Math.abs(totalMs - video.durationMs)).toBeLessThanOrEqual(500);
      expect(list.map(({ seconds }) => seconds)).toEqual(lists[0]?.map(({ seconds }) => seconds));
      for (const segment of list)
        expect(statSync(join(LESSONS_DIR, slug, 'hls', name, segment.file)).size).toBeGreaterThan(188);
    }
  });

  it('subtitles in both languages are ordered, do not overlap and lie inside the lesson', () => {
    const cues = video.subtitles.map(({ file }) => cuesOf(readText(slug, file)));
    expect(video.subtitles.map(({ language }) => language)).toEqual(['zh', 'en']);
    expect(cues[0]?.length).toBeGreaterThan(20);
    expect(cues[1]?.length).toBe(cues[0]?.length);
    for (const list of cues) {
      let lastEndMs = 0;
      for (const cue of list) {
        expect(cue.startMs).toBeGreaterThanOrEqual(lastEndMs);
        expect(cue.endMs).toBeGreaterThan(cue.startMs);
        expect(cue.words.trim()).not.toBe('');
        lastEndMs = cue.endMs;
      }
      expect(lastEndMs).toBeLessThanOrEqual(video.durationMs);
    }
    expect(cues[0]?.every(({ words }) => /\p{Script=Han}/u.test(words))).toBe(true);
    expect(cues[1]?.some(({ words }) => /\p{Script=Han}/u.test(words))).toBe(false);
  });
});

describe.each(documents.map((document) => [document.slug, document] as const))(
  'document lesson %s',
  (slug, document) => {
    it('has a minimum reading time and a text in both languages', () => {
      expect(document.minReadingSeconds).toBeGreaterThanOrEqual(60);
      expect(document.content.map(({ language }) => language)).toEqual(['zh', 'en']);
      for (const { file } of document.content) expect(readText(slug, file)).toMatch(/^# .+\n\n[\s\S]+\n## /);
    });
  },
);

describe('catalogue', () => {
  it('uses every lesson exactly once, in a course of the lesson’s scheme that has its topic', () => {
    expect(catalogue.courses.flatMap((course) => course.lessons).toSorted()).toEqual(slugs.toSorted());
    for (const course of catalogue.courses) {
      for (const slug of course.lessons) {
        const manifest = manifests.find((candidate) => candidate.slug === slug);
        expect(manifest?.scheme).toBe(course.scheme);
        expect(course.topics.map((topic) => topic.code)).toContain(manifest?.topicCode);
      }
    }
  });

  it('asks for no more seconds per topic than its lessons can give', () => {
    for (const course of catalogue.courses) {
      for (const topic of course.topics) {
        const given = manifests
          .filter((manifest) => course.lessons.includes(manifest.slug) && manifest.topicCode === topic.code)
          .reduce(
            (sum, { kind, durationMs, minReadingSeconds }) =>
              sum + (kind === 'video' ? durationMs / 1000 : minReadingSeconds),
            0,
          );
        expect(topic.requiredSeconds).toBeGreaterThan(0);
        expect(topic.requiredSeconds).toBeLessThanOrEqual(given);
      }
    }
  });
});

describe('size', () => {
  it('all committed lesson media and upload fixtures stay below 30 MiB', () => {
    const fixtures = join(dirname(dirname(dirname(LESSONS_DIR))), 'e2e', 'fixtures');
    const bytes = [LESSONS_DIR, fixtures]
      .flatMap((dir) => readdirSync(dir, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
    expect(bytes).toBeLessThan(TOTAL_LIMIT_BYTES);
  });
});
