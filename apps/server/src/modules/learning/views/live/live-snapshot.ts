import type { LiveSnapshot } from '@antu/contract';
import { regionLevelOf, type SchemeCode } from '@antu/domain';
import { AppError } from '../../../../platform/errors.ts';
import type { Platform } from '../../../../platform/module.ts';
import { readDayCredit } from '../day-credit.ts';
import { DaySums } from './day-sums.ts';
import { liesIn, rank, readLiveGroups } from './live-counts.ts';
import { readAnomalies, readCurve, readOrganisationNames, readPopulation } from './live-details.ts';

const LIVE_MS = 1_500;
const DAY_MS = 10_000;
const POPULATION_MS = 600_000;
const ORGANISATIONS_SHOWN = 20;

/**
 * Live numbers of a process. However many officers watch, the running sessions are counted once per 1.5 seconds for all
 * regions together, and each region and scheme is put together once from that.
 */
export class LiveBoard {
  readonly #platform: Platform;
  readonly #cached = new Map<string, { value: Promise<unknown>; untilMs: number }>();
  readonly #daySums = new DaySums();

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** The numbers of a region and scheme, at most 1.5 seconds old. The caller has checked that the actor may see them. */
  snapshot(region: string, scheme: SchemeCode | null): Promise<LiveSnapshot> {
    return this.#keep(`snapshot/${region}/${scheme}`, LIVE_MS, () => this.#make(region, scheme));
  }

  async #make(region: string, scheme: SchemeCode | null): Promise<LiveSnapshot> {
    const { pool, clock, keys } = this.#platform;
    const at = clock.now();
    const nowMs = at.getTime();
    const key = `${region}/${scheme}`;
    const [all, credit, day, population, place, curve, anomalies] = await Promise.all([
      this.#keep('groups', LIVE_MS, () => readLiveGroups(pool, at)),
      this.#keep('credit', DAY_MS, () => readDayCredit(pool, nowMs)),
      this.#keep('day', DAY_MS, () => this.#daySums.read(pool, nowMs)),
      this.#keep('population', POPULATION_MS, () => readPopulation(pool)),
      this.#keep(`place/${region}`, POPULATION_MS, () => this.#readPlace(region)),
      this.#keep(`curve/${key}`, DAY_MS, () => readCurve(pool, region, scheme, nowMs)),
      this.#keep(`anomalies/${key}`, DAY_MS, () => readAnomalies(pool, keys, region, scheme, nowMs)),
    ]);
    const inRegion = all.filter((group) => liesIn(group.region_code, region));
    const groups = inRegion.filter((group) => scheme === null || group.scheme === scheme);
    const shown = (one: { regionCode: string | null; scheme: SchemeCode }) =>
      liesIn(one.regionCode, region) && (scheme === null || one.scheme === scheme);
    const refused = day.filter((one) => shown(one) && isRefusal(one.reason));
    const top = rank(groups, (group) => group.organisation_id, learnersOf).slice(0, ORGANISATIONS_SHOWN);
    const names = await readOrganisationNames(
      pool,
      top.map(([id]) => id),
    );
    return {
      at: at.toISOString(),
      region: { code: region, name: place.name, level: regionLevelOf(region) },
      total: total(groups, learnersOf),
      counting: total(groups, (group) => group.counting),
      todayCreditedSeconds: Math.floor(total(credit.filter(shown), (one) => one.creditedMs) / 1000),
      todayRefusedSeconds: total(refused, (one) => one.seconds),
      regions: place.children
        .map(({ code, name }) => ({
          code,
          name,
          learners: total(groups, (group) => (liesIn(group.region_code, code) ? group.learners : 0)),
          population: total([...population], ([county, people]) => (liesIn(county, code) ? people : 0)),
        }))
        .sort((a, b) => b.learners - a.learners || b.population - a.population || (a.code < b.code ? -1 : 1)),
      organisations: top.map(([id, learners]) => ({ id, name: names.get(id) ?? '', learners })),
      schemes: rank(inRegion, (group) => group.scheme, learnersOf).map(([code, learners]) => {
        return { scheme: code as SchemeCode, learners };
      }),
      refusals: rank(
        refused,
        (one) => one.reason,
        (one) => one.seconds,
      ).map(([reason, seconds]) => {
        return { reason, seconds, sessions: total(refused, (one) => (one.reason === reason ? one.sessions : 0)) };
      }),
      anomalies,
      curve,
    };
  }

  async #readPlace(region: string): Promise<{ name: string; children: { code: string; name: string }[] }> {
    const { rows } = await this.#platform.pool.query<{ code: string; name: string }>(
      'select code, name from region where code = $1 or parent_code = $1 order by code',
      [region],
    );
    const own = rows.find((row) => row.code === region);
    if (!own) throw new AppError('platform.not_found');
    return { name: own.name, children: rows.filter((row) => row !== own) };
  }

  /** The value of a moment ago, or a new one; several askers wait for the same one. A failure is not kept. */
  #keep<Value>(key: string, forMs: number, make: () => Promise<Value>): Promise<Value> {
    const nowMs = this.#platform.clock.nowMs();
    const present = this.#cached.get(key);
    if (present && present.untilMs > nowMs) return present.value as Promise<Value>;
    const value = make();
    this.#cached.set(key, { value, untilMs: nowMs + forMs });
    value.catch(() => this.#cached.delete(key));
    return value;
  }
}

/** Pauses of the learner's own are no news; another page in front is (item 31). */
const quiet = new Set([
  'paused',
  'stalled',
  'ended',
  'playing',
  'prompt',
  'seen-before',
  'jumped',
  'unreported',
  'rounding',
]);
const isRefusal = (reason: string): boolean => !quiet.has(reason);

const learnersOf = (group: { learners: number }): number => group.learners;
const total = <Item>(items: readonly Item[], numberOf: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + numberOf(item), 0);
