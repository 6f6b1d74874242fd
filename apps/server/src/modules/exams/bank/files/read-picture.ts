import { buffer } from 'node:stream/consumers';
import type { Platform } from '../../../../platform/module.ts';
import { rowsOf } from '../context.ts';
import { type FileRow, fileColumns } from './store-file.ts';

/** The bytes of a picture, for papers that are printed; undefined for a video or an unknown id. */
export async function readQuestionPicture({ pool, storage }: Platform, fileId: string): Promise<Buffer | undefined> {
  const [row] = await rowsOf<FileRow>(
    pool,
    `select ${fileColumns} from question_file where id = $1 and kind = 'picture'`,
    [fileId],
  );
  const stored = row && (await storage.get(row.storage_key));
  return stored && buffer(stored.stream);
}
