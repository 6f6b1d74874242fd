import type { SessionIdentity, SessionProof } from '@antu/contract';
import type { ModelBeat, ProofModel } from '../proof-model.ts';
import { readProof } from '../proof-model.ts';

// 2026-06-17 10:00 in China.
export const T0 = Date.UTC(2026, 5, 17, 2);
export const at = (seconds: number): string => new Date(T0 + seconds * 1000).toISOString();

type Stretch = SessionProof['stretches'][number];
const clause = { source: '检查表', item: '31', zh: '停止计时', en: 'The clock stops' };

function stretch(
  kind: Stretch['kind'],
  reason: string | null,
  from: number,
  to: number,
  media: [number, number],
  credited = 0,
): Stretch {
  return {
    kind,
    reason,
    from: at(from),
    to: at(to),
    mediaFromMs: media[0] * 1000,
    mediaToMs: media[1] * 1000,
    creditedSeconds: credited,
    clause: reason === null ? null : clause,
  };
}

export function beat(
  seconds: number,
  media: number,
  part: Partial<SessionProof['beats'][number]> = {},
): SessionProof['beats'][number] {
  return {
    at: at(seconds),
    mediaMs: media * 1000,
    activity: 'playing',
    touched: false,
    answered: false,
    late: false,
    ...part,
  };
}

type Check = SessionIdentity['checks'][number];

/** A check of the first try; seconds from the opening. */
export function check(
  kind: Check['kind'],
  asked: number,
  decided: number | null,
  outcome: Check['outcome'],
  viewedSeconds: number,
): Check {
  return {
    id: null,
    askedAt: at(asked),
    decidedAt: decided === null ? null : at(decided),
    kind,
    outcome,
    method: outcome === 'missed' ? null : 'face',
    distance: null,
    problems: [],
    triesUsed: outcome === 'missed' ? 0 : 1,
    viewedSeconds,
    captures: [],
  };
}

/** Ten minutes: plays 100 s, away 50 s, plays 100 s, jumps ahead and is sent back, 30 s offline and bridged, away again. */
export const sampleProof: SessionProof = {
  session: {
    sessionId: 'e0000000-0000-4000-8000-000000000001',
    openedAt: at(0),
    endedAt: at(600),
    endReason: 'left',
    courseTitleZh: '安全生产法',
    courseTitleEn: null,
    lessonTitleZh: '触电事故与现场急救',
    lessonTitleEn: null,
    scheme: 'work-safety',
    deviceKind: 'computer',
    deviceName: 'Windows',
    creditedSeconds: 430,
    refusedSeconds: 170,
    voidedSeconds: 0,
    awaitingSeconds: 0,
    quizSeconds: 0,
  },
  person: { id: 'a0000000-0000-4000-8000-000000000001', nameMasked: '张*', idNumberMasked: '4401**********0013' },
  organisation: null,
  regionPath: [],
  lesson: { titleZh: '触电事故与现场急救', durationMs: 1_000_000, position: 4 },
  ruleSet: { id: 'work-safety.study.2022-07-01', studyHourSeconds: 2700 },
  address: '120.*.*.27',
  totalSeconds: 600,
  creditedSeconds: 430,
  notCreditedSeconds: 170,
  byReason: [
    { reason: 'hidden', seconds: 110, clause },
    { reason: 'seek-ahead', seconds: 50, clause },
    { reason: 'paused', seconds: 10, clause: null },
  ],
  lessonCreditedSeconds: 430,
  decisions: [],
  stretches: [
    stretch('credited', null, 0, 100, [0, 100], 100),
    stretch('standing', 'hidden', 100, 150, [100, 100]),
    stretch('credited', null, 150, 250, [100, 200], 100),
    stretch('refused', 'seek-ahead', 250, 300, [200, 500]),
    stretch('credited', null, 300, 530, [200, 430], 230),
    stretch('standing', 'hidden', 530, 590, [430, 430]),
    stretch('standing', 'paused', 590, 600, [430, 430]),
  ],
  beats: [
    beat(0, 0, { touched: true }),
    beat(100, 100, { activity: 'hidden' }),
    beat(150, 100, { touched: true }),
    beat(250, 200),
    beat(260, 500, { touched: true }),
    beat(300, 200),
    beat(400, 300),
    beat(415, 315, { late: true }),
    beat(430, 330, { late: true }),
    beat(500, 400, { answered: true }),
    beat(530, 430, { activity: 'hidden' }),
    beat(590, 430, { activity: 'paused' }),
  ],
  prompts: [{ askedAt: at(490), answeredAt: at(500) }],
  identity: {
    gapSeconds: 900,
    checks: [check('start', 0, 0, 'passed', 0)],
    viewedAfterSeconds: 430,
    snapshots: [],
  },
  otherSessions: [],
  evidence: [],
  check: {
    chainOk: true,
    recomputedOk: true,
    recomputedSeconds: 430,
    firstBadIndex: null,
    tailHash: '',
    checkedAt: at(700),
    live: false,
  },
};

export const sampleModel = (): ProofModel => readProof(sampleProof);
export const sampleBeats = (): readonly ModelBeat[] => sampleModel().beats;
