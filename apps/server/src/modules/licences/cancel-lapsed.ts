import { bucketOf, chinaDateAt } from '@antu/domain';
import { type Pool, transaction } from '../../platform/database/pool.ts';
import type { Platform } from '../../platform/module.ts';
import { recordAudit, systemAuditContext } from '../audit/index.ts';
import { applyAction } from './apply-action.ts';

const PAGE = 200;

/**
 * Cancels every licence that nobody renewed in its days of grace. It asks for what is due rather than for what became due since
 * the last run: whatever became of earlier runs, nobody is forgotten and nobody is cancelled twice.
 * @returns how many were cancelled
 */
export async function cancelLapsed(platform: Platform, signal?: AbortSignal): Promise<number> {
  let cancelled = 0;
  for (;;) {
    const due = await findDue(platform.pool, chinaDateAt(platform.clock.nowMs()));
    for (const one of due) {
      if (signal?.aborted) return cancelled;
      if (await cancelOne(platform, one)) cancelled += 1;
    }
    if (due.length < PAGE) return cancelled;
  }
}

interface Due {
  readonly id: string;
  readonly person_id: string;
  readonly category: string;
}

async function findDue(pool: Pool, today: string): Promise<Due[]> {
  const { rows } = await pool.query<Due>(
    `select id, person_id, category from licence where standing in ('granted', 'suspended') and lapses_on <= $1
     order by lapses_on, bucket, id limit ${PAGE}`,
    [today],
  );
  return rows;
}

function cancelOne(platform: Platform, { id, person_id: personId, category }: Due): Promise<boolean> {
  const { clock } = platform;
  return transaction(
    platform.pool,
    async (tx) => {
      const { rowCount } = await tx.query(
        `select from licence where bucket = $1 and id = $2 and standing in ('granted', 'suspended') and lapses_on <= $3 for update`,
        [bucketOf(id), id, chinaDateAt(clock.nowMs())],
      );
      // Renewed or cancelled since it was found.
      if (rowCount !== 1) return false;
      const audit = systemAuditContext(() => clock.now(), 'licences.cancel-lapsed');
      await applyAction(
        tx,
        { ...audit, platform, nowMs: () => clock.nowMs() },
        {
          personId,
          category,
          action: 'cancel',
          reason: null,
          note: '逾期未换证',
          authorityId: null,
          requestId: null,
        },
      );
      await tx.query(
        `update licence_request set state = 'refused', decided_by = $3, decided_at = $4, decision_note = '逾期未换证，证件已注销。'
         where bucket = $1 and licence_id = $2 and state = 'open'`,
        [bucketOf(id), id, SYSTEM, clock.now()],
      );
      await recordAudit(
        tx,
        systemAuditContext(() => clock.now(), 'licences.cancel-lapsed'),
        {
          action: 'licences.cancel-lapsed',
          object: { kind: 'licence', id },
          detail: { personId, category },
        },
      );
      return true;
    },
    { retries: 3 },
  );
}

/** Stands for the passing of time where an account is asked for. */
const SYSTEM = '00000000-0000-0000-0000-000000000000';
