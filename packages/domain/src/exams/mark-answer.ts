import { partsOf } from './ask-question.ts';
import type { Answer, Question, SimpleAnswer, SimpleQuestion } from './question.ts';

/**
 * How a question with several right options is marked: nothing unless all of them and no other were chosen, or half for some of
 * them and no wrong one.
 */
export const multipleScorings = ['all-or-nothing', 'half-for-some'] as const;
export type MultipleScoring = (typeof multipleScorings)[number];

/** A text as it is compared: width, case, spaces and the final stop do not matter. */
export const normaliseFill = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\s+/g, '')
    .replace(/[。.]$/, '');

/**
 * Points of an answer in the keys of the question, in hundredths.
 * @param centipoints what the whole question is worth; parts of a case share it evenly, the first ones get what does not divide
 */
export function markAnswer(question: Question, answer: Answer, centipoints: number, scoring: MultipleScoring): number {
  const parts = partsOf(question);
  const answerOf = (at: number): SimpleAnswer => {
    if (question.kind !== 'case') return answer as SimpleAnswer;
    return Array.isArray(answer) ? ((answer[at] ?? null) as SimpleAnswer) : null;
  };
  return shares(centipoints, parts.length).reduce((sum, share, at) => {
    const part = parts[at];
    return part ? sum + markSimple(part, answerOf(at), share, scoring) : sum;
  }, 0);
}

/** Whether the answer earns everything. */
export const isRight = (question: Question, answer: Answer): boolean =>
  markAnswer(question, answer, 1_000_000, 'all-or-nothing') === 1_000_000;

function markSimple(question: SimpleQuestion, answer: SimpleAnswer, worth: number, scoring: MultipleScoring): number {
  if (answer === null) return 0;
  switch (question.kind) {
    case 'judgement':
    case 'single':
      return answer === question.answer ? worth : 0;
    case 'multiple': {
      if (!Array.isArray(answer) || answer.length === 0) return 0;
      const given = new Set<unknown>(answer);
      const right = new Set<unknown>(question.answer);
      if ([...given].some((key) => !right.has(key))) return 0;
      if (given.size === right.size) return worth;
      return scoring === 'half-for-some' ? Math.floor(worth / 2) : 0;
    }
    case 'fill': {
      if (!Array.isArray(answer)) return 0;
      const texts = answer;
      return shares(worth, question.accepted.length).reduce((sum, share, at) => {
        const given = normaliseFill(String(texts[at] ?? ''));
        const isAccepted = (question.accepted[at] ?? []).some((one) => normaliseFill(one) === given);
        return isAccepted && given !== '' ? sum + share : sum;
      }, 0);
    }
  }
}

/** Whole shares that add up. */
function shares(whole: number, count: number): number[] {
  const least = Math.floor(whole / count);
  return Array.from({ length: count }, (_, at) => (at < whole - least * count ? least + 1 : least));
}
