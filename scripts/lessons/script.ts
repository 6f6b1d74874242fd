import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One spoken sentence. `pinyin` is what the voice reads: syllables with tone numbers, commas for short pauses. */
export interface Sentence {
  zh: string;
  en: string;
  pinyin: string;
}

export interface Scene {
  id: string;
  picture: string;
  sentences: Sentence[];
}

/** The written source of one video lesson: `db/seed/lessons/<slug>/script.json`. */
export interface LessonScript {
  slug: string;
  scheme: string;
  topicCode: string;
  titleZh: string;
  titleEn: string;
  scenes: Scene[];
}

/** Reads a script and refuses sentences whose pinyin is missing or has not one syllable per character. */
export function readScript(lessonDir: string): LessonScript {
  const script = JSON.parse(readFileSync(join(lessonDir, 'script.json'), 'utf8')) as LessonScript;
  for (const scene of script.scenes) {
    for (const sentence of scene.sentences) {
      const characters = sentence.zh.replace(/[，。：、]/g, '').length;
      const syllables = sentence.pinyin.replaceAll(',', ' ').trim().split(/\s+/).length;
      if (characters !== syllables) {
        throw new Error(
          `${script.slug}/${scene.id}: ${characters} characters but ${syllables} syllables in "${sentence.zh}"`,
        );
      }
    }
  }
  return script;
}
