import type { ReviewCaseDetail } from '@antu/contract';
import type { Queryable } from '../../../platform/database/pool.ts';
import { findDoubles, listSessionIdentity, type SessionCapture, type SessionCheck } from '../../identity/index.ts';

/** Signs from checks of identity and pictures in passing of one session. */
export interface IdentitySigns {
  readonly otherPerson: number;
  readonly twoFaces: number;
  readonly noFace: number;
  readonly notLive: number;
  /** Pictures in passing that arrived. */
  readonly snapshots: number;
  /** The learner passed a check by face: whoever goes the other ways need not give pictures. */
  readonly showsFace: boolean;
}

const notLiveProblems: readonly string[] = ['not-live', 'replayed', 'picture-of-picture'];
const notLiveSigns: readonly string[] = ['still-frames', 'looped-frames', 'seen-before', 'screen-edges', 'moire'];
const otherPersonProblems: readonly string[] = ['other-person', 'face-changed'];

/** Signs of sessions, by session; a session without checks and pictures has none. */
export async function findIdentitySigns(
  db: Queryable,
  sessionIds: readonly string[],
): Promise<(sessionId: string) => IdentitySigns> {
  const { checks, captures } = await listSessionIdentity(db, sessionIds);
  const checksOf = Map.groupBy(checks, (one) => one.sessionId ?? '');
  const picturesOf = Map.groupBy(
    captures.filter((one) => one.kind === 'random'),
    (one) => one.sessionId,
  );
  return (sessionId) => signsOf(checksOf.get(sessionId) ?? [], picturesOf.get(sessionId) ?? []);
}

/** Counts what checks and pictures in passing show. A passed check shows nothing but signs of a recording. */
export function signsOf(
  checks: readonly Pick<SessionCheck, 'method' | 'outcome' | 'detail'>[],
  pictures: readonly Pick<SessionCapture, 'findings'>[],
): IdentitySigns {
  const failed = checks.filter((one) => one.outcome === 'failed').map((one) => one.detail.problems);
  const seen = pictures.map(({ findings }) => findings?.finding);
  const count = (wanted: readonly string[], finding: string): number =>
    failed.filter((problems) => hasAny(problems, wanted)).length + seen.filter((one) => one === finding).length;
  return {
    otherPerson: count(otherPersonProblems, 'other-person'),
    twoFaces: count(['two-faces'], 'two-faces'),
    noFace: count(['no-face'], 'no-face'),
    notLive:
      checks.filter(({ detail }) => hasAny(detail.problems, notLiveProblems) || hasAny(detail.signs, notLiveSigns))
        .length + pictures.filter(({ findings }) => hasAny(findings?.signs ?? [], notLiveSigns)).length,
    snapshots: pictures.length,
    showsFace: checks.some((one) => one.method === 'face' && one.outcome === 'passed'),
  };
}

const hasAny = (given: readonly string[], wanted: readonly string[]): boolean =>
  given.some((one) => wanted.includes(one));

/** Other people with nearly the same face enrolled, by person; people without any are left out. */
export async function findSameFaces(db: Queryable, personIds: readonly string[]): Promise<Map<string, string[]>> {
  const found = Map.groupBy(await findDoubles(db, personIds), (one) => one.personId);
  return new Map([...found].map(([personId, doubles]) => [personId, doubles.map((one) => one.otherPersonId)]));
}

/** Pictures of a session in the order in which they were taken. The pictures themselves are asked for one by one. */
export async function findCaptures(db: Queryable, sessionId: string): Promise<ReviewCaseDetail['captures']> {
  const { checks, captures } = await listSessionIdentity(db, [sessionId]);
  const outcomes = new Map(checks.map((one) => [one.id, one.outcome]));
  return captures.flatMap(({ id, kind, takenAtMs, challengeId, findings, gone }) => {
    if (kind !== 'check' && kind !== 'random') return [];
    const outcome = kind === 'check' ? outcomes.get(challengeId ?? '') : findings?.finding;
    return [{ id, at: new Date(takenAtMs).toISOString(), kind, outcome: outcome ?? null, gone }];
  });
}
