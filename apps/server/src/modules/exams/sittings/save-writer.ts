import { BUCKET_COUNT, bucketOf, type SittingStateName } from '@antu/domain';
import type { Pool } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { WriteGroup } from '../../../platform/write-group.ts';

/** A save as it arrived. */
export interface Save {
  readonly sittingId: string;
  readonly personId: string;
  /** UUIDv7 of the moment of receipt. */
  readonly id: string;
  readonly tokenHash: Buffer;
  readonly seq: number;
  readonly receivedAtMs: number;
  /** JSON. */
  readonly answers: string;
}

export interface Saved {
  readonly counts: boolean;
  readonly state: SittingStateName;
  readonly endsAt: Date;
  readonly leaves: number;
  readonly examId: string | null;
  readonly handedOver: number;
}

interface Item extends Save {
  resolve(saved: Saved | undefined): void;
  reject(error: unknown): void;
}

export interface SaveWriter {
  /** Resolves once the save is committed; undefined if the sitting does not run on the device of the token. */
  submit(save: Save): Promise<Saved | undefined>;
  drain(): Promise<void>;
}

/**
 * Collects saves and commits them together. The row of the sitting decides whether one counts; the lock keeps a submission at the
 * same moment waiting until what was acknowledged is there to be marked.
 */
export function createSaveWriter({
  pool,
  groups,
  windowMs,
}: {
  pool: Pool;
  groups: number;
  windowMs: number;
}): SaveWriter {
  const queues = Array.from(
    { length: Math.min(groups, BUCKET_COUNT) },
    () => new WriteGroup<Item>((batch) => write(pool, batch), windowMs),
  );
  return {
    submit: (save) =>
      new Promise((resolve, reject) => {
        queues[bucketOf(save.sittingId) % queues.length]?.add({ ...save, resolve, reject });
      }),
    drain: async () => {
      await Promise.all(queues.map((queue) => queue.drain()));
    },
  };
}

// Rows are locked in the order of their key, so that batches wait for each other and never in a circle.
const saveText = `
  with v as materialized (
    select * from unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::uuid[], $5::bytea[], $6::integer[], $7::timestamptz[], $8::text[])
      with ordinality as v (bucket, sitting_id, person_id, id, device_hash, seq, received_at, answers, n)
  ), s as materialized (
    select s.bucket, s.id, s.person_id, s.device_id, s.device_hash, s.state, s.ends_at, s.grace_seconds, s.leaves, s.exam_id, s.handed_over
    from exam_sitting s
    where (s.bucket, s.id) in (select v.bucket, v.sitting_id from v)
    order by s.bucket, s.id
    for share
  ), fit as materialized (
    select v.*, s.device_id, s.state, s.ends_at, s.leaves, s.exam_id, s.handed_over,
      s.state = 'running' and v.received_at <= s.ends_at + make_interval(secs => s.grace_seconds) as counts
    from v join s on s.bucket = v.bucket and s.id = v.sitting_id and s.person_id = v.person_id and s.device_hash = v.device_hash
    where s.ends_at is not null
  ), saved as (
    insert into exam_save (bucket, sitting_id, id, device_id, seq, received_at, answers, counts)
    select bucket, sitting_id, id, device_id, seq, received_at, answers, counts from fit
    on conflict (bucket, sitting_id, device_id, seq) do nothing
  )
  select fit.n::integer as n, coalesce(e.counts, fit.counts) as counts, fit.state, fit.ends_at as "endsAt", fit.leaves, fit.exam_id as "examId",
    fit.handed_over as "handedOver"
  from fit left join exam_save e on e.bucket = fit.bucket and e.sitting_id = fit.sitting_id and e.device_id = fit.device_id and e.seq = fit.seq`;

/** Commits a batch and answers its items. Never throws. */
async function write(pool: Pool, batch: readonly Item[]): Promise<Item[]> {
  // One statement cannot add the same key twice: a repetition waits for the next one.
  const now = new Map(
    batch.map((item) => [`${item.sittingId} ${item.tokenHash.toString('latin1')} ${item.seq}`, item]),
  );
  const items = [...now.values()];
  const later = batch.filter((item) => !items.includes(item));
  try {
    const { rows } = await pool.query<Saved & { n: number }>({
      name: 'exams-save',
      text: saveText,
      values: [
        items.map(({ sittingId }) => bucketOf(sittingId)),
        items.map(({ sittingId }) => sittingId),
        items.map(({ personId }) => personId),
        items.map(({ id }) => id),
        items.map(({ tokenHash }) => tokenHash),
        items.map(({ seq }) => seq),
        items.map(({ receivedAtMs }) => new Date(receivedAtMs)),
        items.map(({ answers }) => answers),
      ],
    });
    const byPlace = new Map(rows.map((row) => [row.n - 1, row]));
    for (const [at, item] of items.entries()) item.resolve(byPlace.get(at));
  } catch (error) {
    for (const item of items) item.reject(new AppError('platform.not_ready', {}, { cause: error }));
  }
  return later;
}
