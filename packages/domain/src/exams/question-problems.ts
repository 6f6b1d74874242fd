import { parsePlainDate } from '../people/plain-date.ts';
import {
  type FillQuestion,
  type MultipleQuestion,
  optionKeys,
  type Question,
  type QuestionFacts,
  type QuestionFile,
  type QuestionOption,
  type SimpleQuestion,
  type SingleQuestion,
} from './question.ts';
import { countBlanks, QUESTION_LIMITS as most } from './question-limits.ts';
import { type QuestionProblem, type QuestionProblemCode, questionProblem } from './question-words.ts';

type Details = Readonly<Record<string, string | number>>;
type Report = (code: QuestionProblemCode, field: QuestionProblem['field'], details?: Details) => void;

/**
 * Everything that is wrong with a question and what is known about it, in the order of its fields. Those that stop `saving` are
 * wrong as such; those that stop `review` may still be missing in a draft. Whether the topic is one of the scheme, and whether files
 * are there, only the bank knows.
 */
export function findQuestionProblems(question: Question, facts: QuestionFacts): readonly QuestionProblem[] {
  const problems: QuestionProblem[] = [];
  const report: Report = (code, field, details) => problems.push(questionProblem(code, field, null, details));
  if (question.kind === 'case') {
    checkStem(question.stem, question.files, report);
    checkParts(question.parts, report);
    question.parts.forEach((part, index) =>
      checkSimple(part, (code, field, details) => problems.push(questionProblem(code, field, index, details))),
    );
  } else {
    checkSimple(question, report);
  }
  checkFacts(facts, report);
  return problems;
}

function checkParts(parts: readonly SimpleQuestion[], report: Report): void {
  if (parts.length === 0) report('parts-missing', 'parts');
  if (parts.length > most.parts) report('parts-too-many', 'parts', { most: most.parts });
}

function checkSimple(question: SimpleQuestion, report: Report): void {
  checkStem(question.stem, question.files, report);
  if (question.kind === 'single' || question.kind === 'multiple') {
    checkOptions(question.options, report);
    checkAnswer(question, report);
  }
  if (question.kind === 'fill') checkBlanks(question, report);
}

function checkStem(stem: string, files: readonly QuestionFile[], report: Report): void {
  if (stem.trim() === '') report('stem-empty', 'stem');
  if (stem.length > most.stemChars) report('stem-too-long', 'stem', { most: most.stemChars, found: stem.length });
  if (files.length > most.files) report('files-too-many', 'files', { most: most.files });
  if (files.some(({ alt }) => alt.trim() === '')) report('alt-missing', 'files');
}

/** What a reader sees of an option: two that differ in spaces only are the same. */
const shownAs = ({ text, file }: QuestionOption): string => `${text.replaceAll(/\s+/g, '')}\n${file?.fileId ?? ''}`;

function checkOptions(options: readonly QuestionOption[], report: Report): void {
  const { leastOptions, mostOptions, optionChars } = most;
  const found = options.length;
  if (found < leastOptions) report('options-too-few', 'options', { least: leastOptions, found });
  if (found > mostOptions) report('options-too-many', 'options', { most: mostOptions, found });
  if (options.some(({ key }, index) => index < mostOptions && key !== optionKeys[index]))
    report('option-keys', 'options');
  const seen = new Map<string, string>();
  for (const option of options) {
    const { key, text, file } = option;
    if (text.trim() === '' && file === null) {
      report('option-empty', 'options', { key });
      continue;
    }
    if (text.length > optionChars) report('option-too-long', 'options', { key, most: optionChars });
    if (file !== null && file.alt.trim() === '') report('alt-missing', 'options');
    const other = seen.get(shownAs(option));
    if (other !== undefined) report('options-alike', 'options', { key, other });
    seen.set(shownAs(option), key);
  }
}

function checkAnswer(question: SingleQuestion | MultipleQuestion, report: Report): void {
  const answer = question.kind === 'single' ? [question.answer] : question.answer;
  const known = new Set(question.options.map(({ key }) => key));
  for (const key of new Set(answer)) if (!known.has(key)) report('answer-not-an-option', 'answer', { key });
  if (question.kind === 'single') return;
  const found = new Set(answer).size;
  if (found < most.leastRight) report('answer-too-few', 'answer', { least: most.leastRight, found });
  if (answer.some((key, index) => index > 0 && key <= (answer[index - 1] ?? ''))) report('answer-order', 'answer');
}

function checkBlanks({ stem, accepted }: FillQuestion, report: Report): void {
  const blanks = countBlanks(stem);
  if (blanks === 0) report('blanks-missing', 'stem');
  if (blanks > most.blanks) report('blanks-too-many', 'stem', { most: most.blanks, found: blanks });
  if (blanks > 0 && blanks !== accepted.length) report('blanks-mismatch', 'answer', { blanks, found: accepted.length });
  accepted.forEach((wordings, index) => {
    const blank = index + 1;
    if (wordings.length === 0 || wordings.some((wording) => wording.trim() === ''))
      report('accepted-empty', 'answer', { blank });
    if (wordings.length > most.acceptedPerBlank)
      report('accepted-too-many', 'answer', { blank, most: most.acceptedPerBlank });
    if (wordings.some((wording) => wording.length > most.acceptedChars))
      report('accepted-too-long', 'answer', { blank, most: most.acceptedChars });
    if (new Set(wordings.map((wording) => wording.trim().toLowerCase())).size < wordings.length)
      report('accepted-alike', 'answer', { blank });
  });
}

function checkFacts(facts: QuestionFacts, report: Report): void {
  if (facts.clause.trim() === '') report('clause-missing', 'clause');
  if (facts.clause.length > most.clauseChars) report('clause-too-long', 'clause', { most: most.clauseChars });
  if (facts.explanation.trim() === '') report('explanation-missing', 'explanation');
  if (facts.explanation.length > most.explanationChars)
    report('explanation-too-long', 'explanation', { most: most.explanationChars });
  checkValidity(facts, report);
  const { posts, exclusionGroup } = facts;
  const isNameless = posts.some((post) => post.trim() === '' || post.length > most.postChars);
  if (isNameless || new Set(posts).size < posts.length) report('posts-wrong', 'posts', { most: most.postChars });
  if (posts.length > most.posts) report('posts-too-many', 'posts', { most: most.posts });
  if (exclusionGroup !== null && (exclusionGroup.trim() === '' || exclusionGroup.length > most.groupChars))
    report('group-wrong', 'exclusionGroup', { most: most.groupChars });
}

function checkValidity({ validFrom, validUntil }: QuestionFacts, report: Report): void {
  const from = parsePlainDate(validFrom);
  if (from === undefined) report('valid-from-wrong', 'validFrom', { found: validFrom });
  if (validUntil === null) return;
  const until = parsePlainDate(validUntil);
  if (until === undefined) report('valid-until-wrong', 'validUntil', { found: validUntil });
  else if (from !== undefined && until < from) report('valid-until-before', 'validUntil');
}
