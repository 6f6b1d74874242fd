import { createUpload, errorMessage, getUpload, isErrorCode, type UploadView } from '@antu/contract';
import { api, ApiError, useLocale } from '@antu/web-kit';
import type { UploadTransport } from './upload-client.ts';

/** What the server said when it refused an upload. */
export function failureOf(status: number, answer: unknown): ApiError {
  const error = (answer as { error?: { code?: unknown; message?: unknown; details?: unknown } } | null)?.error;
  if (typeof error?.code !== 'string') return new ApiError(status >= 502 ? 'network' : 'bad_answer', { status });
  const { details } = error;
  const language = useLocale().locale.value === 'en' ? 'en' : 'zh';
  const message = isErrorCode(error.code)
    ? errorMessage(error.code, (details ?? {}) as Record<string, unknown>, language)
    : String(error.message ?? error.code);
  return new ApiError(error.code, { status, details, message });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** XMLHttpRequest and not fetch: only it tells how many bytes have left the device. */
function patch(
  url: string,
  offset: number,
  chunk: Blob,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<UploadView> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PATCH', url);
    request.setRequestHeader('content-type', 'application/offset+octet-stream');
    request.setRequestHeader('upload-offset', String(offset));
    request.setRequestHeader('x-antu-csrf', api.csrfToken() ?? '');
    request.upload.addEventListener('progress', (event) => onSent(event.loaded));
    request.addEventListener('load', () => {
      const answer = parseJson(request.responseText);
      if (request.status >= 200 && request.status < 300 && answer !== null) resolve(answer as UploadView);
      else reject(failureOf(request.status, answer));
    });
    request.addEventListener('error', () => reject(new ApiError('network')));
    request.addEventListener('abort', () => reject(new ApiError('aborted')));
    signal.addEventListener('abort', () => request.abort());
    request.send(chunk);
  });
}

/** The upload protocol over the network, for files of one organisation. */
export function httpTransport(organisationId: string): UploadTransport {
  return {
    create: ({ name, size, type }) =>
      api.call(createUpload, {
        body: { organisationId, fileName: name, sizeBytes: size, contentType: type.slice(0, 100) },
      }),
    find: (uploadId) => api.call(getUpload, { params: { uploadId } }),
    send: (uploadId, offset, chunk, onSent, signal) =>
      patch(api.urlOf(getUpload, { params: { uploadId } }), offset, chunk, onSent, signal),
  };
}
