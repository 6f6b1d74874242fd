/**
 * Makes the demo's video lessons from `db/seed/lessons/<slug>/script.json`: speech, pictures, HLS, subtitles, poster, manifest.
 * Run by hand after changing a script or a picture, never at start: `node scripts/lessons/make-lessons.ts [slug...]`.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { directoryBytes, encodeHls, writePoster } from './encode.ts';
import { drawFrames, FRAMES_PER_SECOND } from './frames.ts';
import { readScript } from './script.ts';
import { SPEECH_ENGINE, speakScript } from './speech.ts';
import { writeSubtitles } from './subtitles.ts';

const LESSONS_DIR = join(import.meta.dirname, '../../db/seed/lessons');
const LICENCE = 'Apache-2.0 (project)';

function makeLesson(slug: string): void {
  const lessonDir = join(LESSONS_DIR, slug);
  const script = readScript(lessonDir);
  const workDir = mkdtempSync(join(tmpdir(), `lesson-${slug}-`));
  try {
    const scenes = speakScript(script, workDir, 1000 / FRAMES_PER_SECOND);
    drawFrames(scenes, workDir);
    const { renditions, durationMs } = encodeHls(workDir, join(lessonDir, 'hls'));
    const opening = scenes[0];
    if (!opening) throw new Error(`${slug} has no scenes`);
    writePoster(workDir, join(lessonDir, 'poster.jpg'), opening.endMs - 300);
    mkdirSync(join(lessonDir, 'subtitles'), { recursive: true });
    for (const language of ['zh', 'en'] as const) {
      writeFileSync(join(lessonDir, 'subtitles', `${language}.vtt`), writeSubtitles(scenes, language));
    }
    const manifest = {
      slug,
      kind: 'video',
      titleZh: script.titleZh,
      titleEn: script.titleEn,
      scheme: script.scheme,
      topicCode: script.topicCode,
      durationMs,
      poster: 'poster.jpg',
      master: 'hls/master.m3u8',
      renditions,
      subtitles: [
        { language: 'zh', labelZh: '中文', labelEn: 'Chinese', file: 'subtitles/zh.vtt' },
        { language: 'en', labelZh: '英文', labelEn: 'English', file: 'subtitles/en.vtt' },
      ],
      scenes: scenes.map(({ id, startMs }) => ({ id, startMs: Math.round(startMs) })),
      licence: LICENCE,
      speechEngine: SPEECH_ENGINE,
    };
    writeFileSync(join(lessonDir, 'lesson.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    const mebibytes = (directoryBytes(join(lessonDir, 'hls')) / 2 ** 20).toFixed(2);
    process.stdout.write(`${slug}: ${(durationMs / 1000).toFixed(1)} s, ${scenes.length} scenes, ${mebibytes} MiB\n`);
  } finally {
    if (!process.env.KEEP_LESSON_WORK) rmSync(workDir, { recursive: true, force: true });
  }
}

const known = readdirSync(LESSONS_DIR).filter((name) => existsSync(join(LESSONS_DIR, name, 'script.json')));
const asked = process.argv.slice(2);
for (const slug of asked.length > 0 ? asked : known) makeLesson(slug);
