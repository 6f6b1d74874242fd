import type { SimpleQuestion } from '@antu/domain';

/** What is right, on one line: letters, a word, or the wordings of each blank. */
export function answerWords(question: SimpleQuestion, words: { right: string; wrong: string }): string {
  if (question.kind === 'judgement') return question.answer ? words.right : words.wrong;
  if (question.kind === 'single') return question.answer;
  if (question.kind === 'multiple') return question.answer.join('');
  return question.accepted.map((wordings) => wordings.join(' / ')).join('；');
}

/** Whether an option is right. */
export const isRightOption = (question: SimpleQuestion, key: string): boolean =>
  (question.kind === 'single' && question.answer === key) ||
  (question.kind === 'multiple' && question.answer.some((one) => one === key));
