import type { SittingPaper, SittingView } from '@antu/contract';
import type { Answer, AskedQuestion } from '@antu/domain';
import type { SnapshotReport } from '../study/study-transport.ts';
import type { Keeper } from './sitting-record.ts';
import {
  ELSEWHERE_CODE,
  type EventRequest,
  type SaveAnswer,
  type SaveRequest,
  type SittingTransport,
  VOIDED_CODE,
} from './sitting-transport.ts';

export const SITTING_ID = '0198d6a0-0000-7000-8000-0000000000e1';
export const T0 = Date.parse('2026-12-01T01:00:00.000Z');

export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code = '') {
    super(`${status} ${code}`);
    this.status = status;
    this.code = code;
  }
}

/** A device without a camera. */
export const noPicture = async (): Promise<SnapshotReport> => ({ picture: null, failure: 'missing' });

/** A device's store that outlives its pages. */
export function memoryKeeper(): Keeper & { full: boolean } {
  const kept = new Map<string, string>();
  return {
    full: false,
    read: (key) => kept.get(key) ?? null,
    write(key, value) {
      if (value === null) kept.delete(key);
      else if (this.full) return false;
      else kept.set(key, value);
      return true;
    },
    keys: () => [...kept.keys()],
  };
}

const option = (key: 'A' | 'B' | 'C' | 'D') => ({ key, text: `选项 ${key}`, file: null });
const QUESTION: AskedQuestion = {
  kind: 'single',
  stem: '下长坡怎样控制车速？',
  files: [],
  options: [option('A'), option('B'), option('C'), option('D')],
};

/**
 * A server with one sitting, as the contract describes it: numbers seen are answered as the first time, another device that
 * takes over ends the first. `net` decides what becomes of a request.
 */
export class FakeExamServer {
  answers = new Map<number, { answer: Answer; savedAtMs: number }>();
  /** Every answer that changed something, in order. */
  history: { item: number; answer: Answer }[] = [];
  events: { kind: string; atMs: number }[] = [];
  saves: SaveRequest[] = [];
  state: SittingView['state'] = 'running';
  endsAtMs = T0 + 3_600_000;
  extraSeconds = 0;
  message: SittingView['message'] = null;
  watched = false;
  picture: SittingView['picture'] = null;
  pictures: { id: number; report: SnapshotReport }[] = [];
  looks = 0;
  refuseStart: Refusal | null = null;
  submits = 0;
  readonly questions: number;
  readonly #nowMs: () => number;
  #device: string | null = null;
  #token = '';
  #starts = 0;
  /** Tokens of devices that were replaced, with the moment. */
  readonly #replaced = new Map<string, number>();
  #seqs = new Set<string>();
  #handedOver = 0;

  constructor(nowMs: () => number, questions = 4) {
    this.#nowMs = nowMs;
    this.questions = questions;
  }

  /** The line of one device. @param net may lose a request before or after it was handled */
  line(device: string, net: <T>(handle: () => T) => Promise<T> = async (handle) => handle()): SittingTransport {
    return {
      look: () =>
        net(() => {
          this.looks += 1;
          return this.#facts();
        }),
      start: (takeOver) => net(() => this.#start(device, takeOver)),
      save: (request) => net(() => this.save(request)),
      report: (request) => net(() => this.#report(request)),
      submit: (token) =>
        net(() => {
          this.#only(token);
          this.submits += 1;
          if (this.state === 'running') this.state = 'submitted';
          return this.#facts();
        }),
      sendPicture: (id, token, report) =>
        net(() => {
          this.#only(token);
          this.pictures.push({ id, report });
          return { taken: report.picture !== null };
        }),
    };
  }

  save(given: SaveRequest): SaveAnswer {
    const replacedMs = this.#replaced.get(given.deviceToken);
    const isKept = ({ agoMs }: { agoMs: number }) => this.#nowMs() - agoMs <= (replacedMs ?? Number.POSITIVE_INFINITY);
    const request = { ...given, answers: given.answers.filter(isKept) };
    if (replacedMs === undefined || request.answers.length === 0) this.#only(request.deviceToken);
    if (this.state === 'voided') throw new Refusal(409, VOIDED_CODE);
    if (this.state !== 'running') throw new Refusal(409, 'exams.over');
    this.saves.push(structuredClone(request));
    const key = `${request.deviceToken} ${request.seq}`;
    if (!this.#seqs.has(key)) {
      this.#seqs.add(key);
      if (replacedMs !== undefined) this.#handedOver += 1;
      for (const { item, answer } of request.answers) {
        const savedAtMs = replacedMs ?? this.#nowMs();
        if (replacedMs !== undefined && (this.answers.get(item)?.savedAtMs ?? 0) >= replacedMs) continue;
        this.answers.set(item, { answer, savedAtMs });
        this.history.push({ item, answer });
      }
    }
    const { now, endsAt, state, leaves, message, handedOver } = this.#facts();
    return {
      savedSeq: request.seq,
      counts: this.#nowMs() <= this.endsAtMs,
      now,
      endsAt: endsAt ?? '',
      state,
      leaves,
      message,
      handedOver,
      elsewhere: replacedMs === undefined ? null : { kept: request.answers.map(({ item }) => item) },
    };
  }

  #start(device: string, takeOver: boolean): SittingPaper {
    if (this.refuseStart) throw this.refuseStart;
    if (this.state !== 'running') throw new Refusal(409, 'exams.over');
    if (this.#device !== null && this.#device !== device && !takeOver) throw new Refusal(409, ELSEWHERE_CODE);
    if (this.#device !== null && this.#device !== device) this.#replaced.set(this.#token, this.#nowMs());
    this.#device = device;
    this.#starts += 1;
    this.#token = `${device}-${this.#starts}`;
    return {
      ...this.#facts(),
      items: Array.from({ length: this.questions }, (_, item) => ({ item, points: 2, question: QUESTION })),
      answers: [...this.answers].map(
        ([item, { answer, savedAtMs }]) => ({ item, answer, savedAt: iso(savedAtMs) }) as never,
      ),
      deviceToken: this.#token,
    };
  }

  #report({ deviceToken, events }: EventRequest): SittingView {
    this.#only(deviceToken);
    this.events.push(...events.map(({ kind, agoMs }) => ({ kind, atMs: this.#nowMs() - agoMs })));
    return this.#facts();
  }

  #only(token: string): void {
    if (token !== this.#token) throw new Refusal(409, ELSEWHERE_CODE);
  }

  #facts(): SittingView {
    return {
      id: SITTING_ID,
      kind: 'formal',
      titleZh: '年度考核',
      state: this.state,
      now: iso(this.#nowMs()),
      startedAt: iso(T0),
      endsAt: iso(this.endsAtMs),
      durationSeconds: 3_600,
      extraSeconds: this.extraSeconds,
      totalPoints: 100,
      passPoints: 80,
      leaves: this.events.filter(({ kind }) => kind === 'left').length,
      mostLeaves: 3,
      message: this.message,
      watched: this.watched,
      picture: this.picture,
      identityAwaits: false,
      deviceMark: this.#token,
      handedOver: this.#handedOver,
    };
  }
}

const iso = (ms: number) => new Date(ms).toISOString();
