import { CHINA_OFFSET_MS, chinaDateOf, type SchemeCode } from '@antu/domain';
import type { Queryable } from '../../../../platform/database/pool.ts';

/** Seconds of today in one county and scheme that were not credited, by reason. */
export interface DaySum {
  readonly regionCode: string | null;
  readonly scheme: SchemeCode;
  readonly reason: string;
  readonly sessions: number;
  readonly seconds: number;
}

interface SumRow {
  region_code: string | null;
  scheme: SchemeCode;
  reason: string;
  sessions: number;
  seconds: number;
}

/** Rows may become visible this long after the moment in their id. */
const SETTLED_AFTER_MS = 120_000;

/**
 * Sums of the China day that grow with what was added since the last look, so that the thousandth look of the evening
 * costs as little as the first of the morning. One per process.
 */
export class DaySums {
  #day = '';
  #settledMs = 0;
  #settled = new Map<string, DaySum>();

  /** Sums of the day of `nowMs`. */
  async read(db: Queryable, nowMs: number): Promise<DaySum[]> {
    const day = chinaDateOf(nowMs);
    if (day !== this.#day) {
      this.#day = day;
      this.#settledMs = Math.floor((nowMs + CHINA_OFFSET_MS) / 86_400_000) * 86_400_000 - CHINA_OFFSET_MS;
      this.#settled = new Map();
    }
    const fromMs = this.#settledMs;
    const toMs = Math.max(fromMs, nowMs - SETTLED_AFTER_MS);
    const [older, newest] = await Promise.all([readSums(db, day, fromMs, toMs), readSums(db, day, toMs, null)]);
    // Two looks at once: the later one must not add the same span again.
    if (this.#day === day && this.#settledMs === fromMs) {
      this.#settled = merge(this.#settled, older);
      this.#settledMs = toMs;
      return [...merge(this.#settled, newest).values()];
    }
    return this.read(db, nowMs);
  }
}

function merge(into: ReadonlyMap<string, DaySum>, rows: readonly SumRow[]): Map<string, DaySum> {
  const merged = new Map(into);
  for (const { region_code, scheme, reason, sessions, seconds } of rows) {
    const key = `${region_code}/${scheme}/${reason}`;
    const before = merged.get(key);
    merged.set(key, {
      regionCode: region_code,
      scheme,
      reason,
      sessions: (before?.sessions ?? 0) + sessions,
      seconds: (before?.seconds ?? 0) + seconds,
    });
  }
  return merged;
}

async function readSums(db: Queryable, day: string, fromMs: number, toMs: number | null): Promise<SumRow[]> {
  if (toMs !== null && toMs <= fromMs) return [];
  const derivedUntil = toMs === null ? '' : 'and x.derived_at < $3::timestamptz';
  const { rows } = await db.query<SumRow>(
    `select x.region_code, x.scheme, one.key as reason, count(*)::int as sessions, sum(one.value::int)::int as seconds
     from study_session_outcome x, jsonb_each_text(x.not_credited) as one
     where x.day = $1::date and x.derived_at >= $2::timestamptz ${derivedUntil} group by x.region_code, x.scheme, one.key`,
    [day, new Date(fromMs), ...(toMs === null ? [] : [new Date(toMs)])],
  );
  return rows;
}
