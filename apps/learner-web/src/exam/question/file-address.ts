import { questionFilePath } from '@antu/contract';
import type { AskedQuestion, QuestionFile } from '@antu/domain';

/** Where a picture or video is fetched: the address that came with the question, else that of the bank for its staff. */
export const addressOf = (file: QuestionFile): string => file.url ?? questionFilePath(file.fileId);

/** All pictures of a question, of stems and options. */
export function picturesOf(question: AskedQuestion): QuestionFile[] {
  const parts = question.kind === 'case' ? question.parts : [question];
  const options = parts.flatMap((part) => (part.kind === 'single' || part.kind === 'multiple' ? part.options : []));
  const files = [
    ...question.files,
    ...(question.kind === 'case' ? parts.flatMap((part) => part.files) : []),
    ...options.map(({ file }) => file),
  ];
  return files.filter((file): file is QuestionFile => file?.kind === 'picture');
}

/** Asks for the pictures of a paper ahead, one after another, so that they are there when the network is not. */
export async function fetchPictures(questions: readonly AskedQuestion[], signal: AbortSignal): Promise<void> {
  for (const file of questions.flatMap(picturesOf)) {
    if (signal.aborted) return;
    const picture = new Image();
    picture.fetchPriority = 'low';
    picture.src = addressOf(file);
    // A picture that does not come is asked for again where it is shown.
    await picture.decode().catch(() => undefined);
  }
}
