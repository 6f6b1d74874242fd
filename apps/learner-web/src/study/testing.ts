import type { BeatReport, IdentityChallenge, StudyStatus } from '@antu/contract';
import { vi } from 'vitest';
import type { OpenedSession, SnapshotReport, StudyDevice, StudyMedia, StudyTransport } from './study-transport.ts';

export const SESSION_ID = '0198d6a0-0000-7000-8000-000000000001';
export const LESSON_ID = '0198d6a0-0000-7000-8000-000000000002';
const COURSE_ID = '0198d6a0-0000-7000-8000-000000000003';
export const CHECK_ID = '0198d6a0-0000-7000-8000-000000000004';
export const CHALLENGE_ID = '0198d6a0-0000-7000-8000-000000000005';
export const PHONE: StudyDevice = { kind: 'phone', name: 'Android Chrome', id: null };

/** First step of a check of three steps: look straight ahead. */
export function challengeWith(patch: Partial<IdentityChallenge> = {}): IdentityChallenge {
  return {
    challengeId: CHALLENGE_ID,
    nonce: 'nonce',
    steps: 3,
    prompt: null,
    step: -1,
    framesPerStep: 3,
    stepMs: 8_000,
    expiresInMs: 300_000,
    ...patch,
  };
}

/** A status of a lesson of 100 s, nothing credited, playing counted. */
export function statusWith(patch: Partial<StudyStatus> = {}): StudyStatus {
  return {
    sessionId: SESSION_ID,
    state: 'counting',
    reason: null,
    creditedSeconds: 0,
    creditableSeconds: 100,
    creditedToMs: 0,
    goToMs: null,
    prompt: null,
    check: null,
    snapshot: null,
    awaitingSeconds: 0,
    quizSeconds: null,
    nextBeatMs: 15_000,
    lastSeq: 0,
    ...patch,
  };
}

/** What the server answers to an opening. */
export function openedWith(status: Partial<StudyStatus> = {}, rest: Partial<OpenedSession> = {}): OpenedSession {
  return {
    status: statusWith({ state: 'standing', reason: 'paused', ...status }),
    resumeAtMs: 0,
    tookOver: false,
    lesson: {
      lessonVersionId: LESSON_ID,
      courseId: COURSE_ID,
      courseTitleZh: '防御性驾驶',
      position: 5,
      kind: 'video',
      titleZh: '雨夜行车',
      titleEn: 'Driving in rain at night',
      durationMs: 100_400,
      documentText: null,
      playlistUrl: '/api/media/x/files/master.m3u8',
      posterUrl: null,
      subtitles: [],
      renditions: [],
      next: null,
    },
    rules: {
      ruleSetId: 'road-transport.study.2020-04-01',
      studyHourSeconds: 2700,
      beatSeconds: 15,
      bridgeableGapSeconds: 120,
      maxLeadSeconds: 20,
      idlePromptSeconds: 600,
      idleAnswerSeconds: 60,
      dailyCapSeconds: null,
      identityGapSeconds: null,
      identityAnswerSeconds: 120,
      identityTries: 3,
    },
    ...rest,
  };
}

/** A player that plays as long as nobody stops it, in step with the fake timers. */
export class FakeMedia implements StudyMedia {
  at = 0;
  running = false;
  #since = 0;
  positionMs(): number {
    return this.at + (this.running ? performance.now() - this.#since : 0);
  }
  play = vi.fn(() => {
    this.#since = performance.now();
    this.running = true;
  });
  pause = vi.fn(() => {
    this.at = this.positionMs();
    this.running = false;
  });
  seek = vi.fn((positionMs: number) => {
    this.at = positionMs;
    this.#since = performance.now();
  });
}

export class HttpFailure extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`HTTP ${status}`);
    this.status = status;
  }
}

/** A server that notes every beat; answers come from `answer`, failures from `fail`. */
export class FakeServer implements StudyTransport {
  opened: OpenedSession = openedWith();
  beats: BeatReport[] = [];
  requests: BeatReport[][] = [];
  presences: { promptId: string; beat: BeatReport }[] = [];
  closed: BeatReport[][] = [];
  settled: string[] = [];
  snapshots: { id: number; report: SnapshotReport }[] = [];
  /** What settling a check answers. */
  afterCheck: Partial<StudyStatus> = {};
  down: HttpFailure | null = null;
  answer: (last: BeatReport) => Partial<StudyStatus> = () => ({});
  open = vi.fn(async () => {
    if (this.down) throw this.down;
    return this.opened;
  });
  async sendBeats(_sessionId: string, beats: BeatReport[]): Promise<StudyStatus> {
    this.requests.push(beats);
    if (this.down) throw this.down;
    this.beats.push(...beats);
    return this.#statusAfter(beats);
  }
  async answerPresence(_sessionId: string, promptId: string, beat: BeatReport): Promise<StudyStatus> {
    if (this.down) throw this.down;
    this.presences.push({ promptId, beat });
    return this.#statusAfter([beat]);
  }
  async close(_sessionId: string, beats: BeatReport[]): Promise<StudyStatus> {
    this.closed.push(beats);
    return statusWith({ state: 'ended', reason: 'left' });
  }
  beginCheck = vi.fn(async () => {
    if (this.down) throw this.down;
    return challengeWith();
  });
  async settleCheck(_sessionId: string, _checkId: string, challengeId: string): Promise<StudyStatus> {
    if (this.down) throw this.down;
    this.settled.push(challengeId);
    return statusWith({ state: 'standing', reason: 'paused', ...this.afterCheck });
  }
  async sendSnapshot(_sessionId: string, id: number, report: SnapshotReport): Promise<void> {
    if (this.down) throw this.down;
    this.snapshots.push({ id, report });
  }
  #statusAfter(beats: BeatReport[]): StudyStatus {
    const last = beats.at(-1);
    if (!last) throw new Error('a request without beats');
    const state = last.activity === 'playing' ? 'counting' : 'standing';
    const reason = last.activity === 'playing' ? null : last.activity;
    return statusWith({ lastSeq: last.seq, state, reason, ...this.answer(last) });
  }
}
