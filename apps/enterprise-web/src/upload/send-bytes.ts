import { api, ApiError } from '@antu/web-kit';
import { failureOf } from './failure-of.ts';

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export interface ByteRequest {
  readonly method: 'PATCH' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Blob;
  /** Bytes that have left the device so far. */
  readonly onSent: (bytes: number) => void;
  readonly signal: AbortSignal;
}

/** Sends bytes and answers the parsed JSON; rejects with ApiError only. XMLHttpRequest and not fetch: only it tells how much has left. */
export function sendBytes<Answer>({ method, url, headers, body, onSent, signal }: ByteRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.setRequestHeader('x-antu-csrf', api.csrfToken() ?? '');
    request.upload.addEventListener('progress', (event) => onSent(event.loaded));
    request.addEventListener('load', () => {
      const answer = parseJson(request.responseText);
      if (request.status >= 200 && request.status < 300 && answer !== null) resolve(answer as Answer);
      else reject(failureOf(request.status, answer));
    });
    request.addEventListener('error', () => reject(new ApiError('network')));
    request.addEventListener('abort', () => reject(new ApiError('aborted')));
    signal.addEventListener('abort', () => request.abort());
    request.send(body);
  });
}
