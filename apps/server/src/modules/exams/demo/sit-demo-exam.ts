import { randomBytes, randomUUID } from 'node:crypto';
import { type Answer, bucketOf, type PaperItem, type Question, rightAsShown, seededRandom } from '@antu/domain';
import type { Pool } from '../../../platform/database/pool.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { markSitting } from '../marking/mark-sitting.ts';
import { versionsOf } from '../sittings/freeze-paper.ts';
import { createSaveWriter, type SaveWriter } from '../sittings/save-writer.ts';

interface Bell {
  readonly opensMs: number;
  readonly durationSeconds: number;
}
interface Frozen {
  id: string;
  person_id: string;
  items: string;
}
/** Answers of one save, as a device sends them. */
const PAGE = 5;
/** One of this many stays away. */
const ABSENT_EVERY = 12;

/** Lets the candidates of a prepared exam sit: some know more, some less, one in twelve stays away. Marked as the job would have. */
export async function sitDemoExam(pool: Pool, examId: string, bell: Bell): Promise<void> {
  const writer = createSaveWriter({ pool, groups: 1, windowMs: 0 });
  const { rows } = await pool.query<Frozen>(
    `select s.id, s.person_id, p.items from exam_sitting s join exam_paper p on p.bucket = s.bucket and p.sitting_id = s.id
     where s.exam_id = $1 order by s.person_id`,
    [examId],
  );
  for (const [at, sitting] of rows.entries()) {
    if (at % ABSENT_EVERY < ABSENT_EVERY - 1) await sitOne(pool, writer, sitting, bell);
  }
  await writer.drain();
}

async function sitOne(pool: Pool, writer: SaveWriter, { id, person_id, items }: Frozen, bell: Bell): Promise<void> {
  const random = seededRandom(`sitting of ${person_id}`);
  const skill = 0.68 + random() * 0.31;
  const [deviceId, token] = [randomUUID(), randomBytes(32)];
  let nowMs = bell.opensMs + Math.round(random() * 90_000);
  await pool.query(
    `update exam_sitting set state = 'running', started_at = $3, ends_at = $4, device_id = $5, device_hash = $6, last_seen_at = $3
     where bucket = $1 and id = $2`,
    [bucketOf(id), id, new Date(nowMs), new Date(nowMs + bell.durationSeconds * 1000), deviceId, token],
  );
  await pool.query(
    `insert into exam_event (bucket, sitting_id, id, kind, device_id, happened_at, received_at) values ($1, $2, $3, 'started', $4, $5, $5)`,
    [bucketOf(id), id, uuidv7(nowMs), deviceId, new Date(nowMs)],
  );
  // Written by this module when the paper was frozen.
  const paper = JSON.parse(items) as PaperItem[];
  const versions = await versionsOf(pool, paper);
  const answers = paper.map(({ versionId, optionOrders }, item) => {
    const question = versions.get(versionId)?.question;
    return { item, answer: question ? answerOf(question, optionOrders, random() < skill) : null, agoMs: 0 };
  });
  for (let from = 0; from < answers.length; from += PAGE) {
    nowMs += Math.round(60_000 + random() * 60_000);
    const page = JSON.stringify(answers.slice(from, from + PAGE));
    await writer.submit({
      sittingId: id,
      personId: person_id,
      id: uuidv7(nowMs),
      tokenHash: token,
      seq: from / PAGE + 1,
      receivedAtMs: nowMs,
      answers: page,
    });
  }
  nowMs += 60_000;
  await pool.query(
    `update exam_sitting set state = 'submitted', ended_at = $3, last_seen_at = $3 where bucket = $1 and id = $2`,
    [bucketOf(id), id, new Date(nowMs)],
  );
  await markSitting(pool, id, nowMs + 2_000);
}

/** What somebody gives who knows, or does not: the other side of a judgement, an option short, or nothing. */
function answerOf(question: Question, orders: PaperItem['optionOrders'], knows: boolean): Answer {
  const right = rightAsShown(question, orders);
  if (knows) return right;
  if (question.kind === 'judgement') return !right;
  if (question.kind === 'single') return right === 'A' ? 'B' : 'A';
  return question.kind === 'multiple' && Array.isArray(right) ? right.slice(1) : null;
}
