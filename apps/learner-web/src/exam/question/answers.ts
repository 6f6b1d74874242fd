import type { Answer, AskedQuestion, OptionKey, SimpleAnswer } from '@antu/domain';

export type AskedSimple = Exclude<AskedQuestion, { kind: 'case' }>;
export type AskedCase = Extract<AskedQuestion, { kind: 'case' }>;

/** The answer of each part; a question that is no case is its own only part. */
export function partAnswersOf(question: AskedQuestion, answer: Answer): readonly SimpleAnswer[] {
  if (question.kind !== 'case') return [answer as SimpleAnswer];
  const given = Array.isArray(answer) ? (answer as readonly SimpleAnswer[]) : [];
  return question.parts.map((_part, at) => given[at] ?? null);
}

/** The answer of a case after one of its parts was answered anew. */
export function withPart(question: AskedCase, answer: Answer, at: number, part: SimpleAnswer): Answer {
  return partAnswersOf(question, answer).map((one, place) => (place === at ? part : one));
}

/** Keys chosen in a choice; a judgement has A for right and B for wrong. */
export function chosenKeys(answer: SimpleAnswer): readonly OptionKey[] {
  if (answer === null) return [];
  if (typeof answer === 'boolean') return [answer ? 'A' : 'B'];
  return (typeof answer === 'string' ? [answer] : answer) as readonly OptionKey[];
}

/** The answer of a choice after a key was touched: exchanged, or in several choices added or taken away. */
export function choose(question: AskedSimple, answer: SimpleAnswer, key: OptionKey): SimpleAnswer {
  if (question.kind === 'judgement') return key === 'A';
  if (question.kind === 'single') return key;
  if (question.kind === 'fill') return answer;
  const before = chosenKeys(answer);
  const after = question.options
    .map((option) => option.key)
    .filter((one) => (one === key ? !before.includes(one) : before.includes(one)));
  return after.length > 0 ? after : null;
}

/** The answer of a fill-in question after one blank was written; nothing in any blank is no answer. */
export function fillBlank(question: AskedSimple, answer: SimpleAnswer, at: number, words: string): SimpleAnswer {
  if (question.kind !== 'fill') return answer;
  const texts = blanksOf(question.blanks, answer).map((one, place) => (place === at ? words : one));
  return texts.some((one) => one.trim() !== '') ? texts : null;
}

/** What stands in each blank. */
export function blanksOf(blanks: number, answer: SimpleAnswer): string[] {
  const given = Array.isArray(answer) ? (answer as readonly string[]) : [];
  return Array.from({ length: blanks }, (_, at) => given[at] ?? '');
}

/** `open`: nothing given; `part`: a case or a fill-in with gaps; `whole`: everything given. */
export type Answered = 'open' | 'part' | 'whole';

/** How far a question is answered: what the answer sheet shows. */
export function answeredOf(question: AskedQuestion, answer: Answer): Answered {
  const parts = question.kind === 'case' ? question.parts : [question];
  const given = partAnswersOf(question, answer);
  const each = parts.map((part, at) => partAnswered(part, given[at] ?? null));
  if (each.every((one) => one === 'whole')) return 'whole';
  return each.every((one) => one === 'open') ? 'open' : 'part';
}

function partAnswered(part: AskedSimple, answer: SimpleAnswer): Answered {
  if (answer === null || (Array.isArray(answer) && answer.length === 0)) return 'open';
  if (part.kind !== 'fill') return 'whole';
  const filled = blanksOf(part.blanks, answer).filter((one) => one.trim() !== '').length;
  if (filled === 0) return 'open';
  return filled === part.blanks ? 'whole' : 'part';
}

/** Whether two answers say the same. */
export const sameAnswer = (one: Answer, other: Answer): boolean => JSON.stringify(one) === JSON.stringify(other);
