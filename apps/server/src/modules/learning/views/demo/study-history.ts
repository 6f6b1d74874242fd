import {
  chinaDateOf,
  findStudyRuleSet,
  type Interval,
  lengthOf,
  limitsOf,
  type OpenedFact,
  placeInBucket,
  bucketOf,
  type SchemeCode,
  startPointOf,
} from '@antu/domain';
import { createHash } from 'node:crypto';
import { startOfChinaDay } from '../live/live-details.ts';
import { buildSessionRows, type SessionRows } from './build-session-rows.ts';
import { DemoChecks, type DemoVerdict } from './demo-checks.ts';
import { type DemoDuty, incidentsOf } from './demo-plan.ts';
import { uuidOf } from './demo-ids.ts';
import { type Incident, playLesson } from './play-lesson.ts';

/** A session of the history with its opening. */
export interface HistorySession extends SessionRows {
  readonly opened: OpenedFact;
  readonly verdicts: readonly DemoVerdict[];
}

export interface HistoryPlan {
  readonly personId: string;
  readonly organisationId: string;
  readonly regionCode: string;
  /** Place in the demo's list; decides hours, devices and incidents. */
  readonly seat: number;
  readonly duties: readonly DemoDuty[];
  readonly nowMs: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Times of day at which people study, in minutes. */
const STUDY_MINUTES = [430, 735, 1170, 1215, 1262, 1310];
/** Sessions that one lesson may take until the demo gives up finishing it. */
const MOST_SESSIONS = 4;
const DEVICES = [
  { deviceKind: 'phone', deviceName: 'Android · Chrome' },
  { deviceKind: 'phone', deviceName: 'iPhone · Safari' },
  { deviceKind: 'computer', deviceName: 'Windows · Edge' },
  { deviceKind: 'tablet', deviceName: 'Android · 平板' },
] as const;

/** Studies what a learner has studied: sessions in the order of time, each by the rules, none in the future. */
export function studyHistory(plan: HistoryPlan): HistorySession[] {
  const sittings = plan.duties.flatMap(sittingsOf).sort((a, b) => a.day - b.day);
  const memory = new Memory(plan);
  const today = startOfChinaDay(plan.nowMs);
  for (const [turn, sitting] of sittings.entries()) {
    const number = plan.seat * 5 + turn;
    const minutes = (STUDY_MINUTES[number % STUDY_MINUTES.length] ?? 0) + (number % 13);
    memory.studyLesson(sitting, today + sitting.day * DAY_MS + minutes * MINUTE_MS, number);
  }
  return memory.sessions;
}

interface Sitting {
  readonly duty: DemoDuty;
  readonly lesson: DemoDuty['course']['lessons'][number];
  /** Part of the lesson that is studied in the end. */
  readonly part: number;
  /** Days from today. */
  readonly day: number;
}

/** Lessons of a course up to the part that is studied, the last one on the day named and each earlier one days before. */
function sittingsOf(duty: DemoDuty): Sitting[] {
  const wanted = duty.part * duty.course.lessons.length;
  const lessons = duty.course.lessons.slice(0, Math.ceil(wanted - 1e-9));
  return lessons.map((lesson, at) => ({
    duty,
    lesson,
    part: Math.min(1, wanted - at),
    day: Math.min(-1, duty.studiedByDay - (lessons.length - 1 - at) * 2),
  }));
}

class Memory {
  readonly sessions: HistorySession[] = [];
  readonly #plan: HistoryPlan;
  readonly #viewed = new Map<string, readonly Interval[]>();
  readonly #checked = new Set<string>();
  readonly #days = new Map<string, { day: string; creditedMs: number }>();
  #freeAtMs = 0;

  constructor(plan: HistoryPlan) {
    this.#plan = plan;
  }

  /** Studies a lesson until the wanted part is credited: incidents in the first session, the rest without. */
  studyLesson({ duty, lesson, part }: Sitting, atMs: number, number: number): void {
    const { lessonVersionId, durationMs } = lesson;
    const wantedMs = Math.floor((durationMs * part) / 1000) * 1000;
    for (let session = 0; session < MOST_SESSIONS; session += 1) {
      const viewed = this.#viewed.get(lessonVersionId) ?? [];
      if (lengthOf(viewed) >= wantedMs) return;
      const leave: Incident[] =
        part < 1 ? [{ kind: 'leave', atSeconds: Math.ceil((wantedMs - lengthOf(viewed)) / 1000) + 4 }] : [];
      const incidents = session === 0 && part === 1 ? incidentsOf(number, durationMs) : leave;
      const tookOver = this.sessions.at(-1)?.evidence.at(-1)?.fact;
      const taken = session > 0 && tookOver?.kind === 'closed' && tookOver.reason === 'taken-over';
      const pauseMs = session === 0 ? 0 : taken ? 0 : 7 * MINUTE_MS;
      const openedAtMs = Math.max(atMs, this.#freeAtMs + pauseMs);
      if (openedAtMs + 1_800_000 > this.#plan.nowMs) return;
      // The second device of a take-over is a phone.
      const device = taken
        ? DEVICES[0]
        : DEVICES[incidents.some((one) => one.kind === 'take-over') ? 2 : number % DEVICES.length];
      const from = { device: device ?? DEVICES[0], address: demoAddress(this.#plan.seat, session) };
      this.#run(duty, lesson, openedAtMs, incidents, from, number);
    }
  }

  #run(
    { course }: DemoDuty,
    lesson: Sitting['lesson'],
    openedAtMs: number,
    incidents: readonly Incident[],
    { device, address }: { device: (typeof DEVICES)[number]; address: string },
    number: number,
  ): void {
    const { personId, organisationId, regionCode } = this.#plan;
    const scheme = course.scheme as SchemeCode;
    const ruleSet = findStudyRuleSet(scheme, regionCode, chinaDateOf(openedAtMs));
    const limits = limitsOf(ruleSet);
    const name = `${personId}/${lesson.lessonVersionId}/${openedAtMs}`;
    const sessionId = placeInBucket(uuidOf(openedAtMs, `session/${name}`), bucketOf(personId));
    const checks = new DemoChecks({ personId, sessionId, scheme, address, name });
    const viewed = this.#viewed.get(lesson.lessonVersionId) ?? [];
    const day = this.#days.get(scheme);
    const bucket = bucketOf(personId);
    const opened: OpenedFact = {
      kind: 'opened',
      personId,
      lessonVersionId: lesson.lessonVersionId,
      courseId: course.courseId,
      topicId: lesson.topicId,
      organisationId,
      regionCode,
      scheme,
      ruleSetId: ruleSet.id,
      openedAtMs,
      durationMs: lesson.durationMs,
      resumeAtMs: startPointOf(viewed, lesson.durationMs),
      viewed,
      dayCreditedMs: day?.day === chinaDateOf(openedAtMs) ? day.creditedMs : 0,
      address,
      ...device,
      clientClockOffsetMs: (number % 7) * 130 - 400,
      ...(limits.identityGapSeconds === null
        ? {}
        : { identity: checks.opening(this.#checked.has(lesson.lessonVersionId)) }),
      ...(limits.mediaDelivery && lesson.kind === 'video' ? { mediaDelivery: true } : {}),
    };
    const identity = limits.identityGapSeconds === null ? undefined : checks;
    const rows = buildSessionRows({
      sessionId,
      opened,
      limits,
      ...playLesson(opened, limits, incidents, randomOf(name), identity),
      ...(identity ? { identitySeed: identity.seed } : {}),
      anomalies: number % 17 === 4 ? [{ code: 'repeat-differs', count: 2 }] : [],
      ledgerId: (atMs) => placeInBucket(uuidOf(atMs, `ledger/${name}/${atMs}`), bucket),
    });
    this.#viewed.set(lesson.lessonVersionId, rows.viewed);
    this.#days.set(scheme, { day: rows.day, creditedMs: rows.dayCreditedMs });
    this.#freeAtMs = rows.endedAtMs;
    if (rows.lessonChecked) this.#checked.add(lesson.lessonVersionId);
    this.sessions.push({ ...rows, opened, verdicts: checks.verdicts });
  }
}

/** Learners whose next sitting comes from Beijing minutes after one in Guangdong: there is something on the desk for suspicious hours. */
const TRAVELLERS: ReadonlySet<number> = new Set([5, 47]);
/** Public name servers of a telecom company, there for everybody. */
const GUANGZHOU = '202.96.128.86';
const BEIJING = '219.141.136.10';

/** Addresses for documentation (RFC 5737), which lie nowhere; travellers' lie somewhere. */
function demoAddress(seat: number, sitting: number): string {
  if (TRAVELLERS.has(seat)) return sitting === 0 ? GUANGZHOU : BEIJING;
  return `203.0.113.${10 + (seat % 200)}`;
}

/** Numbers in [0, 1) that are the same for a name every time. */
function randomOf(name: string): () => number {
  let state = createHash('sha256').update(name).digest().readUInt32BE(0) || 1;
  return () => {
    // xorshift32
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}
