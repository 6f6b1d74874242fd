import { capturePath, personPicturePath } from '@antu/contract';
import { api, type Pictures, usePictures } from '@antu/web-kit';

/** Names a picture: of a check or review, or the one that a person is compared with. */
export const captureKey = (captureId: string): string => `capture:${captureId}`;
/** @param enrolledAt another photo of the same person is another picture */
export const enrolmentKey = (personId: string, enrolledAt: string | null): string => `person:${personId}:${enrolledAt}`;

/** Pictures of people on a page of this console; each one is an entry of the audit log. */
export function useStaffPictures(): Pictures {
  return usePictures((key, signal) => {
    const [kind, id = ''] = key.split(':', 2);
    return kind === 'capture'
      ? api.picture({ path: capturePath }, { params: { captureId: id } }, { signal })
      : api.picture({ path: personPicturePath }, { params: { personId: id } }, { signal });
  });
}
