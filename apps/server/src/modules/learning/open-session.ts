import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import type { EndpointAnswer, EndpointInput, openStudySession } from '@antu/contract';
import {
  bucketOf,
  chinaDateOf,
  findStudyRuleSet,
  GENESIS_HASH,
  type IdentityOpening,
  type Interval,
  limitsOf,
  openSession as openState,
  type OpenedFact,
  placeInBucket,
  type SessionOpening,
  startPointOf,
  type StudyLimits,
  type StudyRuleSet,
  unite,
} from '@antu/domain';
import { transaction, type Pool, type Queryable, type Tx } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import { uuidv7, uuidv7Ms } from '../../platform/ids.ts';
import { advanceSession, type CheckVerdict, endingOf, untouched } from './advance-session.ts';
import { makeCheckSeed, seedHashOf } from './check-draw.ts';
import { findOverlaps, leastIdAt } from './find-overlaps.ts';
import type { StudyLesson } from './find-lesson.ts';
import { type LiveSession, lockLiveSession } from './live-session.ts';
import { quizKeeper } from './quiz-gate.ts';
import { UNDECIDED } from './review/awaited-hours.ts';
import { holdHours } from './review/hours-lock.ts';
import { sealRow } from './seal-segment.ts';
import { writeChanges } from './write-changes.ts';

export type OpenRequest = {
  personId: string;
  lesson: StudyLesson;
  device: EndpointInput<typeof openStudySession>['body']['device'];
  clientNowMs: number | null;
  address: string;
  nowMs: number;
  /** The newest check of this sign-in that was passed or left to people; asked only where the rule set wants checks. */
  findCheckOfSignIn: (db: Queryable) => Promise<CheckVerdict | undefined>;
};

export type Opened = { session: LiveSession; ruleSet: StudyRuleSet; resumeAtMs: number; tookOver: boolean };
export type OpenAnswer = EndpointAnswer<typeof openStudySession>;

/** More openings than this in ten minutes are no study: each leaves rows for ever. */
const MOST_OPENINGS = 40;
const OPENINGS_WINDOW_MS = 600_000;
/** A session that just fell silent may still be the one that the learner looks at. */
export const SILENCE_MARGIN_MS = 30_000;

/**
 * Opens a study session. An older one of the person ends in the same transaction, its open segment credited: one active
 * session per learner over all devices and instances (the key of live_study_session is the person).
 */
export async function openStudy(pool: Pool, request: OpenRequest): Promise<Opened> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction(pool, (tx) => openOnce(tx, request));
    } catch (error) {
      if (attempt >= 5 || !isCollision(error)) throw error;
    }
  }
}

async function openOnce(tx: Tx, request: OpenRequest): Promise<Opened> {
  const { personId, lesson } = request;
  const bucket = bucketOf(personId);
  await holdHours(tx, bucket, personId);
  const older = await lockLiveSession(tx, bucket, personId);
  const ended = older && (await endOlder(tx, older, request.nowMs));
  const { newestMs, address } = await guardOpenings(tx, bucket, request);
  const lastMs = Math.max(newestMs, ended?.state.lastAtMs ?? 0);
  // Sessions of a person follow each other in time, whatever the clocks of several instances say.
  const openedAtMs = Math.max(request.nowMs, lastMs);
  const region = await findRegion(tx, bucket, personId, lesson.assignment?.organisationId ?? null);
  const ruleSet = findStudyRuleSet(lesson.scheme, region.regionCode ?? '', chinaDateOf(openedAtMs));
  const progress = await readProgress(tx, bucket, personId, lesson.lessonVersionId);
  const { viewed } = progress;
  const { courseId, lessonVersionId } = lesson;
  const gateId = await quizKeeper().openGate(tx, { bucket, personId, lessonVersionId, courseId, nowMs: openedAtMs });
  const limits = limitsOf(ruleSet);
  const seed = limits.identityGapSeconds === null ? null : makeCheckSeed();
  const signIn = seed === null ? undefined : await request.findCheckOfSignIn(tx);
  if (seed !== null && limits.identityAtSignIn && !signIn) throw new AppError('identity.sign_in_check_needed');
  const opening: SessionOpening = {
    openedAtMs,
    durationMs: lesson.durationMs,
    viewed,
    resumeAtMs: startPointOf(unite(viewed, progress.awaiting), lesson.durationMs),
    dayCreditedMs: await readDayCredit(tx, bucket, personId, lesson.scheme, openedAtMs),
    ...(seed === null ? {} : { identity: identityOf(limits, progress.checked, signIn, openedAtMs, seed) }),
    ...(limits.mediaDelivery && lesson.kind === 'video' ? { mediaDelivery: true } : {}),
    ...(gateId === undefined ? {} : { quiz: { gateId, waiting: progress.waitingFor(gateId) } }),
  };
  if (lesson.assignment?.fixesVersion) {
    await tx.query(
      `update training_assignment set course_version_id = $4
       where bucket = $1 and person_id = $2 and course_id = $3 and course_version_id is null`,
      [bucket, personId, lesson.courseId, lesson.courseVersionId],
    );
  }
  const session = await insertSession(tx, { request, address, bucket, region, ruleSet, opening, seed });
  return { session, ruleSet, resumeAtMs: opening.resumeAtMs, tookOver: ended?.state.ended === 'taken-over' };
}

async function endOlder(tx: Tx, older: LiveSession, nowMs: number): Promise<LiveSession> {
  const wish = endingOf(older, 'taken-over', nowMs, SILENCE_MARGIN_MS);
  let after = advanceSession(untouched(older), wish, []);
  const claims = after.ledger.map((entry) => ({
    bucket: older.bucket,
    personId: older.personId,
    sessionId: older.sessionId,
    fromMs: entry.startedAtMs,
    toMs: entry.endedAtMs,
  }));
  const others = (await findOverlaps(tx, claims)).get(older.personId);
  if (others) after = advanceSession(untouched(older), wish, others);
  await writeChanges(tx, [{ before: older, after }]);
  return after.session;
}

/** Refuses endless openings. Returns the time after the newest session id of the person, and the address as PostgreSQL writes it. */
async function guardOpenings(
  tx: Tx,
  bucket: number,
  { personId, nowMs, address }: OpenRequest,
): Promise<{ newestMs: number; address: string }> {
  const { rows } = await tx.query<{ id: string | null; count: number; address: string }>(
    `select (select id from study_session where bucket = $1 and person_id = $2 order by id desc limit 1) as id,
            (select count(*) from study_session where bucket = $1 and person_id = $2 and id >= $3) as count,
            host($4::inet) as address`,
    // A proxy may forward anything as an address.
    [bucket, personId, leastIdAt(nowMs - OPENINGS_WINDOW_MS), isIP(address) === 0 ? '0.0.0.0' : address.split('%')[0]],
  );
  const [row] = rows;
  if (row && row.count >= MOST_OPENINGS) {
    throw new AppError('study.too_many_sessions', { waitMinutes: OPENINGS_WINDOW_MS / 60_000 });
  }
  return { newestMs: row?.id ? uuidv7Ms(row.id) + 1 : 0, address: row?.address ?? '0.0.0.0' };
}

type Region = { organisationId: string | null; regionCode: string | null };

/** Employer and region at the time: the employer who asked for the course, else another one, else whoever asked. */
async function findRegion(tx: Tx, bucket: number, personId: string, assignedBy: string | null): Promise<Region> {
  const { rows } = await tx.query<Region>(
    `select o.id as "organisationId", coalesce(o.region_code, p.region_code) as "regionCode"
     from person p
     left join lateral (
       select a.organisation_id from person_affiliation a
       where a.bucket = p.bucket and a.person_id = p.id and a.to_date is null
       order by a.organisation_id = $3 desc nulls last, a.kind, a.from_date desc limit 1
     ) employer on true
     left join organisation o on o.id = coalesce(employer.organisation_id, $3)
     where p.bucket = $1 and p.id = $2`,
    [bucket, personId, assignedBy],
  );
  return rows[0] ?? { organisationId: null, regionCode: null };
}

type Progress = {
  viewed: Interval[];
  awaiting: Interval[];
  checked: boolean;
  /** What waits for a round of the quiz and for nothing else. */
  waitingFor(gateId: string): Interval[];
};

/** What the ledger holds of the lesson and what waits for a verdict, ms; and whether a random check of it was passed. */
async function readProgress(tx: Tx, bucket: number, personId: string, lessonVersionId: string): Promise<Progress> {
  const { rows } = await tx.query<{ from: number; to: number; kind: string; gate: string | null }>(
    `with own as (
       select viewed, identity_checked from lesson_progress where bucket = $1 and person_id = $2 and lesson_version_id = $3
     )
     select lower(r) as from, upper(r) as to, 'viewed' as kind, null::uuid as gate from own, unnest(viewed) as r
     union all
     select lower(r), upper(r), 'awaiting', case when w.identity_check_id is null then w.quiz_gate_id end
     from hour_awaiting w, unnest(w.media) as r
     where w.bucket = $1 and w.person_id = $2 and w.lesson_version_id = $3 and ${UNDECIDED}
     union all
     select 0, 0, 'checked', null from own where identity_checked
     order by 1`,
    [bucket, personId, lessonVersionId],
  );
  const of = (kind: string, gateId?: string) =>
    rows
      .filter((row) => row.kind === kind && (gateId === undefined || row.gate === gateId))
      .map((row) => ({ from: row.from * 1000, to: row.to * 1000 }));
  return {
    viewed: of('viewed'),
    awaiting: unite(of('awaiting')),
    checked: of('checked').length > 0,
    waitingFor: (gateId) => unite(of('awaiting', gateId)),
  };
}

function identityOf(
  limits: StudyLimits,
  lessonChecked: boolean,
  signIn: CheckVerdict | undefined,
  openedAtMs: number,
  seed: string,
): IdentityOpening {
  const seedHash = seedHashOf(seed);
  if (!limits.identityAtStart) return { start: 'fresh', lessonChecked, seedHash };
  const ageMs = signIn?.outcome === 'passed' ? openedAtMs - signIn.decidedAtMs : Number.POSITIVE_INFINITY;
  if (!signIn || ageMs > limits.identityFreshSeconds * 1000) return { start: 'needed', lessonChecked, seedHash };
  const freshCheck = { checkId: signIn.id, digest: signIn.hashHex.slice(0, 32) };
  return { start: 'fresh', lessonChecked, seedHash, freshCheck };
}

async function readDayCredit(tx: Tx, bucket: number, personId: string, scheme: string, atMs: number): Promise<number> {
  const { rows } = await tx.query<{ credited_ms: number }>(
    'select credited_ms from study_day where bucket = $1 and person_id = $2 and scheme = $3 and day = $4',
    [bucket, personId, scheme, chinaDateOf(atMs)],
  );
  return rows[0]?.credited_ms ?? 0;
}

type NewSession = {
  request: OpenRequest;
  address: string;
  bucket: number;
  region: Region;
  ruleSet: StudyRuleSet;
  opening: SessionOpening;
  /** Secret from which the moments of the checks follow; null without checks. */
  seed: string | null;
};

async function insertSession(tx: Tx, made: NewSession): Promise<LiveSession> {
  const { request, address, bucket, region, ruleSet, opening, seed } = made;
  const { openedAtMs } = opening;
  const { personId, lesson, device } = request;
  const state = openState(opening);
  const checkId = state.identity?.openCheck ? randomUUID() : null;
  const sessionId = placeInBucket(uuidv7(openedAtMs), bucket);
  const fact: OpenedFact = {
    kind: 'opened',
    personId,
    lessonVersionId: lesson.lessonVersionId,
    courseId: lesson.courseId,
    topicId: lesson.topicId,
    ...region,
    scheme: lesson.scheme,
    ruleSetId: ruleSet.id,
    ...opening,
    address,
    deviceKind: device.kind,
    deviceName: device.name,
    clientClockOffsetMs: request.clientNowMs === null ? null : request.clientNowMs - request.nowMs,
    ...(device.id == null ? {} : { deviceId: device.id }),
  };
  const row = sealRow({ sessionId, chainIndex: -1, chainHash: GENESIS_HASH }, fact, request.nowMs);
  const openedAt = new Date(openedAtMs);
  await tx.query(
    `with session as (
       insert into study_session (bucket, id, person_id, lesson_version_id, course_id, scheme, rule_set_id, organisation_id,
         region_code, device_kind, device_name, address, opened_at, device_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $19)
     ), evidence as (
       insert into study_evidence (bucket, session_id, index, recorded_at, kind, detail, hash)
       values ($1, $2, 0, $14, 1, $15, $16)
     )
     insert into live_study_session (bucket, session_id, person_id, lesson_version_id, course_id, scheme, rule_set_id,
       organisation_id, region_code, device_kind, opened_at, last_beat_at, segment_started_at, chain_hash, topic_id, version,
       state, beats, beat_count, chain_index, check_id, check_seed)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $13, $13, $13, $16, $17, 0, $18, '', 0, 0, $20, decode($21, 'hex'))`,
    [
      bucket,
      sessionId,
      personId,
      lesson.lessonVersionId,
      lesson.courseId,
      lesson.scheme,
      ruleSet.id,
      region.organisationId,
      region.regionCode,
      device.kind,
      device.name,
      address,
      openedAt,
      new Date(row.recordedAtMs),
      row.detail,
      Buffer.from(row.hashHex, 'hex'),
      lesson.topicId,
      JSON.stringify(state),
      device.id ?? null,
      checkId,
      seed,
    ],
  );
  return {
    bucket,
    personId,
    sessionId,
    version: 0,
    lessonVersionId: lesson.lessonVersionId,
    courseId: lesson.courseId,
    topicId: lesson.topicId,
    scheme: lesson.scheme,
    ruleSetId: ruleSet.id,
    limits: limitsOf(ruleSet),
    state,
    beats: new Uint8Array(0),
    beatCount: 0,
    segmentStartedAtMs: openedAtMs,
    chainIndex: 0,
    chainHash: row.hashHex,
    promptId: null,
    checkId,
    checkSeed: seed,
    anomalies: {},
  };
}

/** Somebody else opened a session of this person at the same moment. */
function isCollision(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === '23505' || code === '40P01' || code === '40001';
}
