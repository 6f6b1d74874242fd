import {
  type OptionKey,
  optionKeys,
  type Question,
  type QuestionOption,
  type SimpleKind,
  simpleKinds,
  type SimpleQuestion,
} from '../../question.ts';
import { cleanText } from '../clean-text.ts';
import type { ReportProblem } from '../draft-row.ts';
import { readJudgement } from '../read-words.ts';
import { type Flow, FlowReader, type ItemPackage } from './read-flow.ts';
import { readResponses, type Response } from './read-responses.ts';
import { KIND_ATTRIBUTE } from './write-item.ts';
import { childrenNamed, findAll, plainQti, type XmlElement } from './xml-tree.ts';

/** What an item asks, and what it says to explain it. */
export interface ReadItem {
  readonly question: Question | null;
  /** The text of the item, even where the rest could not be read. */
  readonly stem: string;
  readonly explanation: string;
}

interface Context {
  readonly isExact: boolean;
  readonly responses: ReadonlyMap<string, Response>;
  readonly itemPackage: ItemPackage;
  readonly report: ReportProblem;
}

/** Reads an item of QTI 2.1, 2.2 or 3.0; several interactions with choices become a case. */
export function readItem(root: XmlElement, itemPackage: ItemPackage, report: ReportProblem): ReadItem {
  const item = plainQti(root);
  const [body] = childrenNamed(item, 'item-body');
  if (item.name !== 'assessment-item' || !body) {
    report('item-broken', null, { found: item.name });
    return { question: null, stem: '', explanation: '' };
  }
  const kind = body.attributes[KIND_ATTRIBUTE];
  const context: Context = { isExact: kind !== undefined, responses: readResponses(item), itemPackage, report };
  const explanation = readExplanation(item, context);
  const parts = childrenNamed(body, 'div').filter(({ attributes }) => attributes[KIND_ATTRIBUTE] !== undefined);
  if (kind === 'case' || parts.length > 0) {
    const stem = flowOf(
      { ...body, children: body.children.filter((child) => !parts.some((part) => part === child)) },
      context,
    );
    const read = parts.map((part) => readPiece(flowOf(part, context), part.attributes[KIND_ATTRIBUTE], context));
    const complete = read.filter((part) => part !== null);
    const question: Question = { kind: 'case', stem: stem.text, files: stem.files, parts: complete };
    return { question: complete.length === read.length ? question : null, stem: stem.text, explanation };
  }
  const flow = flowOf(body, context);
  const choices = flow.interactions.filter(({ name }) => name === 'choice-interaction');
  const question = choices.length > 1 ? readSeveral(flow, context) : readPiece(flow, kind, context);
  return { question, stem: flow.text, explanation };
}

const flowOf = (part: XmlElement, { isExact, itemPackage }: Context): Flow =>
  new FlowReader(isExact, itemPackage).read(part.children);

function readExplanation(item: XmlElement, context: Context): string {
  const [feedback, ...others] = findAll(item, 'modal-feedback');
  // With several, each is for an answer of its own, and none explains the question.
  return feedback && others.length === 0 ? flowOf(feedback, context).text : '';
}

/** A piece with one question. */
function readPiece(flow: Flow, kind: string | undefined, context: Context): SimpleQuestion | null {
  const { interactions, text: stem, files } = flow;
  const [first] = interactions;
  if (!first) {
    context.report('interaction-not-supported', null, { found: '没有作答 / none' });
    return null;
  }
  const foreign = interactions.find(
    ({ name }) => name !== first.name || !/^(?:choice|text-entry)-interaction$/.test(name),
  );
  if (foreign) {
    context.report('interaction-not-supported', null, { found: foreign.name });
    return null;
  }
  if (first.name === 'choice-interaction') return readChoice(first, flow, kindOf(kind), context);
  const accepted = interactions.map((interaction) => responseOf(interaction, context)?.wordings ?? []);
  if (accepted.every((wordings) => wordings.length === 0)) {
    context.report('answer-missing', 'answer');
    return null;
  }
  return { kind: 'fill', stem, files, accepted };
}

const kindOf = (word: string | undefined): SimpleKind | null => simpleKinds.find((kind) => kind === word) ?? null;
const responseOf = ({ attributes }: XmlElement, { responses }: Context): Response | undefined =>
  responses.get(attributes['response-identifier'] ?? '');

function readChoice(
  interaction: XmlElement,
  { text, files }: Pick<Flow, 'text' | 'files'>,
  kind: SimpleKind | null,
  context: Context,
): SimpleQuestion | null {
  const [prompt] = childrenNamed(interaction, 'prompt').map((one) => flowOf(one, context));
  const stem = [text, prompt?.text ?? ''].filter((one) => one !== '').join('\n');
  const shown = { stem, files: [...files, ...(prompt?.files ?? [])] };
  const choices = findAll(interaction, 'simple-choice');
  if (choices.length > optionKeys.length) {
    context.report('option-beyond', 'H');
    return null;
  }
  const response = responseOf(interaction, context);
  const right = choices.map(({ attributes }) => response?.values.includes(attributes['identifier'] ?? '') ?? false);
  if (!right.includes(true)) {
    context.report('answer-missing', 'answer');
    return null;
  }
  const options = choices.map((choice, index) => readOption(choice, optionKeys[index] ?? 'H', context));
  if (kind === 'judgement' || kind === null) {
    const said = choices.map(({ attributes }, index) =>
      readJudgement(options[index]?.text || (attributes['identifier'] ?? '')),
    );
    const isJudgement = said.length === 2 && said.includes(true) && said.includes(false);
    if (isJudgement) return { kind: 'judgement', ...shown, answer: said[right.indexOf(true)] === true };
  }
  const answer = optionKeys.filter((_, index) => right[index] === true);
  const isMultiple = kind === 'multiple' || (kind === null && (response?.isMultiple ?? answer.length > 1));
  if (isMultiple) return { kind: 'multiple', ...shown, options, answer };
  const [only] = answer;
  if (only === undefined || answer.length > 1) {
    context.report('answer-not-single', 'answer', { found: answer.join('') });
    return null;
  }
  return { kind: 'single', ...shown, options, answer: only };
}

function readOption(choice: XmlElement, key: OptionKey, context: Context): QuestionOption {
  const { text, files } = flowOf(choice, context);
  const [file = null, ...others] = files;
  if (others.length > 0) context.report('pictures-in-option', key, { found: key });
  return { key, text: cleanText(text), file };
}

/** Interactions one after the other: what stands before the first is the stem, what stands before each other one is its own. */
function readSeveral({ interactions, texts, files }: Flow, context: Context): Question | null {
  const foreign = interactions.find(({ name }) => name !== 'choice-interaction');
  if (foreign) {
    context.report('interaction-not-supported', null, { found: foreign.name });
    return null;
  }
  const parts = interactions.map((interaction, index) =>
    readChoice(interaction, { text: index === 0 ? '' : (texts[index] ?? ''), files: [] }, null, context),
  );
  const complete = parts.filter((part) => part !== null);
  if (complete.length < parts.length) return null;
  const stem = [texts[0] ?? '', texts.at(-1) ?? ''].filter((text) => text !== '').join('\n');
  return { kind: 'case', stem, files, parts: complete };
}
