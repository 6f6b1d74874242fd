import type { BoardRow } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import type { Tx } from '../../../platform/database/pool.ts';
import { type ExamEventKind, noteExamEvents } from './exam-events.ts';
import { type SittingRow, sittingColumns } from './sitting-rows.ts';

/** A device that begins a sitting, or goes on with it. */
export interface Entry {
  /** The row as it was seen: if it is another one meanwhile, nothing happens. */
  readonly seen: SittingRow;
  readonly deviceId: string;
  readonly deviceKind: BoardRow['device'];
  readonly tokenHash: Buffer;
  readonly atMs: number;
  /** When the sitting ends if it begins now. */
  readonly endsAtMs: number;
  /** Pictures are asked for. */
  readonly watched: boolean;
  /** Checks that people have not decided and on which the entry rests. */
  readonly awaits: readonly string[];
  /** What is noted of it, in this order. */
  readonly events: readonly { readonly kind: ExamEventKind; readonly detail: string | null }[];
  /** What the invigilator is told of it. */
  readonly alerts: readonly BoardRow['alerts'][number][];
}

export interface Entered {
  readonly row: SittingRow;
  /** JSON of what the candidate is asked. */
  readonly asked: string;
}

// Rows are locked in the order of their key, as everything does that takes several: batches wait for each other and never in a circle.
const enterText = `
  with v as materialized (
    select * from jsonb_to_recordset($1::jsonb) as v (n integer, bucket smallint, id uuid, person_id uuid, state text,
      extra_seconds integer, seen_device uuid, device_id uuid, device_hash text, device text, at timestamptz,
      ends_at timestamptz, watched boolean, awaits uuid[], alerts text[])
  ), locked as materialized (
    select s.bucket, s.id from exam_sitting s where (s.bucket, s.id) in (select v.bucket, v.id from v)
    order by s.bucket, s.id for no key update
  ), entered as (
    update exam_sitting s set state = 'running', started_at = coalesce(s.started_at, v.at), ends_at = coalesce(s.ends_at, v.ends_at),
      device_id = v.device_id, device_hash = decode(v.device_hash, 'hex'), device = v.device, last_seen_at = v.at,
      watched = v.watched, identity_awaits = s.identity_awaits || v.awaits,
      alerts = case when v.alerts = '{}' then s.alerts else array(select distinct unnest(s.alerts || v.alerts)) end
    from v, locked where locked.bucket = v.bucket and locked.id = v.id and s.bucket = v.bucket and s.id = v.id
      and s.person_id = v.person_id and s.state = v.state and s.extra_seconds = v.extra_seconds
      and s.device_id is not distinct from v.seen_device
    returning v.n, s.bucket, ${sittingColumns}
  )
  select s.*, p.asked from entered s join exam_paper p on p.bucket = s.bucket and p.sitting_id = s.id`;

/**
 * Lets devices in, many in one statement, with the paper of each, and notes it.
 * @returns by the place of the entry; undefined where the row was another one than the one that was seen
 */
export async function enterSittings(tx: Tx, entries: readonly Entry[]): Promise<(Entered | undefined)[]> {
  const { rows } = await tx.query<SittingRow & { n: number; asked: string }>({
    name: 'exams-enter',
    text: enterText,
    values: [JSON.stringify(entries.map(valuesOf))],
  });
  const byPlace = new Map(rows.map(({ n, asked, ...row }) => [n, { row, asked }]));
  await noteExamEvents(
    tx,
    entries
      .filter((_, n) => byPlace.has(n))
      .flatMap(({ seen, deviceId, atMs, events }) =>
        events.map(({ kind, detail }) => ({ sittingId: seen.id, kind, deviceId, receivedAtMs: atMs, detail })),
      ),
  );
  return entries.map((_, n) => byPlace.get(n));
}

const valuesOf = (
  { seen, deviceId, deviceKind, tokenHash, atMs, endsAtMs, watched, awaits, alerts }: Entry,
  n: number,
): Record<string, unknown> => ({
  n,
  bucket: bucketOf(seen.id),
  id: seen.id,
  person_id: seen.person_id,
  state: seen.state,
  extra_seconds: seen.extra_seconds,
  seen_device: seen.device_id,
  device_id: deviceId,
  device_hash: tokenHash.toString('hex'),
  device: deviceKind,
  at: new Date(atMs),
  ends_at: new Date(endsAtMs),
  watched,
  awaits: awaits.filter((id) => !seen.identity_awaits.includes(id)),
  alerts,
});
