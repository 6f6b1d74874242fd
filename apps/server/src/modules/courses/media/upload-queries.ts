import type { UploadView } from '@antu/contract';
import type { Queryable, Tx } from '../../../platform/database/pool.ts';
import { rowsOf } from '../context.ts';

export interface UploadRow {
  readonly id: string;
  readonly organisation_id: string;
  readonly account_id: string;
  readonly file_name: string;
  readonly size_bytes: number;
  readonly offset_bytes: number;
  readonly state: UploadView['state'];
  readonly media_id: string | null;
  readonly failure: string | null;
  readonly expires_at: Date;
}

const columns =
  'id, organisation_id, account_id, file_name, size_bytes, offset_bytes, state, media_id, failure, expires_at';

export async function findUpload(db: Queryable, uploadId: string): Promise<UploadRow | undefined> {
  return (await rowsOf<UploadRow>(db, `select ${columns} from upload where id = $1`, [uploadId]))[0];
}

/** The upload, locked until the transaction ends: of two writers the second finds the offset of the first. */
export async function lockUpload(tx: Tx, uploadId: string): Promise<UploadRow | undefined> {
  return (await rowsOf<UploadRow>(tx, `select ${columns} from upload where id = $1 for update`, [uploadId]))[0];
}

export const presentUpload = (row: UploadRow): UploadView => ({
  id: row.id,
  fileName: row.file_name,
  sizeBytes: row.size_bytes,
  offsetBytes: row.offset_bytes,
  state: row.state,
  mediaId: row.media_id,
  failure: row.failure,
});
