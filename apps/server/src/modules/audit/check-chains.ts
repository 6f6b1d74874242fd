import type { Pool } from '../../platform/database/pool.ts';
import { transaction } from '../../platform/database/pool.ts';

export interface ChainBreak {
  readonly bucket: number;
  readonly seq: number;
  readonly why: 'content-changed' | 'link-broken' | 'row-missing' | 'end-missing';
}

export interface ChainCheck {
  readonly rowsChecked: number;
  readonly breaks: readonly ChainBreak[];
}

/**
 * The first bad row of each bucket. `retained` rows are those still kept: whole months at the old end may have been
 * archived, so a chain may begin above 1; nothing may be missing after that, up to the head.
 */
const findBreaks = `
  with linked as (
    select e.bucket, e.seq, e.hash, e.prev_hash, audit_entry_hash(e) as recomputed,
      lag(e.hash) over chain as hash_before, lag(e.seq) over chain as seq_before
    from audit_entry e window chain as (partition by e.bucket order by e.seq)
  ), judged as (
    select bucket, seq, case
      when recomputed is distinct from hash then 'content-changed'
      when seq_before is not null and seq <> seq_before + 1 then 'row-missing'
      when hash_before is not null and prev_hash <> hash_before then 'link-broken'
    end as why
    from linked
  ), ends as (
    select c.bucket, c.seq, 'end-missing' as why
    from audit_chain c left join audit_entry last on last.bucket = c.bucket and last.seq = c.seq
    where c.seq > 0 and (last.seq is null or last.hash <> c.hash)
  )
  select distinct on (bucket) bucket, seq, why
  from (select * from judged where why is not null union all select * from ends) as bad
  order by bucket, seq`;

/** Recomputes every chain of the audit log from its rows. Reads in one snapshot, so rows written meanwhile do no harm. */
export async function checkAuditChains(pool: Pool): Promise<ChainCheck> {
  return transaction(pool, async (tx) => {
    await tx.query('set transaction isolation level repeatable read read only');
    const breaks = await tx.query<ChainBreak>(findBreaks);
    const counted = await tx.query<{ total: number }>('select count(*) as total from audit_entry');
    return { rowsChecked: counted.rows[0]?.total ?? 0, breaks: breaks.rows };
  });
}
