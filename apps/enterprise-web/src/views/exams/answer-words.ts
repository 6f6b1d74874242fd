import type { ExamAppealDetail } from '@antu/contract';

type Review = NonNullable<ExamAppealDetail['review']>;
type Given = Review['given'];
type Asked = Review['question'];
type SimpleGiven = boolean | string | readonly (string | null)[] | null;

export interface AnswerWords {
  readonly isTrue: string;
  readonly isFalse: string;
  readonly none: string;
  /** Between the choices of one part of a case. */
  readonly join: string;
}

/** An answer in words: each choice with what it stands for on a line, of a case each part. */
export function answerLines(question: Asked, given: Given, words: AnswerWords): string[] {
  if (question.kind !== 'case') return choiceLines(question, given as SimpleGiven, words);
  const parts = (given ?? []) as readonly SimpleGiven[];
  return question.parts.map((part, at) => `${at + 1}. ${choiceLines(part, parts[at] ?? null, words).join(words.join)}`);
}

function choiceLines(question: Exclude<Asked, { kind: 'case' }>, given: SimpleGiven, words: AnswerWords): string[] {
  if (given === null) return [words.none];
  if (typeof given === 'boolean') return [given ? words.isTrue : words.isFalse];
  const chosen = typeof given === 'string' ? [given] : given.filter((one) => one !== null);
  if (chosen.length === 0) return [words.none];
  if (question.kind !== 'single' && question.kind !== 'multiple') return chosen;
  return chosen.map((key) => {
    const text = question.options.find((option) => option.key === key)?.text ?? '';
    return text === '' ? key : `${key} ${text}`;
  });
}
