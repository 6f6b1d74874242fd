import type { ExamCandidate, listExamCandidates } from '@antu/contract';
import { checkIdNumber } from '@antu/domain';
import type { z } from 'zod';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { idNumberIndex, nameIndex, openMaskedIdNumber, openMaskedName } from '../../people/index.ts';
import { readRegistrationConditions } from './candidate-facts.ts';
import { getExamInReach } from './manage-exams.ts';

type Ctx = RouteContext<'exams.manage'>;
type Query = z.output<(typeof listExamCandidates)['query']>;
const PAGE = 20;

/** A person of the roster as the database has them. */
export interface RosterRow {
  readonly id: string;
  readonly name_sealed: Buffer;
  readonly id_number_sealed: Buffer;
  readonly is_booked: boolean;
}

/**
 * People of the roster of the exam's organisation that fulfil a condition about `p`.
 * Parameters $1 (organisation) and $2 (exam) are taken.
 */
export async function selectRoster(
  pool: Ctx['pool'],
  exam: { readonly id: string; readonly organisation_id: string },
  where: string,
  values: readonly unknown[],
): Promise<RosterRow[]> {
  const { rows } = await pool.query<RosterRow>(
    `select p.id, p.name_sealed, p.id_number_sealed, exists (select from exam_booking b
         where b.bucket = p.bucket and b.person_id = p.id and b.exam_id = $2 and b.state <> 'cancelled') as is_booked
     from person p where ${ON_ROSTER} and ${where}`,
    [exam.organisation_id, exam.id, ...values],
  );
  return rows;
}

const ON_ROSTER = `(p.bucket, p.id) in (
  select a.bucket, a.person_id from person_affiliation a where a.organisation_id = $1 and a.to_date is null)`;

async function countRoster(
  pool: Ctx['pool'],
  { id, organisation_id }: { readonly id: string; readonly organisation_id: string },
  { sql, value }: { sql: string; value: Buffer | null },
): Promise<number> {
  const { rows } = await pool.query<{ total: number }>(
    `select count(*)::int as total from person p where $2::uuid is not null and ${ON_ROSTER} and ${sql}`,
    [organisation_id, id, value],
  );
  return rows[0]?.total ?? 0;
}

/** A page of the roster with everything that keeps each person from sitting. Looking leaves an audit row. */
export async function listCandidates(
  ctx: Ctx,
  examId: string,
  { q, cursor }: Query,
): Promise<z.input<(typeof listExamCandidates)['answer']>> {
  const exam = await getExamInReach(ctx, 'exams.manage', examId);
  const { keys } = ctx.platform;
  const search = searchOf(keys, q ?? '');
  const [rows, total] = await Promise.all([
    selectRoster(ctx.pool, exam, `${search.sql} and ($4::uuid is null or p.id > $4) order by p.id limit ${PAGE + 1}`, [
      search.value,
      cursor ?? null,
    ]),
    countRoster(ctx.pool, exam, search),
  ]);
  const shown = rows.slice(0, PAGE);
  const unmetOf = await readRegistrationConditions(
    ctx.pool,
    shown.map(({ id }) => id),
    exam,
  );
  const items = shown.map(
    (row): ExamCandidate => ({
      personId: row.id,
      nameMasked: openMaskedName(keys, row.name_sealed, row.id),
      idNumberMasked: openMaskedIdNumber(keys, row.id_number_sealed, row.id),
      isBooked: row.is_booked,
      unmet: row.is_booked ? [] : unmetOf(row.id, { exam, nowMs: ctx.nowMs() }),
    }),
  );
  await recordAudit(ctx.pool, ctx, {
    action: 'exams.candidates',
    object: { kind: 'exam', id: examId },
    // That somebody was searched for, not who.
    detail: { searched: search.value !== null, shown: items.length },
  });
  return { items, nextCursor: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null, total };
}

/** A condition about `p` with one value as $3. */
function searchOf(keys: Ctx['platform']['keys'], q: string): { sql: string; value: Buffer | null } {
  if (q === '') return { sql: '$3::bytea is null', value: null };
  const number = checkIdNumber(q);
  return number.valid
    ? { sql: 'p.id_number_index = $3', value: idNumberIndex(keys, number.normalised) }
    : { sql: 'p.name_index = $3', value: nameIndex(keys, q) };
}
