import {
  type Answer,
  type AskedQuestion,
  type OptionKey,
  optionKeys,
  type Question,
  type QuestionOption,
  type SimpleAnswer,
  type SimpleQuestion,
} from './question.ts';

/** Options that speak of others lose their sense in another order. */
const SPEAKS_OF_OTHERS = /以上|上述|前[两三四]项|以下各项|(^|[^A-Za-z])[A-H]\s*[和与、,，及]\s*[A-H]([^A-Za-z]|$)/;

type AskedSimple = Exclude<AskedQuestion, { kind: 'case' }>;
type Orders = readonly (readonly OptionKey[])[];

/** The questions of which a question consists: itself, or the parts of a case. */
export const partsOf = (question: Question): readonly SimpleQuestion[] =>
  question.kind === 'case' ? question.parts : [question];

/** How many options of each part may be shown in another order; 0 where the order says something or there are none. */
export function movableOptionCounts(question: Question): number[] {
  return partsOf(question).map((part) => {
    if (part.kind !== 'single' && part.kind !== 'multiple') return 0;
    return part.options.some(({ text }) => SPEAKS_OF_OTHERS.test(text)) ? 0 : part.options.length;
  });
}

/**
 * What a candidate sees: options in the order of the paper, keyed A, B, C by their place; nothing about what is right.
 * @param orders for each part the original keys in the order shown; an empty one shows them as written
 */
export function askQuestion(question: Question, orders: Orders): AskedQuestion {
  if (question.kind !== 'case') return askSimple(question, orders[0] ?? []);
  const { kind, stem, files, parts } = question;
  return { kind, stem, files, parts: parts.map((part, at) => askSimple(part, orders[at] ?? [])) };
}

function askSimple(question: SimpleQuestion, order: readonly OptionKey[]): AskedSimple {
  const { kind, stem, files } = question;
  if (kind === 'judgement') return { kind, stem, files };
  if (kind === 'fill') return { kind, stem, files, blanks: question.accepted.length };
  return { kind, stem, files, options: inOrder(question.options, order) };
}

function inOrder(options: readonly QuestionOption[], order: readonly OptionKey[]): QuestionOption[] {
  const shown = order.length === 0 ? options : order.flatMap((key) => options.filter((one) => one.key === key));
  return shown.map((option, at) => ({ ...option, key: keyAt(at) }));
}

/** An answer in the keys that were shown, told in the keys of the question. */
export const toOriginalAnswer = (question: Question, orders: Orders, given: Answer): Answer =>
  rekey(question, orders, given, (key, order) => order[optionKeys.indexOf(key)] ?? key);

/** An answer in the keys of the question, told in the keys that were shown. */
export const toShownAnswer = (question: Question, orders: Orders, answer: Answer): Answer =>
  rekey(question, orders, answer, (key, order) => keyAt(order.indexOf(key)));

/** What is right, in the keys that were shown. */
export const rightAsShown = (question: Question, orders: Orders): Answer =>
  toShownAnswer(question, orders, rightAnswerOf(question));

/** What is right, in the keys of the question; of a fill-in question the first wording of each blank. */
export const rightAnswerOf = (question: Question): Answer =>
  question.kind === 'case' ? question.parts.map(rightOf) : rightOf(question);

function rightOf(question: SimpleQuestion): SimpleAnswer {
  return question.kind === 'fill' ? question.accepted.map(([first = '']) => first) : question.answer;
}

type Rekey = (key: OptionKey, order: readonly OptionKey[]) => OptionKey;

function rekey(question: Question, orders: Orders, answer: Answer, move: Rekey): Answer {
  const ofPart = (part: SimpleQuestion, at: number, given: SimpleAnswer): SimpleAnswer => {
    const order = orders[at] ?? [];
    if (order.length === 0 || given === null) return given;
    if (part.kind === 'single' && isKey(given)) return move(given, order);
    if (part.kind === 'multiple' && Array.isArray(given)) {
      return optionKeys.filter((key) => given.some((one) => isKey(one) && move(one, order) === key));
    }
    return given;
  };
  if (question.kind !== 'case') return ofPart(question, 0, answer as SimpleAnswer);
  if (!Array.isArray(answer)) return answer;
  return question.parts.map((part, at) => ofPart(part, at, (answer[at] ?? null) as SimpleAnswer));
}

const isKey = (value: unknown): value is OptionKey => optionKeys.some((key) => key === value);

const keyAt = (at: number): OptionKey => {
  const key = optionKeys[at];
  if (key === undefined) throw new RangeError(`no option at place ${at}`);
  return key;
};

/** Whether an answer has the shape that its question asks for. Null, not answered, always has. */
export function answerFits(asked: AskedQuestion, given: Answer): boolean {
  if (given === null) return true;
  if (asked.kind !== 'case') return simpleFits(asked, given as SimpleAnswer);
  return (
    Array.isArray(given) &&
    given.length === asked.parts.length &&
    asked.parts.every((part, at) => simpleFits(part, (given[at] ?? null) as SimpleAnswer))
  );
}

function simpleFits(asked: AskedSimple, given: SimpleAnswer): boolean {
  if (given === null) return true;
  if (asked.kind === 'judgement') return typeof given === 'boolean';
  if (asked.kind === 'fill') {
    return Array.isArray(given) && given.length === asked.blanks && given.every((one) => typeof one === 'string');
  }
  const isShown = (key: unknown): boolean => asked.options.some((option) => option.key === key);
  if (asked.kind === 'single') return isShown(given);
  return Array.isArray(given) && new Set<unknown>(given).size === given.length && given.every(isShown);
}
