/** Everything that can be wrong with a question: `{…}` is replaced by the details of the problem. */
export const QUESTION_PROBLEMS = {
  'stem-empty': { stops: 'saving', zh: '题干为空。', en: 'The question has no text.' },
  'stem-too-long': {
    stops: 'saving',
    zh: '题干超过 {most} 字，现有 {found} 字。',
    en: 'The text has more than {most} characters: {found}.',
  },
  'files-too-many': { stops: 'saving', zh: '题干最多附 {most} 个图片或视频。', en: 'At most {most} files to a text.' },
  'alt-missing': {
    stops: 'review',
    zh: '图片或视频没有文字说明，看不见的人无法作答。',
    en: 'A picture or video has no description for those who cannot see it.',
  },
  'options-too-few': {
    stops: 'saving',
    zh: '至少要有 {least} 个选项，现有 {found} 个。',
    en: 'At least {least} options are needed, there are {found}.',
  },
  'options-too-many': {
    stops: 'saving',
    zh: '最多 {most} 个选项，现有 {found} 个。',
    en: 'At most {most} options, there are {found}.',
  },
  'option-keys': {
    stops: 'saving',
    zh: '选项应按 A、B、C… 依次排列，不能缺号或重号。',
    en: 'Options are A, B, C … in order, none missing, none twice.',
  },
  'option-empty': { stops: 'saving', zh: '选项 {key} 没有内容。', en: 'Option {key} is empty.' },
  'option-too-long': {
    stops: 'saving',
    zh: '选项 {key} 超过 {most} 字。',
    en: 'Option {key} has more than {most} characters.',
  },
  'options-alike': {
    stops: 'saving',
    zh: '选项 {key} 与 {other} 内容相同。',
    en: 'Options {key} and {other} are the same.',
  },
  'answer-not-an-option': {
    stops: 'saving',
    zh: '正确答案 {key} 不在选项中。',
    en: 'The right answer {key} is not among the options.',
  },
  'answer-too-few': {
    stops: 'saving',
    zh: '多选题至少要有 {least} 个正确答案，现有 {found} 个。',
    en: 'At least {least} options must be right, there are {found}.',
  },
  'answer-order': {
    stops: 'saving',
    zh: '正确答案应按字母顺序列出，不能重复。',
    en: 'Right answers are listed in order of their letters, each once.',
  },
  'blanks-missing': {
    stops: 'saving',
    zh: '题干中没有空格，请用四个以上的下划线（____）表示要填的地方。',
    en: 'The text has no blank. Write four or more underscores (____) where something is to be filled in.',
  },
  'blanks-too-many': {
    stops: 'saving',
    zh: '最多 {most} 个空，现有 {found} 个。',
    en: 'At most {most} blanks, there are {found}.',
  },
  'blanks-mismatch': {
    stops: 'saving',
    zh: '题干有 {blanks} 个空，答案有 {found} 个。',
    en: 'The text has {blanks} blanks, there are answers for {found}.',
  },
  'accepted-empty': { stops: 'saving', zh: '第 {blank} 空没有答案。', en: 'Blank {blank} has no answer.' },
  'accepted-too-many': {
    stops: 'saving',
    zh: '第 {blank} 空最多 {most} 种答案。',
    en: 'Blank {blank} has more than {most} accepted answers.',
  },
  'accepted-too-long': {
    stops: 'saving',
    zh: '第 {blank} 空的答案超过 {most} 字。',
    en: 'An answer of blank {blank} has more than {most} characters.',
  },
  'accepted-alike': {
    stops: 'saving',
    zh: '第 {blank} 空有两个相同的答案。',
    en: 'Two accepted answers of blank {blank} are the same.',
  },
  'parts-missing': { stops: 'saving', zh: '案例题还没有小题。', en: 'The case has no question yet.' },
  'parts-too-many': { stops: 'saving', zh: '案例题最多 {most} 个小题。', en: 'A case has at most {most} questions.' },
  'clause-missing': {
    stops: 'review',
    zh: '没有写明依据（法规名称和条款）。',
    en: 'The law and article that make the answer right are not given.',
  },
  'clause-too-long': { stops: 'saving', zh: '依据超过 {most} 字。', en: 'The clause has more than {most} characters.' },
  'explanation-missing': { stops: 'review', zh: '没有写解析。', en: 'There is no explanation.' },
  'explanation-too-long': {
    stops: 'saving',
    zh: '解析超过 {most} 字。',
    en: 'The explanation has more than {most} characters.',
  },
  'valid-from-wrong': {
    stops: 'saving',
    zh: '生效日期“{found}”不是有效的日期（年-月-日）。',
    en: '“{found}” is not a date (year-month-day).',
  },
  'valid-until-wrong': {
    stops: 'saving',
    zh: '失效日期“{found}”不是有效的日期（年-月-日）。',
    en: '“{found}” is not a date (year-month-day).',
  },
  'valid-until-before': {
    stops: 'saving',
    zh: '失效日期早于生效日期。',
    en: 'The last day of validity lies before the first.',
  },
  'posts-wrong': {
    stops: 'saving',
    zh: '适用岗位有空白、重复或过长（最多 {most} 字）的名称。',
    en: 'A post is empty, named twice or longer than {most} characters.',
  },
  'posts-too-many': { stops: 'saving', zh: '最多 {most} 个适用岗位。', en: 'At most {most} posts.' },
  'group-wrong': {
    stops: 'saving',
    zh: '互斥组的名称为空或超过 {most} 字。',
    en: 'The exclusion group has no name or one of more than {most} characters.',
  },
} as const satisfies Record<string, { stops: 'saving' | 'review'; zh: string; en: string }>;

export type QuestionProblemCode = keyof typeof QUESTION_PROBLEMS;

/** Where in a question a problem lies. */
export type QuestionField =
  | 'stem'
  | 'files'
  | 'options'
  | 'answer'
  | 'parts'
  | 'clause'
  | 'explanation'
  | 'validFrom'
  | 'validUntil'
  | 'posts'
  | 'exclusionGroup';

/** One thing that is wrong. */
export interface QuestionProblem {
  readonly code: QuestionProblemCode;
  /** `saving`: such a question is not even kept as a draft; `review`: a draft may lack it, what is reviewed may not. */
  readonly stops: 'saving' | 'review';
  readonly field: QuestionField;
  /** Part of a case, from 0; null for the question itself. */
  readonly part: number | null;
  readonly zh: string;
  readonly en: string;
}

/** A problem in words. A part is named in the sentence, so that it can stand alone. */
export function questionProblem(
  code: QuestionProblemCode,
  field: QuestionField,
  part: number | null = null,
  details: Readonly<Record<string, string | number>> = {},
): QuestionProblem {
  const { stops, zh, en } = QUESTION_PROBLEMS[code];
  const fill = (text: string): string =>
    text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? ''));
  return {
    code,
    stops,
    field,
    part,
    zh: part === null ? fill(zh) : `第 ${part + 1} 小题：${fill(zh)}`,
    en: part === null ? fill(en) : `Question ${part + 1}: ${fill(en)}`,
  };
}
