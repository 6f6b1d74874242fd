import type { ArchiveEntry } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';
import type { Platform } from '../../platform/module.ts';
import { findDisplayNames } from '../people/index.ts';

const PURPOSE = 'archive.note';
export const sealNote = ({ keys }: Pick<Platform, 'keys'>, text: string, noteId: string): Buffer =>
  keys.encrypt(PURPOSE, text, noteId);

/** Notes of a person's archive by the id of their entry, the oldest first. */
export async function readNotes(
  platform: Pick<Platform, 'keys'>,
  db: Queryable,
  personId: string,
): Promise<Map<string, ArchiveEntry['notes']>> {
  const { rows } = await db.query<{
    id: string;
    entry_id: string;
    text_sealed: Buffer;
    written_by: string;
    written_at: Date;
  }>(
    `select id, entry_id, text_sealed, written_by, written_at from archive_note
     where bucket = $1 and person_id = $2 order by id`,
    [bucketOf(personId), personId],
  );
  const names = await findDisplayNames(
    platform,
    db,
    rows.map((row) => row.written_by),
  );
  const notes = new Map<string, ArchiveEntry['notes']>();
  for (const row of rows)
    notes.set(row.entry_id, [
      ...(notes.get(row.entry_id) ?? []),
      {
        id: row.id,
        text: platform.keys.decrypt(PURPOSE, row.text_sealed, row.id),
        byName: names.get(row.written_by) ?? '',
        at: row.written_at.toISOString(),
      },
    ]);
  return notes;
}
