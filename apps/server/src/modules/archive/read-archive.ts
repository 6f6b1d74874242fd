import type { ArchiveAnswer, ArchiveEntry, getOwnArchive } from '@antu/contract';
import { type ArchiveViewer, chinaDateAt, keptUntil, maskIdNumber, maskName, maySeeInArchive } from '@antu/domain';
import type { z } from 'zod';
import type { Queryable } from '../../platform/database/pool.ts';
import type { Platform } from '../../platform/module.ts';
import { AppError } from '../../platform/errors.ts';
import type { RouteContext } from '../../platform/http/route.ts';
import { recordAudit } from '../audit/index.ts';
import { findPersonName, getReachablePerson, type PersonName, requireOwnPerson } from '../people/index.ts';
import { readDocumentRows } from './archive-documents.ts';
import { readNotes } from './archive-notes.ts';
import { type ArchiveRow, readArchiveRows, readEmployments, readOrganisationNames } from './archive-rows.ts';
import { viewerOf } from './archive-viewer.ts';

type Query = z.output<(typeof getOwnArchive)['query']>;

export async function readOwnArchive(ctx: RouteContext<'archive.own'>, query: Query): Promise<ArchiveAnswer> {
  return yearOf(ctx, requireOwnPerson(ctx.actor), { whole: true }, query);
}

/** What the caller may see of the archive of somebody within reach; looking leaves a row. */
export async function readPersonArchive(
  ctx: RouteContext<'archive.read'>,
  personId: string,
  query: Query,
): Promise<ArchiveAnswer> {
  await getReachablePerson(ctx.pool, ctx.actor, 'archive.read', personId);
  const viewer = await viewerOf(ctx.pool, ctx.actor, 'archive.read', personId);
  const answer = await yearOf(ctx, personId, viewer, query);
  await recordAudit(ctx.pool, ctx, {
    action: 'archive.read',
    object: { kind: 'person', id: personId },
    detail: { year: answer.year, kind: query.kind ?? null, shown: answer.items.length },
  });
  return answer;
}

const dayOf = (row: Pick<ArchiveRow, 'at'>): string => chinaDateAt(row.at.getTime());

/** Every entry that the viewer may see, the newest first. */
export async function visibleRows(
  platform: Pick<Platform, 'keys'>,
  db: Queryable,
  personId: string,
  viewer: ArchiveViewer,
  now: Date,
): Promise<ArchiveRow[]> {
  const [rows, documents, employments] = await Promise.all([
    readArchiveRows(db, personId),
    readDocumentRows(platform, db, personId, now),
    readEmployments(db, personId),
  ]);
  return [...rows, ...documents]
    .filter((row) => maySeeInArchive(viewer, { day: dayOf(row), bodyId: row.body_id }, employments))
    .toSorted((a, b) => b.at.getTime() - a.at.getTime());
}

type Context = Pick<RouteContext<'archive.own'>, 'pool' | 'platform' | 'now'>;

async function yearOf(ctx: Context, personId: string, viewer: ArchiveViewer, query: Query): Promise<ArchiveAnswer> {
  const { pool, platform } = ctx;
  const person = await findPersonName(pool, platform.keys, personId);
  if (!person) throw new AppError('people.not_found');
  const visible = await visibleRows(platform, pool, personId, viewer, ctx.now());
  const years = [...new Set(visible.map((row) => Number(dayOf(row).slice(0, 4))))].toSorted((a, b) => b - a);
  const year = query.year ?? years[0] ?? null;
  const shown = visible.filter(
    (row) => Number(dayOf(row).slice(0, 4)) === year && (query.kind === undefined || row.kind === query.kind),
  );
  const [names, notes] = await Promise.all([
    readOrganisationNames(
      pool,
      shown.flatMap((row) => [row.body_id, row.employer_id].filter((id) => id !== null)),
    ),
    readNotes(platform, pool, personId),
  ]);
  const today = chinaDateAt(ctx.now().getTime());
  return {
    nameMasked: maskName(person.name),
    idNumberMasked: maskIdNumber(person.idNumber),
    today,
    year,
    years,
    items: shown.map((row) => present(row, person, names, notes.get(row.id) ?? [], today)),
  };
}

function present(
  row: ArchiveRow,
  person: PersonName,
  names: ReadonlyMap<string, string>,
  notes: ArchiveEntry['notes'],
  today: string,
): ArchiveEntry {
  const day = dayOf(row);
  const kept = keptUntil({ scheme: row.scheme, regionCode: row.region_code ?? person.regionCode, day });
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
  return {
    id: row.id,
    kind: row.kind,
    day,
    at: row.at.toISOString(),
    titleZh: row.title_zh,
    titleEn: row.title_en,
    outcome: row.outcome,
    creditedSeconds: row.credited_seconds,
    bodyName: nameOf(row.body_id),
    employerName: nameOf(row.employer_id),
    keptUntil: kept?.day ?? null,
    keptBy: kept?.ruleSetId ?? null,
    mayGo: kept !== undefined && kept.day < today,
    notes,
  };
}
