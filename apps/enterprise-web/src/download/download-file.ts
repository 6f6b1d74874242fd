import { ApiError } from '@antu/web-kit';
import { failureOf } from '../upload/failure-of.ts';
import { fileNameOf } from './file-name-of.ts';

/** Fetches a file and hands it to the person, so that a refusal is said on the page instead of being saved. Rejects with ApiError only. */
export async function downloadFile(url: string): Promise<void> {
  let response: Response;
  let content: Blob;
  try {
    response = await fetch(url, { credentials: 'same-origin' });
    content = await response.blob();
  } catch {
    throw new ApiError('network');
  }
  if (!response.ok)
    throw failureOf(
      response.status,
      await content
        .text()
        .then((text): unknown => JSON.parse(text))
        .catch(() => null),
    );
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileNameOf(response.headers.get('content-disposition')) ?? '';
  link.click();
  // The download has its own hold on the data once the click has been handled.
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
