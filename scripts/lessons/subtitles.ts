import type { SpokenScene } from './speech.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** WebVTT time of a position in milliseconds. */
const vttTime = (ms: number): string => {
  const seconds = Math.floor(ms / 1000);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${String(ms % 1000).padStart(3, '0')}`;
};

/** Subtitles of a lesson, one cue per spoken sentence, timed by the speech itself. */
export function writeSubtitles(scenes: SpokenScene[], language: 'zh' | 'en'): string {
  const cues = scenes
    .flatMap((scene) => scene.sentences)
    .map(
      (sentence, i) => `${i + 1}\n${vttTime(sentence.startMs)} --> ${vttTime(sentence.endMs)}\n${sentence[language]}\n`,
    );
  return `WEBVTT\n\n${cues.join('\n')}`;
}
