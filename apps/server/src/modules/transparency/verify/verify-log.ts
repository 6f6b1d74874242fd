import { commitmentOf, leafData, leafHash, leafKinds, parseCheckpoint, sameBytes } from '@antu/proof';
import { type Queryable, transaction } from '../../../platform/database/pool.ts';
import type { Platform } from '../../../platform/module.ts';
import type { StoredCheckpoint } from '../checkpoints.ts';
import { hashOf } from '../hash.ts';
import { openLogSecret, saltOf } from '../log-secret.ts';
import { DamagedLogError, readLogFile } from '../tile-reader.ts';
import { judgeCheckpoint } from './check-checkpoints.ts';
import { walkTree } from './check-tree.ts';
import { LeafSet } from './leaf-set.ts';
import { leafSources } from './leaf-sources.ts';

export type LogVerdict = {
  leaves: number;
  checkpoints: number;
  /** Facts found in the tables. */
  facts: number;
  /** Of these, so many still wait for a checkpoint. */
  waiting: number;
  differences: number;
};

export type LogDifference = { table: string; key: string; what: string };

/**
 * Checks the whole log against the tables, in one snapshot of the database: every fact has its leaf, its commitment comes out
 * again, no leaf is without a fact, the tiles are the tree over the leaves, and every checkpoint ever published is a beginning
 * of that tree and signed.
 */
export async function verifyLog(platform: Platform, report: (difference: LogDifference) => void): Promise<LogVerdict> {
  const verdict: LogVerdict = { leaves: 0, checkpoints: 0, facts: 0, waiting: 0, differences: 0 };
  const differ = (table: string, key: string, what: string) => {
    verdict.differences += 1;
    report({ table, key, what });
  };
  await transaction(platform.pool, async (tx) => {
    await tx.query('set transaction isolation level repeatable read read only');
    const { rows } = await tx.query<StoredCheckpoint>('select size, root, note, at from log_checkpoint order by size');
    verdict.checkpoints = rows.length;
    verdict.leaves = rows.at(-1)?.size ?? 0;
    for (const row of rows) {
      const what = await judgeCheckpoint(row, platform.signing.published());
      if (what) differ('log_checkpoint', String(row.size), what);
    }
    await checkPublished(platform, verdict.leaves, differ);
    const set = await checkTree(platform, rows, verdict.leaves, differ);
    await checkFacts(platform, tx, set, verdict, differ);
    await nameStrangers(platform, set, verdict.leaves, differ);
  });
  return verdict;
}

type Differ = (table: string, key: string, what: string) => void;

/** What was last shown to the world must be known to the database. */
async function checkPublished({ storage }: Platform, size: number, differ: Differ): Promise<void> {
  const note = await readLogFile(storage, 'latest');
  if (!note) return;
  try {
    const published = parseCheckpoint(note.toString('utf8')).size;
    if (published > size) differ('log_checkpoint', String(published), 'was published and is not in the database');
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    differ('latest', 'storage', error.message);
  }
}

async function checkTree(
  { storage }: Platform,
  checkpoints: readonly StoredCheckpoint[],
  size: number,
  differ: Differ,
): Promise<LeafSet> {
  const set = new LeafSet();
  const roots = new Map(checkpoints.map((one) => [one.size, one.root]));
  await readable(differ, () =>
    walkTree(storage, size, new Set(roots.keys()), {
      leaf: (_index, hash) => set.add(hash),
      root: (at, root) => {
        if (!sameBytes(root, roots.get(at) ?? root))
          differ('log_checkpoint', String(at), 'is not a beginning of the log');
      },
      difference: (what) => differ('tile', 'storage', what),
    }),
  );
  set.close();
  return set;
}

async function checkFacts(
  platform: Platform,
  tx: Queryable,
  set: LeafSet,
  verdict: LogVerdict,
  differ: Differ,
): Promise<void> {
  const secret = await openLogSecret(platform.settings.keyDir);
  const waiting = await readWaiting(tx);
  for (const { kind, table, read } of leafSources()) {
    for await (const { bucket, sourceId, digest } of read(tx)) {
      verdict.facts += 1;
      const pending = waiting.get(`${kind} ${sourceId}`);
      if (pending) {
        verdict.waiting += 1;
        if (!sameBytes(pending, digest)) differ(table, `${bucket} ${sourceId}`, 'is not what waits for the log');
        continue;
      }
      const commitment = commitmentOf(saltOf(secret, kind, sourceId), digest);
      const leaf = Buffer.from(leafHash(leafData(kind, commitment), hashOf));
      if (!set.tick(leaf)) differ(table, `${bucket} ${sourceId}`, 'has no leaf in the log');
    }
  }
}

async function readWaiting(tx: Queryable): Promise<Map<string, Buffer>> {
  const { rows } = await tx.query<{ kind: number; source_id: string; digest: Buffer }>(
    'select kind, source_id, digest from log_pending',
  );
  return new Map(rows.map((row) => [`${leafKinds[row.kind - 1]} ${row.source_id}`, row.digest]));
}

/** Leaves of kinds that no module keeps here are nobody's business; any other without a fact means that a row was taken away. */
async function nameStrangers({ storage }: Platform, set: LeafSet, size: number, differ: Differ): Promise<void> {
  const left = set.left();
  if (left.size === 0) return;
  const kept = new Set<string>(leafSources().map(({ kind }) => kind));
  await readable(
    () => undefined,
    () =>
      walkTree(storage, size, new Set(), {
        leaf: (index, hash, entry) => {
          if (!left.has(hash.readBigUInt64BE())) return;
          const kind = /"kind":"([a-z-]+)"/.exec(entry.toString('latin1'))?.[1] ?? 'unknown';
          if (kept.has(kind) || !leafKinds.some((one) => one === kind))
            differ('leaf', String(index), `no fact of kind ${kind} belongs to it`);
        },
        difference: () => undefined,
      }),
  );
}

/** A log that cannot be read to its end is a difference, not a failure of the check. */
async function readable(differ: Differ, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof DamagedLogError)) throw error;
    differ('tile', 'storage', error.message);
  }
}
