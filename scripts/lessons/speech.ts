import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LessonScript } from './script.ts';

/** Samples per second of the synthesised speech. */
const SAMPLE_RATE = 22_050;
const WAV_HEADER_BYTES = 44;
/** Below this the signal counts as silence when a sentence is trimmed (of 32,767). */
const SILENCE_LEVEL = 160;

const SCENE_LEAD_MS = 700;
const SENTENCE_GAP_MS = 480;
const SCENE_TAIL_MS = 800;

/**
 * espeak-ng reads pinyin syllable by syllable, which keeps the tones right where its dictionary of characters would guess.
 * 166 is unhurried for this voice (about 3 syllables a second); the low pitch tires the ear less.
 */
const VOICE = ['-v', 'cmn-latn-pinyin', '-s', '166', '-p', '38', '-a', '120', '-g', '1'];

/** Takes the buzz off the voice, evens out loud and soft syllables and brings all lessons to the same loudness. */
const POLISH = [
  'highpass=f=75',
  'equalizer=f=220:t=q:w=1:g=2.5',
  'equalizer=f=2600:t=q:w=1.2:g=2',
  'equalizer=f=6500:t=q:w=1:g=-4',
  'lowpass=f=9000',
  'aecho=0.9:0.5:22|37:0.10|0.06',
  'acompressor=threshold=-22dB:ratio=3:attack=8:release=160:makeup=2',
  'loudnorm=I=-18:TP=-4:LRA=7',
  'alimiter=limit=0.6:level=disabled',
].join(',');

/** The engine, as written in the lesson's manifest. */
export const SPEECH_ENGINE = 'espeak-ng 1.51, voice cmn-latn-pinyin';

/** When a sentence is spoken, in milliseconds from the start of the lesson. */
export interface SpokenSentence {
  zh: string;
  en: string;
  startMs: number;
  endMs: number;
}

export interface SpokenScene {
  id: string;
  picture: string;
  startMs: number;
  endMs: number;
  sentences: SpokenSentence[];
}

const samplesOf = (ms: number): number => Math.round((ms / 1000) * SAMPLE_RATE);
const msOf = (samples: number): number => Math.round((samples / SAMPLE_RATE) * 1000);

/** Speaks one sentence and cuts the silence around it. */
function speak(pinyin: string): Int16Array {
  const wav = execFileSync('espeak-ng', [...VOICE, '--stdout', pinyin], { maxBuffer: 64 * 1024 * 1024 });
  const pcm = new Int16Array(wav.buffer.slice(wav.byteOffset + WAV_HEADER_BYTES, wav.byteOffset + (wav.length & ~1)));
  let from = 0;
  let to = pcm.length;
  while (from < to && Math.abs(pcm[from] ?? 0) < SILENCE_LEVEL) from += 1;
  while (to > from && Math.abs(pcm[to - 1] ?? 0) < SILENCE_LEVEL) to -= 1;
  return pcm.slice(Math.max(0, from - 200), Math.min(pcm.length, to + 400));
}

/** A soft two-tone bell that marks a new scene, about half a second. */
function bell(): Int16Array {
  const pcm = new Int16Array(samplesOf(520));
  for (let i = 0; i < pcm.length; i += 1) {
    const seconds = i / SAMPLE_RATE;
    const fade = Math.exp(-seconds * 9) * Math.min(1, seconds * 80);
    const tone = Math.sin(2 * Math.PI * 523.25 * seconds) + 0.5 * Math.sin(2 * Math.PI * 784 * seconds);
    pcm[i] = Math.round(900 * fade * tone);
  }
  return pcm;
}

function writeWav(path: string, chunks: { at: number; pcm: Int16Array }[], totalSamples: number): void {
  const pcm = new Int16Array(totalSamples);
  for (const chunk of chunks) pcm.set(chunk.pcm, chunk.at);
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + pcm.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(pcm.byteLength, 40);
  writeFileSync(path, Buffer.concat([header, Buffer.from(pcm.buffer)]));
}

/**
 * Speaks the whole script into `<workDir>/speech.wav` and tells when each sentence begins and ends.
 * Scenes end on whole frames of `frameMs`, so picture and sound cannot drift apart.
 */
export function speakScript(script: LessonScript, workDir: string, frameMs: number): SpokenScene[] {
  const chunks: { at: number; pcm: Int16Array }[] = [];
  const scenes: SpokenScene[] = [];
  const sceneBell = bell();
  let frame = 0;
  for (const scene of script.scenes) {
    const startMs = frame * frameMs;
    let at = samplesOf(startMs);
    chunks.push({ at, pcm: sceneBell });
    at += samplesOf(SCENE_LEAD_MS);
    const sentences: SpokenSentence[] = [];
    for (const sentence of scene.sentences) {
      const pcm = speak(sentence.pinyin);
      chunks.push({ at, pcm });
      sentences.push({ zh: sentence.zh, en: sentence.en, startMs: msOf(at), endMs: msOf(at + pcm.length) });
      at += pcm.length + samplesOf(SENTENCE_GAP_MS);
    }
    frame = Math.ceil((msOf(at) + SCENE_TAIL_MS - SENTENCE_GAP_MS) / frameMs);
    scenes.push({ id: scene.id, picture: scene.picture, startMs, endMs: frame * frameMs, sentences });
  }
  const raw = join(workDir, 'raw.wav');
  writeWav(raw, chunks, samplesOf(frame * frameMs));
  execFileSync('ffmpeg', [
    '-v',
    'error',
    '-y',
    '-i',
    raw,
    '-af',
    POLISH,
    '-ar',
    '24000',
    '-ac',
    '1',
    join(workDir, 'speech.wav'),
  ]);
  return scenes;
}
