import type { CardRow, CarriedCard, CarriedCards, carryOverCards as endpoint } from '@antu/contract';
import { bucketOf, cancelledOn, chinaDateAt, maskIdNumber, placeInBucket } from '@antu/domain';
import type { z } from 'zod';
import { type Queryable, transaction, type Tx } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import { uuidv7 } from '../../platform/ids.ts';
import { recordAudit } from '../audit/index.ts';
import { getReachablePerson, idNumberIndex, personBucketOf } from '../people/index.ts';
import { type CheckedCard, readCard } from './read-card.ts';
import type { ActionContext } from './apply-action.ts';
import { insertEvent } from './insert-event.ts';
import { authorityOf, type DecideContext } from './decide-request.ts';
import { rulesFor } from './request-rows.ts';

type Body = z.output<(typeof endpoint)['body']>;

/**
 * Carries paper and IC cards of before into the register, row by row: what is right is kept, what is not comes back with its
 * reasons, and a card that is there already is left as it is. The same file may be sent again.
 */
export async function carryOver(ctx: DecideContext, { dryRun, rows }: Body): Promise<CarriedCards> {
  const authorityId = authorityOf(ctx);
  const report: CardRow[] = [];
  for (const [at, card] of rows.entries()) report.push(await carryRow(ctx, { at, card, authorityId, dryRun }));
  const count = (outcome: CardRow['outcome']): number => report.filter((row) => row.outcome === outcome).length;
  const counts = {
    ready: count('ready'),
    carried: count('carried'),
    present: count('present'),
    refused: count('refused'),
  };
  await recordAudit(ctx.pool, ctx, {
    action: 'licences.carry-over',
    object: { kind: 'licence', id: null },
    detail: { dryRun, ...counts },
  });
  return { rows: report, ...counts };
}

interface Row {
  readonly at: number;
  readonly card: CarriedCard;
  readonly authorityId: string;
  readonly dryRun: boolean;
}

async function carryRow(ctx: DecideContext, { at, card, authorityId, dryRun }: Row): Promise<CardRow> {
  const read = readCard(card, chinaDateAt(ctx.nowMs()));
  const row = {
    row: at + 1,
    idNumberMasked: read.idNumber === null ? '' : maskIdNumber(read.idNumber),
    category: card.category,
  };
  if (!read.card) return { ...row, outcome: 'refused', problems: [...read.problems] };
  const personId = await findPersonInReach(ctx, read.card.idNumber);
  if (personId === undefined) {
    const problem = {
      column: 'idNumber' as const,
      zh: '辖区内没有此人，请先登记。',
      en: 'Nobody within your region has this number.',
    };
    return { ...row, outcome: 'refused', problems: [problem] };
  }
  if (await hasLicence(ctx.pool, personId, read.card.category)) return { ...row, outcome: 'present', problems: [] };
  if (dryRun) return { ...row, outcome: 'ready', problems: [] };
  const { card: good } = read;
  const isNew = await transaction(ctx.pool, (tx) => insertCarried(tx, ctx, { personId, authorityId, card: good }));
  return { ...row, outcome: isNew ? 'carried' : 'present', problems: [] };
}

async function findPersonInReach(ctx: DecideContext, idNumber: string): Promise<string | undefined> {
  const { keys } = ctx.platform;
  const { rows } = await ctx.pool.query<{ id: string }>(
    'select id from person where bucket = $1 and id_number_index = $2',
    [personBucketOf(keys, idNumber), idNumberIndex(keys, idNumber)],
  );
  const [person] = rows;
  if (!person) return undefined;
  try {
    return (await getReachablePerson(ctx.pool, ctx.actor, 'licences.decide', person.id)).id;
  } catch (error) {
    // Whether somebody outside is registered is not told.
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

async function hasLicence(db: Queryable, personId: string, category: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from licence where bucket = $1 and person_id = $2 and category = $3 and standing in ('granted', 'suspended')`,
    [bucketOf(personId), personId, category],
  );
  return rowCount !== 0;
}

interface Carried {
  readonly personId: string;
  readonly authorityId: string;
  readonly card: CheckedCard;
}

/** @returns false if the licence came in between. */
export async function insertCarried(
  tx: Tx,
  ctx: ActionContext,
  { personId, authorityId, card }: Carried,
): Promise<boolean> {
  const bucket = bucketOf(personId);
  const id = placeInBucket(uuidv7(ctx.nowMs()), bucket);
  const { rows } = await tx.query<{ region_code: string }>(
    'select region_code from person where bucket = $1 and id = $2',
    [bucket, personId],
  );
  const { rules, limits } = rulesFor(card.category, rows[0]?.region_code ?? '', chinaDateAt(ctx.nowMs()));
  const { rowCount } = await tx.query(
    `insert into licence (bucket, id, person_id, category, authority_id, medium, card_number_sealed, first_issued_on, valid_from,
       valid_until, lapses_on, standing, rule_set_id, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'granted', $12, $13) on conflict do nothing`,
    [
      bucket,
      id,
      personId,
      card.category,
      authorityId,
      card.medium,
      card.cardNumber === '' ? null : ctx.platform.keys.encrypt('licence.card-number', card.cardNumber, id),
      card.firstIssuedOn,
      card.validFrom,
      card.validUntil,
      cancelledOn(card.validUntil, limits),
      rules.id,
      ctx.now(),
    ],
  );
  if (rowCount !== 1) return false;
  await insertEvent(
    tx,
    ctx,
    { id, valid_from: card.validFrom, valid_until: card.validUntil, rule_set_id: rules.id },
    { action: 'carry-over', reason: 7, note: '', requestId: null, documentId: null, at: ctx.now() },
  );
  return true;
}
