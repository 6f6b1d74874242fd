import type { createPersonAnswerSchema, createPersonRequestSchema } from '@antu/contract';
import {
  chinaDateAt,
  checkIdNumber,
  type IdNumberCheck,
  type IdNumberProblem,
  normaliseName,
  parsePlainDate,
} from '@antu/domain';
import type { z } from 'zod';
import { transaction, type Tx } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import type { RouteContext } from '../../platform/http/route.ts';
import { recordAudit } from '../audit/index.ts';
import { findAccountByLogin } from './account-queries.ts';
import { hashPassword, makeInitialPassword } from './passwords.ts';
import { findPersonRow } from './person-queries.ts';
import { presentDetail } from './present-person.ts';
import { findOrganisationScope, requireReach } from './scope.ts';
import { idNumberIndex, openName, personBucketOf } from './sealed-columns.ts';
import { announceAccessChange } from './sessions.ts';
import { grantMembership, insertAccount, insertAffiliation, insertPerson } from './write-person.ts';

type Request = z.output<typeof createPersonRequestSchema>;
type Answer = z.input<typeof createPersonAnswerSchema>;
type ValidIdNumber = Extract<IdNumberCheck, { valid: true }>;

const REASONS: Readonly<Record<IdNumberProblem, string>> = {
  length: '应为 18 位（或旧版 15 位）',
  characters: '只能是数字，末位可为 X',
  'birth-date': '其中的出生日期不存在',
  'check-character': '校验码不符，请核对每一位',
};

/**
 * Puts a person on the roster of an organisation: a known one joins it, an unknown one is registered and gets an account.
 * The first password is shown once.
 */
export async function createPersonOnRoster(ctx: RouteContext<'people.create'>, request: Request): Promise<Answer> {
  const { pool, actor, platform } = ctx;
  const organisation = await findOrganisationScope(pool, request.organisationId);
  if (!organisation) throw new AppError('people.organisation_not_found');
  requireReach(actor, 'people.create', organisation);
  const idNumber = checkIdNumber(request.idNumber);
  if (!idNumber.valid) {
    throw new AppError('people.id_number_invalid', { problem: idNumber.problem, reason: REASONS[idNumber.problem] });
  }
  const from = request.from === undefined ? chinaDateAt(ctx.nowMs()) : parsePlainDate(request.from);
  if (!from) throw new AppError('platform.bad_input', { summary: 'from' });
  const initialPassword = makeInitialPassword();
  const passwordHash = await hashPassword(initialPassword);
  return transaction(pool, async (tx) => {
    const known = await findKnown(tx, ctx, idNumber, request.name);
    const now = ctx.now();
    const personId = known?.id ?? (await register(tx, ctx, idNumber, request));
    const affiliation = {
      personId,
      organisationId: request.organisationId,
      kind: request.kind,
      post: request.post ?? null,
      from,
      now,
    };
    await insertAffiliation(tx, affiliation);
    const account = known && (await findAccountByLogin(tx, platform.keys, idNumber.normalised));
    const grant = { role: 'learner', organisationId: request.organisationId } as const;
    if (account) {
      await grantMembership(tx, { ...grant, accountId: account.id, grantedBy: actor.accountId, now });
      await announceAccessChange(tx, account.id);
    } else {
      await insertAccount(tx, platform.keys, {
        personId,
        login: null,
        displayName: null,
        passwordHash,
        mustChangePassword: true,
        memberships: [grant],
        grantedBy: actor.accountId,
        now,
      });
    }
    await recordAudit(tx, ctx, {
      action: 'people.create',
      object: { kind: 'person', id: personId },
      detail: { organisationId: request.organisationId, kind: request.kind, registered: !known, account: !account },
    });
    const row = await findPersonRow(tx, personId);
    if (!row) throw new Error(`person ${personId} was not written`);
    const person = presentDetail(platform.keys, row);
    return { person, created: !known, initialPassword: account ? null : initialPassword };
  });
}

async function findKnown(
  tx: Tx,
  ctx: RouteContext<'people.create'>,
  idNumber: ValidIdNumber,
  name: string,
): Promise<{ id: string } | undefined> {
  const { keys } = ctx.platform;
  const { rows } = await tx.query<{ id: string; name_sealed: Buffer }>(
    'select id, name_sealed from person where bucket = $1 and id_number_index = $2',
    [personBucketOf(keys, idNumber.normalised), idNumberIndex(keys, idNumber.normalised)],
  );
  const [known] = rows;
  if (known && openName(keys, known.name_sealed, known.id) !== normaliseName(name))
    throw new AppError('people.name_differs');
  return known;
}

async function register(
  tx: Tx,
  ctx: RouteContext<'people.create'>,
  idNumber: ValidIdNumber,
  request: Request,
): Promise<string> {
  const { rows } = await tx.query<{ region_code: string }>('select region_code from organisation where id = $1', [
    request.organisationId,
  ]);
  const regionCode = rows[0]?.region_code ?? '';
  const person = await insertPerson(tx, ctx.platform.keys, {
    name: request.name,
    idNumber,
    regionCode,
    now: ctx.now(),
  });
  return person.id;
}
