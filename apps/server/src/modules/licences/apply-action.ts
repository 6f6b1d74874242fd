import {
  bucketOf,
  cancelledOn,
  chinaDateAt,
  firstTerm,
  type IssueReason,
  type LicenceAction,
  type LicenceLimits,
  type LicenceTerm,
  nextStanding,
  placeInBucket,
  renewedTerm,
} from '@antu/domain';
import type { Tx } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import { uuidv7 } from '../../platform/ids.ts';
import type { DocumentContext } from '../documents/index.ts';
import { insertEvent } from './insert-event.ts';
import { issueLicenceDocument, markLicenceDocument } from './licence-document.ts';
import { findLicence, type LicenceRow, lockLicenceOf, termOf } from './licence-rows.ts';
import { rulesFor } from './request-rows.ts';

/** Who acts and when; the context of a route fits. */
export interface ActionContext extends DocumentContext {
  nowMs(): number;
}

export interface DecidedAction {
  readonly personId: string;
  readonly category: string;
  readonly action: LicenceAction;
  readonly reason: IssueReason | null;
  readonly note: string;
  /** Null leaves the one that issued it. */
  readonly authorityId: string | null;
  readonly requestId: string | null;
}

/** Does to a licence what was decided: the row as it stands now, the fact, and the document. @returns the licence's id */
export async function applyAction(tx: Tx, ctx: ActionContext, decided: DecidedAction): Promise<string> {
  const { personId, category, action } = decided;
  const found = await lockLicenceOf(tx, personId, category);
  const standing = nextStanding(action === 'issue' ? null : (found?.standing ?? null), action);
  if (standing === undefined) throw new AppError('platform.conflict');
  const today = chinaDateAt(ctx.nowMs());
  const region = await regionOf(tx, personId);
  const { rules, limits } = rulesFor(category, region, today);
  const term = nextTerm(action, found, today, limits);
  let licenceId = found?.id ?? '';
  if (action === 'issue') {
    licenceId = placeInBucket(uuidv7(ctx.nowMs()), bucketOf(personId));
    await insertElectronic(tx, ctx, {
      licenceId,
      decided,
      term,
      ruleSetId: rules.id,
      lapsesOn: cancelledOn(term.validUntil, limits),
    });
  } else {
    await tx.query(
      `update licence set standing = $3, valid_from = $4, valid_until = $5, lapses_on = $6, authority_id = coalesce($7, authority_id),
         rule_set_id = case when $8 = 'renew' then $9 else rule_set_id end,
         medium = case when $10 then 'electronic' else medium end where bucket = $1 and id = $2`,
      [
        bucketOf(licenceId),
        licenceId,
        standing,
        term.validFrom,
        term.validUntil,
        cancelledOn(term.validUntil, limits),
        givesOut(action) ? decided.authorityId : null,
        action,
        rules.id,
        givesOut(action),
      ],
    );
  }
  const row = await findLicence(tx, licenceId);
  if (!row) throw new AppError('licences.not_found');
  const documentId = givesOut(action) ? await giveOut(tx, ctx, row, decided) : row.document_id;
  if (!givesOut(action)) await markLicenceDocument(tx, ctx, row, decided);
  await insertEvent(tx, ctx, row, { ...decided, documentId, at: ctx.now() });
  return licenceId;
}

async function giveOut(tx: Tx, ctx: ActionContext, row: LicenceRow, decided: DecidedAction): Promise<string> {
  const { id, code } = await issueLicenceDocument(tx, ctx, row, decided);
  await tx.query('update licence set document_id = $3, document_code = $4 where bucket = $1 and id = $2', [
    bucketOf(row.id),
    row.id,
    id,
    code,
  ]);
  return id;
}

/** Whether an action gives out a document of its own. */
export const givesOut = (action: LicenceAction): boolean =>
  action === 'issue' || action === 'renew' || action === 'replace' || action === 'change';

function nextTerm(
  action: LicenceAction,
  found: LicenceRow | undefined,
  today: string,
  limits: LicenceLimits,
): LicenceTerm {
  if (action === 'issue' || !found) return firstTerm(today, limits);
  return action === 'renew' ? renewedTerm(termOf(found), today, limits) : termOf(found);
}

async function regionOf(tx: Tx, personId: string): Promise<string> {
  const { rows } = await tx.query<{ region_code: string }>(
    'select region_code from person where bucket = $1 and id = $2',
    [bucketOf(personId), personId],
  );
  return rows[0]?.region_code ?? '';
}

interface NewLicence {
  readonly licenceId: string;
  readonly decided: DecidedAction;
  readonly term: LicenceTerm;
  readonly ruleSetId: string;
  readonly lapsesOn: string;
}

async function insertElectronic(
  tx: Tx,
  ctx: ActionContext,
  { licenceId, decided, term, ruleSetId, lapsesOn }: NewLicence,
): Promise<void> {
  await tx.query(
    `insert into licence (bucket, id, person_id, category, authority_id, medium, first_issued_on, valid_from, valid_until, lapses_on,
       standing, rule_set_id, created_at)
     values ($1, $2, $3, $4, $5, 'electronic', $6, $6, $7, $8, 'granted', $9, $10)`,
    [
      bucketOf(licenceId),
      licenceId,
      decided.personId,
      decided.category,
      decided.authorityId,
      term.validFrom,
      term.validUntil,
      lapsesOn,
      ruleSetId,
      ctx.now(),
    ],
  );
}
