import {
  chinaDateOf,
  findSuspicionRules,
  scoreSession,
  type SuspicionLimits,
  suspicionLimitsOf,
  type SuspicionRuleSet,
} from '@antu/domain';
import type { Pool, Queryable } from '../../../platform/database/pool.ts';
import type { StoredReasons } from './case-rows.ts';
import { type ClosedSession, findClosedSessions, type PageStart } from './closed-sessions.ts';
import { type CaseFinding, putCases } from './ensure-case.ts';
import { readSigns, type SignedSession } from './session-signs.ts';

/** When closed sessions are looked at: soon, and again when pictures are judged and colleagues have come and gone. */
const LOOKS = [
  { name: 'soon', delayMs: 120_000 },
  { name: 'again', delayMs: 3_600_000 },
] as const;
/** The first look of a new installation reaches back this far. */
const FIRST_LOOK_BACK_MS = 86_400_000;
/** Ends of this stretch of time are worked off before the place is noted. */
const SLICE_MS = 600_000;
const PAGE = 200;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Puts suspicious sessions that have ended since the last run before people. A second run, or two at once, change nothing.
 * @returns how many cases are new or changed
 */
export async function findSuspicious(pool: Pool, nowMs: number, signal?: AbortSignal): Promise<number> {
  let put = 0;
  for (const { name, delayMs } of LOOKS) {
    const toMs = nowMs - delayMs;
    let fromMs = (await readMark(pool, name)) ?? toMs - FIRST_LOOK_BACK_MS;
    while (fromMs < toMs) {
      if (signal?.aborted) return put;
      const untilMs = Math.min(toMs, fromMs + SLICE_MS);
      put += await lookAt(pool, fromMs, untilMs, nowMs);
      await moveMark(pool, name, untilMs);
      fromMs = untilMs;
    }
  }
  return put;
}

/** Puts suspicious sessions before people whose end was written between two moments, without noting the place. */
export async function lookAt(pool: Pool, fromMs: number, untilMs: number, nowMs: number): Promise<number> {
  let put = 0;
  let after: PageStart = { recordedAt: new Date(fromMs), sessionId: FIRST_ID };
  for (;;) {
    const page = await findClosedSessions(pool, after, new Date(untilMs), PAGE);
    const last = page.at(-1);
    if (!last) return put;
    after = { recordedAt: last.recordedAt, sessionId: last.id };
    put += await putCases(pool, await judgePage(pool, page), new Date(nowMs));
    if (page.length < PAGE) return put;
  }
}

async function judgePage(pool: Pool, page: readonly ClosedSession[]): Promise<CaseFinding[]> {
  const ruled = page.flatMap((session) => {
    const rules = rulesFor(session);
    return rules ? [{ session, rules, limits: suspicionLimitsOf(rules) }] : [];
  });
  const signed = await readSigns(pool, ruled);
  return signed.flatMap((one, at) => {
    const given = ruled[at];
    return given ? findingOf(one, given.rules, given.limits) : [];
  });
}

function findingOf(
  { session, signs, others }: SignedSession,
  rules: SuspicionRuleSet,
  limits: SuspicionLimits,
): CaseFinding[] {
  const { score, reasons } = scoreSession(signs, limits);
  if (score < limits.leastScore) return [];
  const stored: StoredReasons = {
    ruleSetId: rules.id,
    reasons: reasons.map((one) => {
      const sessionIds = others[one.reason] ?? [];
      return { ...one, ...(sessionIds.length > 0 ? { sessionIds } : {}) };
    }),
  };
  return [{ session, score, reasons: stored }];
}

const rulesFor = ({ scheme, regionCode, openedAtMs }: ClosedSession): SuspicionRuleSet | undefined =>
  findSuspicionRules(scheme, regionCode ?? '', chinaDateOf(openedAtMs));

async function readMark(db: Queryable, name: string): Promise<number | null> {
  const { rows } = await db.query<{ until: Date }>('select until from review_scan where name = $1', [name]);
  return rows[0]?.until.getTime() ?? null;
}

async function moveMark(db: Queryable, name: string, untilMs: number): Promise<void> {
  await db.query(
    `insert into review_scan as r (name, until) values ($1, $2)
     on conflict (name) do update set until = greatest(r.until, excluded.until)`,
    [name, new Date(untilMs)],
  );
}
