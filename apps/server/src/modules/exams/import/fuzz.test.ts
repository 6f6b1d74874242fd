import { buffer } from 'node:stream/consumers';
import { type CheckContext, checkDrafts, writeText } from '@antu/domain';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ImportReading } from './read/read-import.ts';
import { makeBank } from './testing/make-bank.ts';
import { encodeSomehow, mutateBytes, mutatePackage, mutateText, type Random, seededRandom } from './testing/mutate.ts';
import { readBytes } from './testing/read-back.ts';
import { writePackage } from './write/write-package.ts';
import { writeQuestions } from './write/write-workbook.ts';

/** `FUZZ_CASES=2000` for the full run. */
const CASES = Number(process.env['FUZZ_CASES'] ?? 240);
const MOST_CASE_MS = 10_000;
/** What one file may add to the heap of the process that reads it; the real one has a limit of its own. */
const MOST_HEAP_MIB = 256;

const context: CheckContext = {
  scheme: 'road-transport',
  topics: [],
  defaultTopicId: 't',
  today: '2026-11-26',
  inBank: new Map(),
  knownFiles: new Set(),
};

const loose = `一、单项选择题（每题2分）
1、雨天应当（ B ）。
A.加速 B.减速
2．夜间会车使用什么灯？
A、近光
B、远光
答案：A
二、判断题
1、(判断题)疲劳时可以驾驶。【答案】:错误
2、应当系安全带（√）
三、案例题
1、【案例题】雨天爆胎。
（1）首先应当
A、急刹 B、握稳
答案：B
答案：
1-2 AB`;

let sheet: Buffer;
let qti: Buffer;
beforeAll(async () => {
  const bank = makeBank(12);
  sheet = await buffer(writeQuestions(bank, ['防御性驾驶']));
  qti = await buffer(writePackage(bank.slice(0, 6), '题库', new Map()));
});

/** The report is clear: a refusal in words, or each question good or with a reason in a row. */
function expectClear(reading: ImportReading): 'refused' | 'read' {
  if ('refusal' in reading) {
    expect(reading.refusal.zh).toMatch(/[\u4e00-\u9fff]{2}/);
    expect(reading.refusal.en.length).toBeGreaterThan(5);
    return 'refused';
  }
  const checked = checkDrafts(reading.drafts, context);
  for (const { item, problems } of checked) {
    expect(item !== null || problems.some(({ level }) => level === 'stop')).toBe(true);
    for (const { row, zh, en } of problems) {
      expect(row).toBeGreaterThan(0);
      expect(zh).not.toBe('');
      expect(`${zh}${en}`).not.toMatch(/\{(?:found|other|most|zh|en|key)\}/);
    }
  }
  return 'read';
}

const makers: Readonly<Record<string, (random: Random) => Buffer | Promise<Buffer>>> = {
  'spreadsheets with mutated bytes': (random) => mutateBytes(sheet, random),
  'spreadsheets with mutated parts': (random) => mutatePackage(sheet, random),
  'QTI packages with mutated bytes': (random) => mutateBytes(qti, random),
  'QTI packages with mutated parts': (random) => mutatePackage(qti, random),
  'texts as people keep them, mutated, in many encodings': (random) =>
    encodeSomehow(mutateText(random(2) === 0 ? loose : loose.repeat(1 + random(40)), random), random),
  'exported texts, mutated': (random) => Buffer.from(mutateText(writeText(makeBank(8)), random)),
};
const each = Math.ceil(CASES / Object.keys(makers).length);

describe('mutated files', () => {
  it.each(Object.keys(makers))(
    '%s: no crash, a clear report, bounded time and memory',
    async (name) => {
      const outcomes = { refused: 0, read: 0 };
      let slowestMs = 0;
      const heapBefore = process.memoryUsage().heapUsed;
      let most = heapBefore;
      for (let seed = 1; seed <= each; seed += 1) {
        const bytes = await makers[name]?.(seededRandom(seed * 7_919));
        const startedMs = performance.now();
        const reading = await readBytes(bytes ?? Buffer.alloc(0)).catch((error: unknown) => {
          throw new Error(`${name}, seed ${seed}`, { cause: error });
        });
        slowestMs = Math.max(slowestMs, performance.now() - startedMs);
        most = Math.max(most, process.memoryUsage().heapUsed);
        outcomes[expectClear(reading)] += 1;
      }
      const heapMib = Math.round((most - heapBefore) / 1024 / 1024);
      if (process.env['FUZZ_CASES']) console.log(name, { ...outcomes, slowestMs: Math.round(slowestMs), heapMib });
      expect(slowestMs).toBeLessThan(MOST_CASE_MS);
      expect(heapMib).toBeLessThan(MOST_HEAP_MIB);
      // A fuzz whose files are all alike shows nothing.
      expect(outcomes.refused + outcomes.read).toBe(each);
      expect(Math.min(outcomes.refused, outcomes.read) + (name.includes('text') ? 1 : 0)).toBeGreaterThan(0);
    },
    600_000,
  );
});
