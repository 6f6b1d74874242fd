import { createUpload, getUpload, type UploadView } from '@antu/contract';
import { api } from '@antu/web-kit';
import { sendBytes } from './send-bytes.ts';
import type { UploadTransport } from './upload-client.ts';

/** The upload protocol over the network, for files of one organisation. */
export function httpTransport(organisationId: string): UploadTransport {
  return {
    create: ({ name, size, type }) =>
      api.call(createUpload, {
        body: { organisationId, fileName: name, sizeBytes: size, contentType: type.slice(0, 100) },
      }),
    find: (uploadId) => api.call(getUpload, { params: { uploadId } }),
    send: (uploadId, offset, chunk, onSent, signal) =>
      sendBytes<UploadView>({
        method: 'PATCH',
        url: api.urlOf(getUpload, { params: { uploadId } }),
        headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
        body: chunk,
        onSent,
        signal,
      }),
  };
}
