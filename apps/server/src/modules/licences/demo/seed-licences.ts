import {
  addDays,
  bucketOf,
  cancelledOn,
  chinaDateAt,
  findLicenceCategory,
  findLicenceRuleSet,
  licenceLimitsOf,
} from '@antu/domain';
import { type Tx, transaction } from '../../../platform/database/pool.ts';
import type { Platform } from '../../../platform/module.ts';
import { recordAudit, systemAuditContext } from '../../audit/index.ts';
import { DEMO_LEARNERS, DEMO_ORGANISATIONS, findPersonIdByLogin } from '../../people/index.ts';
import { type ActionContext, applyAction } from '../apply-action.ts';
import { insertCarried } from '../carry-over.ts';

interface DemoLicence {
  /** Place among the employer's learners. */
  readonly at: number;
  readonly employer: 'linglan' | 'pengtu';
  readonly category: string;
  /** Days from today to the last day. */
  readonly daysLeft: number;
  readonly later?: 'suspend' | 'cancel' | 'withdraw' | 'revoke';
  readonly medium?: 'paper' | 'ic-card';
  readonly asksRenewal?: boolean;
}

/** A licence in every state: number 0 of the coach company is 林守诚. */
const demoLicences: readonly DemoLicence[] = [
  { at: 0, employer: 'linglan', category: '01001', daysLeft: 1200 },
  { at: 0, employer: 'linglan', category: '02001', daysLeft: 45 },
  { at: 2, employer: 'linglan', category: '01001', daysLeft: 20, asksRenewal: true },
  { at: 3, employer: 'linglan', category: '01001', daysLeft: -30 },
  { at: 4, employer: 'linglan', category: '01001', daysLeft: 700, later: 'suspend' },
  { at: 5, employer: 'linglan', category: '01001', daysLeft: 700, later: 'cancel' },
  { at: 6, employer: 'linglan', category: '01001', daysLeft: 700, later: 'withdraw' },
  { at: 7, employer: 'linglan', category: '01001', daysLeft: 700, later: 'revoke' },
  { at: 8, employer: 'linglan', category: '01001', daysLeft: 400, medium: 'paper' },
  { at: 9, employer: 'linglan', category: '01001', daysLeft: 100, medium: 'ic-card' },
  { at: 10, employer: 'linglan', category: '01001', daysLeft: 2000 },
  { at: 0, employer: 'pengtu', category: '02001', daysLeft: 1500 },
  { at: 1, employer: 'pengtu', category: '03001', daysLeft: 900 },
];
const AUTHORITIES = { linglan: DEMO_ORGANISATIONS.guangzhou.id, pengtu: DEMO_ORGANISATIONS.shenzhen.id };
const TERM_DAYS = 2190;

/** Writes the demo's licences, those in force with their documents. Repeated, it changes nothing. */
export async function seedDemoLicences(platform: Platform): Promise<void> {
  for (const one of demoLicences) await seedOne(platform, one);
}

async function seedOne(platform: Platform, demo: DemoLicence): Promise<void> {
  const learner = DEMO_LEARNERS.filter(({ employer }) => employer === demo.employer)[demo.at];
  const personId =
    learner && (await findPersonIdByLogin(platform.pool, platform.keys, learner.login ?? learner.idNumber.normalised));
  if (personId === undefined) return;
  const audit = systemAuditContext(() => platform.clock.now(), 'seed');
  const ctx: ActionContext = { ...audit, platform, nowMs: () => platform.clock.nowMs() };
  const { category } = demo;
  const authorityId = AUTHORITIES[demo.employer];
  await transaction(platform.pool, async (tx) => {
    const present = await tx.query('select from licence where bucket = $1 and person_id = $2 and category = $3', [
      bucketOf(personId),
      personId,
      category,
    ]);
    if (present.rowCount !== 0) return;
    const term = termOf(demo, chinaDateAt(platform.clock.nowMs()));
    const medium = demo.medium ?? 'paper';
    const card = { idNumber: '', category, medium, cardNumber: '', ...term };
    await insertCarried(tx, ctx, { personId, authorityId, card });
    const act = (action: 'replace' | NonNullable<DemoLicence['later']>) =>
      applyAction(tx, ctx, {
        personId,
        category,
        action,
        reason: action === 'replace' ? 7 : null,
        note: '',
        authorityId,
        requestId: null,
      });
    if (demo.medium === undefined) await act('replace');
    if (demo.later) await act(demo.later);
    if (demo.asksRenewal) await askRenewal(tx, platform, personId, category);
    await recordAudit(tx, audit, {
      action: 'licences.seed-demo',
      object: { kind: 'person', id: personId },
      detail: { category },
    });
  });
}

/** The six years that end so many days from today. */
function termOf({ category, daysLeft }: DemoLicence, today: string) {
  const found = findLicenceCategory(category);
  const rules = found && findLicenceRuleSet(found, '44', today);
  const validUntil = addDays(today, daysLeft);
  if (!rules || cancelledOn(validUntil, licenceLimitsOf(rules)) <= today)
    throw new Error(`demo licence ${category} lapsed`);
  const validFrom = addDays(validUntil, -TERM_DAYS);
  return { firstIssuedOn: addDays(validFrom, -TERM_DAYS), validFrom, validUntil };
}

async function askRenewal(tx: Tx, platform: Platform, personId: string, category: string): Promise<void> {
  await tx.query(
    `insert into licence_request (bucket, id, person_id, category, licence_id, kind, reason, note, state, asked_by, by_holder, asked_at)
     select l.bucket, l.id, l.person_id, l.category, l.id, 'renew', 6, '', 'open', a.id, true, $4
     from licence l join account a on a.bucket = l.bucket and a.person_id = l.person_id
     where l.bucket = $1 and l.person_id = $2 and l.category = $3`,
    [bucketOf(personId), personId, category, platform.clock.now()],
  );
}
