import type { ExamItem } from '@antu/contract';
import { type ChoiceCount, isRightChoice } from '../../bank/parts/choices.ts';
import { ENOUGH_ANSWERS, type FigureHint, figureHints } from '../../bank/parts/figures.ts';

/** Something about a question that its writer should look at. `choices` are options of `part` (from 0; null of a question that is no case). */
export interface ItemHint {
  readonly code: FigureHint | 'flat' | 'wrong-leads' | 'unused' | 'left-out';
  readonly part: number | null;
  readonly choices: readonly string[];
}

/** Chosen for operation: below it strong and weak candidates do nearly the same. */
const FLAT_BELOW = 0.1;
/** Share of those who left a part out that is worth a look. */
const LEFT_OUT = 0.2;

/**
 * What an exam showed about a question. Nothing while too few answered: then every figure is chance. An easy question cannot tell
 * candidates apart, so that it is not called flat as well.
 */
export function itemHints(
  item: Pick<ExamItem, 'question' | 'answered' | 'pValue' | 'discrimination' | 'choices'>,
): ItemHint[] {
  if (item.answered < ENOUGH_ANSWERS) return [];
  const figures = figureHints(item);
  const hints: ItemHint[] = figures.map((code) => ({ code, part: null, choices: [] }));
  const { discrimination } = item;
  if (discrimination !== null && discrimination >= 0 && discrimination < FLAT_BELOW && !figures.includes('hintEasy'))
    hints.push({ code: 'flat', part: null, choices: [] });
  return [...hints, ...choiceHints(item)];
}

function choiceHints({ question, answered, choices }: Pick<ExamItem, 'question' | 'answered' | 'choices'>): ItemHint[] {
  const isCase = question.kind === 'case';
  return [...Map.groupBy(choices, ({ part }) => part)].flatMap(([part, own]) => {
    const hint = (code: ItemHint['code'], ...named: readonly ChoiceCount[]): ItemHint => ({
      code,
      part: isCase ? part : null,
      choices: named.map(({ choice }) => choice),
    });
    const isOption = (choice: string): boolean => choice !== 'none' && choice !== 'given';
    const right = own.filter((one) => isRightChoice(question, one));
    const wrong = own.filter((one) => isOption(one.choice) && !isRightChoice(question, one));
    const least = Math.min(...right.map(({ count }) => count));
    const leading = wrong.find(({ count }) => right.length > 0 && count > least);
    const asked = isCase ? question.parts[part]?.kind : question.kind;
    const unused = asked === 'judgement' ? [] : wrong.filter(({ count }) => count === 0);
    const leftOut = own.find(({ choice }) => choice === 'none')?.count ?? 0;
    return [
      ...(leading ? [hint('wrong-leads', leading)] : []),
      ...(unused.length > 0 ? [hint('unused', ...unused)] : []),
      ...(leftOut / answered > LEFT_OUT ? [hint('left-out')] : []),
    ];
  });
}
