import { optionKeys } from '../question.ts';
import { toHalfWidth } from './clean-text.ts';
import { type ImportColumn, type ImportProblem, importProblem, type RawRow } from './draft-row.ts';
import { isFileMark } from './file-mark.ts';
import { isEssayKind, PART_PREFIX, readKindWords } from './kind-words.ts';
import { readJudgement, readKeys } from './read-words.ts';

/** A question of a text while its lines come in. */
export interface TextQuestion {
  readonly row: number;
  readonly number: number | null;
  readonly cells: Partial<Record<ImportColumn, string>>;
  /** Where a line without a mark belongs. */
  current: ImportColumn;
  /** Words of the heading above it. */
  readonly section: string | null;
  readonly isPart: boolean;
  readonly problems: ImportProblem[];
}

const tagWords =
  '(?:[^()\\[\\]【】]{0,4}(?:判断|是非|单项选择|单选|多项选择|多选|不定项选择|不定项|选择题|填空|案例|综合题|简答|问答|论述|计算题)[^()\\[\\]【】]{0,4})';
const tagAtStart = new RegExp(`^\\s*[(\\[【]\\s*(${tagWords})\\s*[)\\]】]\\s*[、.:]?\\s*`);
const tagAtEnd = new RegExp(`\\s*[(\\[【]\\s*(${tagWords})\\s*[)\\]】]\\s*$`);
const points = /^\s*[([【]\s*\d+(?:\.\d+)?\s*分\s*[)\]】]\s*|\s*[([【]\s*(?:本题)?\s*\d+(?:\.\d+)?\s*分\s*[)\]】]\s*$/g;

/** A row as the other formats have it, once all lines of the question are there. */
export function finishQuestion(question: TextQuestion): RawRow {
  const { row, cells, problems, isPart, section } = question;
  const place = { row };
  takeMarks(cells);
  const tag = takeTag(cells);
  const said = cells.kind ?? tag ?? section ?? '';
  delete cells.kind;
  const kind = isPart ? `${PART_PREFIX}${said}` : said;
  if (cells.answer === undefined || cells.answer === '') takeBracketAnswer(question, readKindWords(said));
  else tidyAnswer(cells);
  if (Object.values(cells).some((text) => text?.includes('\uFFFD')))
    problems.push(importProblem({ place }, 'characters-lost', 'stem'));
  const filled = Object.fromEntries(Object.entries(cells).filter(([, text]) => text !== ''));
  return { place, cells: kind === '' ? filled : { kind, ...filled }, problems };
}

/** Lines that are marks of pictures. */
function takeMarks(cells: TextQuestion['cells']): void {
  const lines = (cells.stem ?? '').split('\n');
  const marks = lines.filter((line) => isFileMark(line));
  if (marks.length === 0) return;
  cells.stem = lines.filter((line) => !isFileMark(line)).join('\n');
  cells.files = marks.join('\n');
}

/** `（判断题）` before or behind the stem is taken out of it. */
function takeTag(cells: TextQuestion['cells']): string | null {
  const stem = cells.stem ?? '';
  const found = tagAtStart.exec(toHalfWidth(stem)) ?? tagAtEnd.exec(toHalfWidth(stem));
  const words = found?.[1]?.trim() ?? null;
  const isTag = found !== null && words !== null && (readKindWords(words) !== null || isEssayKind(words));
  const rest = isTag ? `${stem.slice(0, found.index)}${stem.slice(found.index + found[0].length)}` : stem;
  const scored = [...toHalfWidth(rest).matchAll(points)].toReversed();
  cells.stem = scored
    .reduce((text, { index, 0: { length } }) => text.slice(0, index) + text.slice(index + length), rest)
    .trim();
  return isTag ? words : null;
}

const bracket = /[(（【[]([^()（）【】[\]]{0,24})[)）】\]]/g;

/** Answers that stand in the brackets of the stem: `夜间会车应当（ A ）灯光`. They are replaced by empty brackets. */
function takeBracketAnswer({ row, cells, problems }: TextQuestion, kind: ReturnType<typeof readKindWords>): void {
  const stem = cells.stem ?? '';
  const hasOptions = optionKeys.some((key) => cells[key] !== undefined);
  const wantsKeys = hasOptions && kind !== 'judgement';
  if (!wantsKeys && kind !== null && kind !== 'judgement') return;
  const found = [...stem.matchAll(bracket)].filter(([, inside = '']) => {
    if (!wantsKeys) return readJudgement(inside) !== null && !/^\s*\d\s*$/.test(inside);
    const keys = readKeys(inside);
    return keys?.every((key) => cells[key] !== undefined) ?? false;
  });
  const answers = new Set(found.map(([, inside = '']) => inside.trim()));
  const [answer] = answers;
  if (answer === undefined) return;
  if (answers.size > 1) {
    const details = { found: [...answers].join('、') };
    problems.push(importProblem({ place: { row } }, 'answer-ambiguous', 'stem', details));
    return;
  }
  cells.answer = answer;
  const last = found.at(-1);
  if (!last) return;
  const emptied = `${stem.slice(0, last.index)}（　）${stem.slice(last.index + last[0].length)}`;
  // At the end of a statement the brackets were there for the answer alone.
  cells.stem = (wantsKeys ? emptied : emptied.replace(/\s*（　）\s*([。.]?)\s*$/, '$1')).trim();
}

/** `A.检查轮胎` and `错误，应当……`: the answer, then words. */
function tidyAnswer(cells: TextQuestion['cells']): void {
  const answer = cells.answer ?? '';
  if (readKeys(answer) !== null || readJudgement(answer) !== null) return;
  const hasOptions = cells.A !== undefined;
  const found = hasOptions
    ? /^\s*([A-Ha-h])\s*[、.．:：]/.exec(toHalfWidth(answer))
    : /^\s*(正确|错误|对|错|√|×)\s*[,，。;；]\s*(?=\S)/.exec(answer);
  if (!found) return;
  cells.answer = found[1] ?? '';
  const rest = answer.slice(found[0].length).trim();
  if (!hasOptions && cells.explanation === undefined && rest !== '') cells.explanation = rest;
}
