import { questionImportPath, type QuestionImportView } from '@antu/contract';
import { sendBytes } from '../../../upload/send-bytes.ts';

/** Longest name that the server keeps, with room for its ending. */
const MOST_NAME = 200;

/** The last part of a long name is kept: it has the ending. */
export const shortName = (name: string): string => [...name].slice(-MOST_NAME).join('');

/**
 * Sends a file of questions to be checked; rejects with ApiError only.
 * @param topicId for questions that name no topic; '' for none
 * @param onSent bytes that have left the device
 */
export function uploadImport(
  bankId: string,
  file: File,
  { topicId, onSent, signal }: { topicId: string; onSent: (bytes: number) => void; signal: AbortSignal },
): Promise<QuestionImportView> {
  const query = new URLSearchParams({ fileName: shortName(file.name), ...(topicId === '' ? {} : { topicId }) });
  return sendBytes<QuestionImportView>({
    method: 'POST',
    url: `${questionImportPath(bankId)}?${query}`,
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
    onSent,
    signal,
  });
}
