import { questionFileUploadPath, type QuestionFileView } from '@antu/contract';
import { api, ApiError } from '@antu/web-kit';
import { failureOf } from '../../../upload/failure-of.ts';

/** Sends a picture or short video; rejects with ApiError only. */
export async function uploadQuestionFile(organisationId: string, file: Blob): Promise<QuestionFileView> {
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(questionFileUploadPath(organisationId), {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', 'x-antu-csrf': api.csrfToken() ?? '' },
      credentials: 'same-origin',
      body: file,
    });
    answer = await response.json().catch(() => null);
  } catch {
    throw new ApiError('network');
  }
  if (!response.ok || answer === null) throw failureOf(response.status, answer);
  return answer as QuestionFileView;
}
