import { type AnomalyCode, getStudyRuleSet, limitsOf, type SessionState, type StudyLimits } from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';

/** A running session as the rules and the writer need it: one row of live_study_session. Never changed, only replaced. */
export type LiveSession = {
  readonly bucket: number;
  readonly personId: string;
  readonly sessionId: string;
  readonly version: number;
  readonly lessonVersionId: string;
  readonly courseId: string;
  readonly topicId: string | null;
  readonly scheme: string;
  readonly ruleSetId: string;
  readonly limits: StudyLimits;
  readonly state: SessionState;
  /** Packed beats of the open segment. */
  readonly beats: Uint8Array;
  readonly beatCount: number;
  readonly segmentStartedAtMs: number;
  readonly chainIndex: number;
  /** Hexadecimal. */
  readonly chainHash: string;
  readonly promptId: string | null;
  /** The open check of identity, for requests that answer it. */
  readonly checkId: string | null;
  /** Secret of the session from which the moments of its checks follow, hexadecimal; null without checks. */
  readonly checkSeed: string | null;
  readonly anomalies: Readonly<Partial<Record<AnomalyCode, number>>>;
};

type LiveRow = {
  bucket: number;
  person_id: string;
  session_id: string;
  version: number;
  lesson_version_id: string;
  course_id: string;
  topic_id: string | null;
  scheme: string;
  rule_set_id: string;
  state: string;
  beats: Buffer;
  beat_count: number;
  segment_started_at: Date;
  chain_index: number;
  chain_hash: Buffer;
  prompt_id: string | null;
  check_id: string | null;
  check_seed: Buffer | null;
  anomalies: string;
};

const columns = `bucket, person_id, session_id, version, lesson_version_id, course_id, topic_id, scheme, rule_set_id, state, beats,
  beat_count, segment_started_at, chain_index, chain_hash, prompt_id, check_id, check_seed, anomalies`;

const limitsByRuleSet = new Map<string, StudyLimits>();

/** The limits of a stored decision's rule set. Throws RangeError for a name that never existed. */
export function limitsOfRuleSet(ruleSetId: string): StudyLimits {
  const known = limitsByRuleSet.get(ruleSetId);
  if (known) return known;
  const limits = limitsOf(getStudyRuleSet(ruleSetId));
  limitsByRuleSet.set(ruleSetId, limits);
  return limits;
}

/** Running sessions of these people, by person. */
export async function loadLiveSessions(
  connection: Queryable,
  people: readonly { bucket: number; personId: string }[],
): Promise<Map<string, LiveSession>> {
  const { rows } = await connection.query<LiveRow>({
    name: 'learning-load-live',
    text: `select ${columns} from live_study_session
           join unnest($1::smallint[], $2::uuid[]) as wanted (bucket, person_id) using (bucket, person_id)`,
    values: [people.map((one) => one.bucket), people.map((one) => one.personId)],
  });
  return new Map(rows.map((row) => [row.person_id, toLiveSession(row)]));
}

/** The running session of one person, locked until the end of the transaction. */
export async function lockLiveSession(
  tx: Queryable,
  bucket: number,
  personId: string,
): Promise<LiveSession | undefined> {
  const { rows } = await tx.query<LiveRow>(
    `select ${columns} from live_study_session where bucket = $1 and person_id = $2 for update`,
    [bucket, personId],
  );
  return rows[0] && toLiveSession(rows[0]);
}

/** Running sessions that satisfy `condition` over the row `l`, ordered by key, at most `limit`. */
export async function findLiveSessions(
  connection: Queryable,
  condition: string,
  values: readonly unknown[],
  limit: number,
): Promise<LiveSession[]> {
  const { rows } = await connection.query<LiveRow>(
    `select ${columns} from live_study_session as l where ${condition} order by bucket, person_id limit ${limit}`,
    [...values],
  );
  return rows.map(toLiveSession);
}

/** The state in a row of live_study_session. */
export function parseState(text: string): SessionState {
  // Written by this module only.
  return JSON.parse(text) as SessionState;
}

function toLiveSession(row: LiveRow): LiveSession {
  return {
    bucket: row.bucket,
    personId: row.person_id,
    sessionId: row.session_id,
    version: row.version,
    lessonVersionId: row.lesson_version_id,
    courseId: row.course_id,
    topicId: row.topic_id,
    scheme: row.scheme,
    ruleSetId: row.rule_set_id,
    limits: limitsOfRuleSet(row.rule_set_id),
    state: parseState(row.state),
    beats: row.beats,
    beatCount: row.beat_count,
    segmentStartedAtMs: row.segment_started_at.getTime(),
    chainIndex: row.chain_index,
    chainHash: row.chain_hash.toString('hex'),
    promptId: row.prompt_id,
    checkId: row.check_id,
    checkSeed: row.check_seed?.toString('hex') ?? null,
    anomalies: JSON.parse(row.anomalies) as LiveSession['anomalies'],
  };
}
