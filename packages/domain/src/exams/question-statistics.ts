import {
  type Answer,
  type OptionKey,
  optionKeys,
  type Question,
  type QuestionKind,
  type SimpleAnswer,
} from './question.ts';

/** What a candidate can do with a part: choose options, call it right or wrong, fill in, or leave it. */
export const choices = [...optionKeys, 'true', 'false', 'given', 'none'] as const;
export type Choice = (typeof choices)[number];
/** Places of one part in the counts of choices. */
export const CHOICES_PER_PART = choices.length;

/** Sums over the marked answers to one version. Scores are whole thousandths, so that sums of any order are the same. */
export interface QuestionMoments {
  readonly answered: number;
  /** Answers with full points. */
  readonly right: number;
  readonly sumScore: number;
  /** Attempts that asked something else as well: x is the score here, y the score of everything else in the attempt. */
  readonly paired: number;
  readonly sumX: number;
  readonly sumY: number;
  readonly sumXX: number;
  readonly sumYY: number;
  readonly sumXY: number;
  /** `CHOICES_PER_PART` for each part, in the order of `choices`. */
  readonly choices: readonly number[];
}

export const NO_MOMENTS: QuestionMoments = {
  answered: 0,
  right: 0,
  sumScore: 0,
  paired: 0,
  sumX: 0,
  sumY: 0,
  sumXX: 0,
  sumYY: 0,
  sumXY: 0,
  choices: [],
};

/** One marked answer. */
export interface MarkedAnswer {
  readonly question: Question;
  /** In the keys of the version, not in those of the paper that showed it. */
  readonly answer: Answer;
  /** Share of the points of the question, 0 to 1. */
  readonly score: number;
  /** Share of the points of the rest of the attempt, 0 to 1; null when nothing else was asked. */
  readonly restScore: number | null;
}

const THOUSAND = 1000;

/** The sums that one answer adds. Throws RangeError for a score outside 0 to 1. */
export function momentsOf({ question, answer, score, restScore }: MarkedAnswer): QuestionMoments {
  const x = thousandths(score);
  const y = restScore === null ? 0 : thousandths(restScore);
  const paired = restScore === null ? 0 : 1;
  return {
    answered: 1,
    right: x === THOUSAND ? 1 : 0,
    sumScore: x,
    paired,
    sumX: paired * x,
    sumY: y,
    sumXX: paired * x * x,
    sumYY: y * y,
    sumXY: paired * x * y,
    choices: choicesMade(question, answer),
  };
}

function thousandths(share: number): number {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`a score lies between 0 and 1, got ${share}`);
  return Math.round(share * THOUSAND);
}

export function addMoments(a: QuestionMoments, b: QuestionMoments): QuestionMoments {
  const length = Math.max(a.choices.length, b.choices.length);
  return {
    answered: a.answered + b.answered,
    right: a.right + b.right,
    sumScore: a.sumScore + b.sumScore,
    paired: a.paired + b.paired,
    sumX: a.sumX + b.sumX,
    sumY: a.sumY + b.sumY,
    sumXX: a.sumXX + b.sumXX,
    sumYY: a.sumYY + b.sumYY,
    sumXY: a.sumXY + b.sumXY,
    choices: Array.from({ length }, (_, place) => (a.choices[place] ?? 0) + (b.choices[place] ?? 0)),
  };
}

export interface QuestionStatistics {
  readonly answered: number;
  readonly right: number;
  /** Mean score, 0 (nobody) to 1 (everybody); null before the first answer. */
  readonly pValue: number | null;
  /**
   * Point-biserial coefficient: correlation of the score here with the score of the rest of the attempt, -1 to 1. The question itself is
   * left out of the rest, for it would speak for itself. Null with fewer than two attempts or when all did the same.
   */
  readonly discrimination: number | null;
}

export function statisticsOf(moments: QuestionMoments): QuestionStatistics {
  const { answered, right, sumScore, paired, sumX, sumY, sumXX, sumYY, sumXY } = moments;
  const spreadX = Number(crossed(paired, sumXX, sumX, sumX));
  const spreadY = Number(crossed(paired, sumYY, sumY, sumY));
  const together = Number(crossed(paired, sumXY, sumX, sumY));
  const isDefined = spreadX > 0 && spreadY > 0;
  return {
    answered,
    right,
    pValue: answered === 0 ? null : sumScore / answered / THOUSAND,
    discrimination: isDefined ? clamp(together / (Math.sqrt(spreadX) * Math.sqrt(spreadY))) : null,
  };
}

/** n × sum of products − product of sums. Whole numbers of any size: rounded ones would find a spread where all did the same. */
const crossed = (n: number, sumOfProducts: number, sumA: number, sumB: number): bigint =>
  BigInt(n) * BigInt(sumOfProducts) - BigInt(sumA) * BigInt(sumB);

const clamp = (value: number): number => Math.min(1, Math.max(-1, value));

/** How often each choice of a part was made, those that the part offers only. */
export function choiceCounts(
  question: Question,
  counts: readonly number[],
): readonly { readonly part: number; readonly choice: Choice; readonly count: number }[] {
  const parts = question.kind === 'case' ? question.parts : [question];
  return parts.flatMap((part, index) =>
    offeredBy(part).map((choice) => ({
      part: index,
      choice,
      count: counts[index * CHOICES_PER_PART + choices.indexOf(choice)] ?? 0,
    })),
  );
}

function offeredBy(question: Question): readonly Choice[] {
  if (question.kind === 'judgement') return ['true', 'false', 'none'];
  if (question.kind === 'single' || question.kind === 'multiple')
    return [...question.options.map(({ key }) => key), 'none'];
  return ['given', 'none'];
}

function choicesMade(question: Question, answer: Answer): readonly number[] {
  const parts = question.kind === 'case' ? question.parts : [question];
  const answers = question.kind === 'case' ? (answer as readonly SimpleAnswer[] | null) : [answer as SimpleAnswer];
  return parts.flatMap((part, index) => {
    const made = new Set<Choice>(choicesOf(part.kind, answers?.[index] ?? null));
    return choices.map((choice) => (made.has(choice) ? 1 : 0));
  });
}

function choicesOf(kind: QuestionKind, answer: SimpleAnswer): readonly Choice[] {
  if (answer === null) return ['none'];
  if (typeof answer === 'boolean') return [answer ? 'true' : 'false'];
  const given = typeof answer === 'string' ? [answer] : answer.filter((text) => text.trim() !== '');
  if (given.length === 0) return ['none'];
  // A word that is filled in may look like the key of an option.
  return kind === 'fill' ? ['given'] : given.filter(isOptionKey);
}

const isOptionKey = (text: string): text is OptionKey => (optionKeys as readonly string[]).includes(text);
