import type { LeafKind } from '@antu/proof';
import type { Queryable } from '../../../platform/database/pool.ts';

/** A fact that must have its leaf. */
export type LoggedFact = { bucket: number; sourceId: string; digest: Uint8Array };

/** Where the facts of a kind stand. Modules register theirs when they are loaded. */
export type LeafSource = {
  kind: LeafKind;
  /** The table, for whoever reads a difference. */
  table: string;
  /** All facts, whether they wait or not, with the digest of the text as their columns give it now. */
  read(db: Queryable): AsyncIterable<LoggedFact>;
};

const PAGE = 5000;

/** The ledger carries the hash of its canonical text; that this hash is that of the columns is what `verify` finds out. */
const hours: LeafSource = {
  kind: 'hours',
  table: 'hour_ledger_entry',
  async *read(db) {
    let [bucket, id] = [-1, '00000000-0000-0000-0000-000000000000'];
    for (;;) {
      const { rows } = await db.query<{ bucket: number; id: string; hash: Buffer }>(
        `select bucket, id, hash from hour_ledger_entry where (bucket, id) > ($1, $2) order by bucket, id limit ${PAGE}`,
        [bucket, id],
      );
      for (const row of rows) yield { bucket: row.bucket, sourceId: row.id, digest: row.hash };
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      [bucket, id] = [last.bucket, last.id];
    }
  },
};

const sources = new Map<LeafKind, LeafSource>([[hours.kind, hours]]);

/** Called once by the module that keeps the facts of a kind, when it is loaded. */
export function keepLeaves(source: LeafSource): void {
  sources.set(source.kind, source);
}

export const leafSources = (): LeafSource[] => [...sources.values()];
