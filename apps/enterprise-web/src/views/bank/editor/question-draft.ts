import {
  countBlanks,
  type Difficulty,
  optionKeys,
  type Question,
  type QuestionFacts,
  type QuestionFile,
  type QuestionKind,
  type SchemeCode,
  type SimpleKind,
  type SimpleQuestion,
} from '@antu/domain';

export interface OptionDraft {
  /** Keeps its boxes when another one above it goes. */
  id: number;
  text: string;
  file: QuestionFile | null;
  isRight: boolean;
}
/** A question, or a part of a case, while it is being written: everything that any kind needs, so that changing the kind loses nothing. */
export interface PartDraft {
  id: number;
  kind: SimpleKind;
  stem: string;
  files: QuestionFile[];
  options: OptionDraft[];
  isTrue: boolean;
  /** For each blank the wordings, one a line. */
  accepted: string[];
}
export interface QuestionDraft {
  kind: QuestionKind;
  /** The question itself; of a case only stem and files count. */
  whole: PartDraft;
  parts: PartDraft[];
}
export interface FactsDraft {
  topicId: string;
  /** Separated by commas of either kind. */
  posts: string;
  difficulty: Difficulty;
  clause: string;
  explanation: string;
  validFrom: string;
  validUntil: string;
  exclusionGroup: string;
}

let lastId = 0;
const nextId = (): number => {
  lastId += 1;
  return lastId;
};

export const newOption = (): OptionDraft => ({ id: nextId(), text: '', file: null, isRight: false });
export const newPart = (kind: SimpleKind = 'single'): PartDraft => ({
  id: nextId(),
  kind,
  stem: '',
  files: [],
  options: [newOption(), newOption(), newOption(), newOption()],
  isTrue: true,
  accepted: [''],
});
export const newDraft = (): QuestionDraft => ({ kind: 'single', whole: newPart(), parts: [newPart()] });

export function draftOf(question: Question): QuestionDraft {
  if (question.kind === 'case') {
    const whole = { ...newPart(), stem: question.stem, files: [...question.files] };
    return { kind: 'case', whole, parts: question.parts.map(partDraftOf) };
  }
  return { kind: question.kind, whole: partDraftOf(question), parts: [newPart()] };
}

function partDraftOf(question: SimpleQuestion): PartDraft {
  const part = { ...newPart(question.kind), stem: question.stem, files: [...question.files] };
  if (question.kind === 'judgement') return { ...part, isTrue: question.answer };
  if (question.kind === 'fill') return { ...part, accepted: question.accepted.map((wordings) => wordings.join('\n')) };
  const right: readonly string[] = question.kind === 'single' ? [question.answer] : question.answer;
  const options = question.options.map(({ key, text, file }) => ({
    ...newOption(),
    text,
    file,
    isRight: right.includes(key),
  }));
  return { ...part, options };
}

/** The question as it would be saved; whether it may be is for `findQuestionProblems` to say. */
export function questionOfDraft({ kind, whole, parts }: QuestionDraft): Question {
  if (kind === 'case') {
    const { stem, files } = whole;
    return { kind, stem: stem.trim(), files, parts: parts.map((part) => partOf(part, part.kind)) };
  }
  return partOf(whole, kind);
}

function partOf(part: PartDraft, kind: SimpleKind): SimpleQuestion {
  const stem = { stem: part.stem.trim(), files: part.files };
  if (kind === 'judgement') return { kind, ...stem, answer: part.isTrue };
  if (kind === 'fill') return { kind, ...stem, accepted: acceptedOf(part) };
  const rows = part.options.slice(0, optionKeys.length).map(({ text, file, isRight }, at) => ({
    key: optionKeys[at] ?? 'A',
    text: text.trim(),
    file,
    isRight,
  }));
  const right = rows.filter(({ isRight }) => isRight).map(({ key }) => key);
  const options = rows.map(({ key, text, file }) => ({ key, text, file }));
  if (kind === 'multiple') return { kind, ...stem, options, answer: right };
  // Nothing chosen: `lacksAnswer` says so, for of eight options each key is one.
  return { kind, ...stem, options, answer: right[0] ?? optionKeys[options.length] ?? 'A' };
}

/** Whether a single choice has no right option yet. */
export const lacksAnswer = ({ kind, whole, parts }: QuestionDraft): boolean =>
  (kind === 'case' ? parts : [{ ...whole, kind }]).some(
    (part) => part.kind === 'single' && part.options.every(({ isRight }) => !isRight),
  );

/** Wordings of as many blanks as the stem has. */
const acceptedOf = ({ stem, accepted }: PartDraft): string[][] =>
  Array.from({ length: Math.max(1, countBlanks(stem)) }, (_, at) =>
    (accepted[at] ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  );

export const newFacts = (today: string): FactsDraft => ({
  topicId: '',
  posts: '',
  difficulty: 2,
  clause: '',
  explanation: '',
  validFrom: today,
  validUntil: '',
  exclusionGroup: '',
});

export const factsDraftOf = (facts: Omit<QuestionFacts, 'scheme'>): FactsDraft => ({
  topicId: facts.topicId,
  posts: facts.posts.join('、'),
  difficulty: facts.difficulty,
  clause: facts.clause,
  explanation: facts.explanation,
  validFrom: facts.validFrom,
  validUntil: facts.validUntil ?? '',
  exclusionGroup: facts.exclusionGroup ?? '',
});

export const factsOfDraft = (draft: FactsDraft, scheme: SchemeCode): QuestionFacts & { posts: string[] } => ({
  scheme,
  topicId: draft.topicId,
  posts: [
    ...new Set(
      draft.posts
        .split(/[、，,;；\n]/)
        .map((post) => post.trim())
        .filter((post) => post !== ''),
    ),
  ],
  difficulty: draft.difficulty,
  clause: draft.clause.trim(),
  explanation: draft.explanation.trim(),
  validFrom: draft.validFrom,
  validUntil: draft.validUntil || null,
  exclusionGroup: draft.exclusionGroup.trim() || null,
});
