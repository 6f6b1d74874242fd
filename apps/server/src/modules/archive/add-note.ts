import type { addArchiveNote as endpoint } from '@antu/contract';
import { bucketOf, placeInBucket } from '@antu/domain';
import type { z } from 'zod';
import { transaction } from '../../platform/database/pool.ts';
import { assertThat } from '../../platform/errors.ts';
import type { RouteContext } from '../../platform/http/route.ts';
import { uuidv7 } from '../../platform/ids.ts';
import { recordAudit } from '../audit/index.ts';
import { getReachablePerson } from '../people/index.ts';
import { sealNote } from './archive-notes.ts';
import { viewerOf } from './archive-viewer.ts';
import { visibleRows } from './read-archive.ts';

/** A correction beside an entry that the caller may see; the entry stays as it is. Errors: `archive.entry_not_found` */
export async function addArchiveNote(
  ctx: RouteContext<'archive.note'>,
  personId: string,
  note: z.output<(typeof endpoint)['body']>,
): Promise<{ noteId: string }> {
  await getReachablePerson(ctx.pool, ctx.actor, 'archive.note', personId);
  const now = ctx.now();
  const viewer = await viewerOf(ctx.pool, ctx.actor, 'archive.note', personId);
  const rows = await visibleRows(ctx.platform, ctx.pool, personId, viewer, now);
  assertThat(
    rows.some(({ id, kind }) => id === note.entryId && kind === note.kind),
    'archive.entry_not_found',
  );
  const bucket = bucketOf(personId);
  const noteId = placeInBucket(uuidv7(now.getTime()), bucket);
  await transaction(ctx.pool, async (tx) => {
    await tx.query(
      `insert into archive_note (bucket, id, person_id, entry_kind, entry_id, text_sealed, written_by, written_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        bucket,
        noteId,
        personId,
        note.kind,
        note.entryId,
        sealNote(ctx.platform, note.text, noteId),
        ctx.actor.accountId,
        now,
      ],
    );
    await recordAudit(tx, ctx, {
      action: 'archive.note',
      object: { kind: 'person', id: personId },
      detail: { noteId, kind: note.kind, entryId: note.entryId },
    });
  });
  return { noteId };
}
