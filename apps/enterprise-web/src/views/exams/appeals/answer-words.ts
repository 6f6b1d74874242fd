import type { ExamAppealDetail } from '@antu/contract';

type Review = NonNullable<ExamAppealDetail['review']>;
type Given = Review['given'];
type Asked = Review['question'];
type SimpleGiven = boolean | string | readonly (string | null)[] | null;

export interface AnswerWords {
  readonly isTrue: string;
  readonly isFalse: string;
  readonly none: string;
  readonly join: string;
}

/** An answer in words: the letters with what they stand for, for each part of a case on a line of its own. */
export function answerLines(question: Asked, given: Given, words: AnswerWords): string[] {
  if (question.kind !== 'case') return [simpleLine(question, given as SimpleGiven, words)];
  const parts = (given ?? []) as readonly SimpleGiven[];
  return question.parts.map((part, at) => `${at + 1}. ${simpleLine(part, parts[at] ?? null, words)}`);
}

function simpleLine(question: Exclude<Asked, { kind: 'case' }>, given: SimpleGiven, words: AnswerWords): string {
  if (given === null) return words.none;
  if (typeof given === 'boolean') return given ? words.isTrue : words.isFalse;
  const chosen = typeof given === 'string' ? [given] : given.filter((one) => one !== null);
  if (chosen.length === 0) return words.none;
  if (question.kind !== 'single' && question.kind !== 'multiple') return chosen.join(words.join);
  return chosen
    .map((key) => {
      const text = question.options.find((option) => option.key === key)?.text ?? '';
      return text === '' ? key : `${key} ${text}`;
    })
    .join(words.join);
}
