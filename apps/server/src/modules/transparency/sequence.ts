import { commitmentOf, leafData, leafKinds, parseCheckpoint, rootFrom, sameBytes } from '@antu/proof';
import { type Queryable, transaction } from '../../platform/database/pool.ts';
import type { Platform } from '../../platform/module.ts';
import { findLatestCheckpoint, signCheckpoint, type StoredCheckpoint } from './checkpoints.ts';
import { hashOf } from './hash.ts';
import { openLogSecret, saltOf } from './log-secret.ts';
import { DamagedLogError, readLogFile, TileReader } from './tile-reader.ts';
import { logKey } from './tile-names.ts';
import { writeTiles } from './write-tiles.ts';

/** Leaves of one checkpoint at most. */
const BATCH = 16_384;
/** Advisory lock of the one process that sequences. Only saves work: two at once would write the same bytes. */
const LEADER = "hashtext('antu transparency log')";

type Assigned = { bucket: number; kind: number; source_id: string; digest: Buffer; leaf_index: number };

/**
 * Takes what waits into the log until nothing waits: places are given in the database first, then tiles are written and flushed,
 * then the checkpoint is stored and the waiting rows go, in one transaction. A crash anywhere leaves a state from which the
 * next run goes on with the same bytes.
 * @returns leaves added; 0 also if another process is at it and `wait` is not set
 */
export async function sequencePending(platform: Platform, { wait = false }: { wait?: boolean } = {}): Promise<number> {
  const client = await platform.pool.connect();
  try {
    const { rows } = await client.query<{ leads: boolean | null }>(
      wait
        ? `select true as leads from pg_advisory_lock(${LEADER})`
        : `select pg_try_advisory_lock(${LEADER}) as leads`,
    );
    if (rows[0]?.leads !== true) return 0;
    let total = 0;
    try {
      for (let added = -1; added !== 0; total += added) added = await sequenceBatch(platform);
    } finally {
      await client.query(`select pg_advisory_unlock(${LEADER})`);
    }
    return total;
  } finally {
    client.release();
  }
}

async function sequenceBatch(platform: Platform): Promise<number> {
  const { pool, storage } = platform;
  const latest = await findLatestCheckpoint(pool);
  await refuseOldDatabase(platform, latest);
  const size = latest?.size ?? 0;
  const rows = await transaction(pool, (tx) => assign(tx, size));
  if (rows.length === 0) return 0;
  if (latest) await refuseDamage(platform, latest);
  const secret = await openLogSecret(platform.settings.keyDir);
  const root = await writeTiles(
    storage,
    size,
    rows.map((row) => entryOf(secret, row)),
  );
  const grown = size + rows.length;
  const note = await signCheckpoint(platform, grown, root);
  await transaction(pool, async (tx) => {
    await tx.query('insert into log_checkpoint (size, root, note, at) values ($1, $2, $3, $4) on conflict do nothing', [
      grown,
      root,
      note,
      platform.clock.now(),
    ]);
    await tx.query('delete from log_pending where leaf_index < $1', [grown]);
  });
  await storage.put(logKey('latest'), note);
  return rows.length;
}

/** Gives places to what waits, unless some already have theirs: those come first, after a crash. */
async function assign(tx: Queryable, size: number): Promise<Assigned[]> {
  await tx.query(`select pg_advisory_xact_lock(${LEADER}, 1)`);
  const read = async () =>
    (
      await tx.query<Assigned>(
        'select bucket, kind, source_id, digest, leaf_index from log_pending where leaf_index is not null order by leaf_index',
      )
    ).rows.filter((row) => row.leaf_index >= size);
  const left = await read();
  if (left.length === 0)
    await tx.query(
      `with next as (
         select bucket, kind, source_id, row_number() over (order by seq) - 1 as n
         from (select bucket, kind, source_id, seq from log_pending where leaf_index is null order by seq limit $2) as waiting
       )
       update log_pending as p set leaf_index = $1 + next.n from next
       where p.bucket = next.bucket and p.kind = next.kind and p.source_id = next.source_id`,
      [size, BATCH],
    );
  const rows = left.length > 0 ? left : await read();
  if (rows.some((row, i) => row.leaf_index !== size + i))
    throw new DamagedLogError(`places of waiting facts do not follow leaf ${size - 1}`);
  return rows;
}

function entryOf(secret: Buffer, { kind, source_id, digest }: Assigned): Uint8Array {
  const name = leafKinds[kind - 1];
  if (!name) throw new RangeError(`log_pending: unknown kind ${kind}`);
  return leafData(name, commitmentOf(saltOf(secret, name, source_id), digest));
}

/**
 * A database that was put back from a backup knows less than was published: going on from there would show the world two
 * different logs under one name.
 */
async function refuseOldDatabase({ storage }: Platform, latest: StoredCheckpoint | undefined): Promise<void> {
  const published = await readLogFile(storage, 'latest');
  if (!published) return;
  const { size } = parseCheckpoint(published.toString('utf8'));
  if (size > (latest?.size ?? 0))
    throw new DamagedLogError(`the published log has ${size} leaves, the database knows of ${latest?.size ?? 0}`);
}

/** Nothing is built on tiles that no longer give the root that was signed. */
async function refuseDamage({ storage }: Platform, { size, root }: StoredCheckpoint): Promise<void> {
  const found = await rootFrom(new TileReader(storage, size).node, size, hashOf);
  if (!sameBytes(found, root))
    throw new DamagedLogError(`the tiles do not give the root of the ${size} leaves published`);
}
