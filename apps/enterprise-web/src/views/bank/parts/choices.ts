import type { Question } from '@antu/domain';
import { isRightOption } from '@antu/web-kit/question-view/answer-words.ts';

/** How often a choice of a part was made; a question that is no case is its part 0. */
export interface ChoiceCount {
  readonly part: number;
  readonly choice: string;
  readonly count: number;
}

/** Whether a choice is (part of) what is right. */
export function isRightChoice(question: Question, { part, choice }: Pick<ChoiceCount, 'part' | 'choice'>): boolean {
  const asked = question.kind === 'case' ? question.parts[part] : question;
  if (asked === undefined) return false;
  return asked.kind === 'judgement' ? String(asked.answer) === choice : isRightOption(asked, choice);
}
