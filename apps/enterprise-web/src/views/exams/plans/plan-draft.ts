import type { ExamPlanDetail, PickedView } from '@antu/contract';
import { type AvailableCount, type BlueprintLine, difficulties, type QuestionKind } from '@antu/domain';

/** A line of a blueprint as it is being written; numbers as texts of their boxes. */
export interface LineDraft {
  /** Keeps its boxes with it while lines move. */
  readonly id: number;
  /** '' = any topic. */
  topicId: string;
  kind: QuestionKind;
  /** '' = any difficulty. */
  difficulty: string;
  count: string;
  points: string;
}
/** A question picked by hand. */
export interface PickDraft extends Omit<PickedView, 'centipoints'> {
  points: string;
}
export interface PlanDraft {
  titleZh: string;
  ruleSetId: string;
  /** Posts with 、 or commas between. */
  posts: string;
  isMock: boolean;
  mode: 'drawn' | 'picked';
  lines: LineDraft[];
  picked: PickDraft[];
  shuffleQuestions: boolean;
  shuffleOptions: boolean;
}

/** What the server takes: limits of the contract. */
const MOST_COUNT = 300;
const MOST_CENTIPOINTS = 100_000;

let lastId = 0;
/** A new line; it goes on as the last one did. */
export function newLine(like?: LineDraft): LineDraft {
  lastId += 1;
  const { kind, points } = like ?? { kind: 'judgement' as const, points: '1' };
  return { id: lastId, topicId: '', kind, difficulty: '', count: '10', points };
}

export const newPlan = (): PlanDraft => ({
  titleZh: '',
  ruleSetId: '',
  posts: '',
  isMock: false,
  mode: 'drawn',
  lines: [newLine()],
  picked: [],
  shuffleQuestions: true,
  shuffleOptions: true,
});

/** Points of a box in hundredths; null when it holds no points. */
export function parseCentipoints(text: string): number | null {
  if (!/^\d{1,4}(\.\d{1,2})?$/.test(text.trim())) return null;
  const centipoints = Math.round(Number(text) * 100);
  return centipoints >= 1 && centipoints <= MOST_CENTIPOINTS ? centipoints : null;
}

/** Number of questions of a box; null when it holds none. */
export function parseCount(text: string): number | null {
  if (!/^\d{1,3}$/.test(text.trim())) return null;
  const count = Number(text);
  return count >= 1 && count <= MOST_COUNT ? count : null;
}

export const parsePosts = (text: string): string[] => [
  ...new Set(
    text
      .split(/[、,，;；\n]/)
      .map((post) => post.trim())
      .filter((post) => post !== ''),
  ),
];

/** A plan that is kept, to be written anew. */
export function draftOfPlan(plan: ExamPlanDetail): PlanDraft {
  return {
    titleZh: plan.titleZh,
    ruleSetId: plan.ruleSetId,
    posts: plan.posts.join('、'),
    isMock: plan.isMock,
    mode: plan.mode,
    lines: (plan.lines ?? []).map(({ topicId, kind, difficulty, count, centipoints }) => ({
      ...newLine(),
      topicId: topicId ?? '',
      kind,
      difficulty: difficulty === null ? '' : String(difficulty),
      count: String(count),
      points: String(centipoints / 100),
    })),
    picked: (plan.picked ?? []).map(({ centipoints, ...one }) => ({ ...one, points: String(centipoints / 100) })),
    shuffleQuestions: plan.shuffleQuestions,
    shuffleOptions: plan.shuffleOptions,
  };
}

function lineOf({ topicId, kind, difficulty, count, points }: LineDraft): BlueprintLine | null {
  const [questions, centipoints] = [parseCount(count), parseCentipoints(points)];
  if (questions === null || centipoints === null) return null;
  const known = difficulties.find((one) => String(one) === difficulty) ?? null;
  return { topicId: topicId === '' ? null : topicId, kind, difficulty: known, count: questions, centipoints };
}

/** What the server checks and keeps; null while a box holds what is no number. */
export function bodyOfDraft(draft: PlanDraft) {
  const lines = draft.mode === 'drawn' ? draft.lines.map(lineOf) : null;
  const picked =
    draft.mode === 'picked'
      ? draft.picked.map(({ questionId, points }) => ({ questionId, centipoints: parseCentipoints(points) }))
      : null;
  const goodLines = lines?.filter((line) => line !== null) ?? null;
  const goodPicks =
    picked?.flatMap(({ questionId, centipoints }) => (centipoints === null ? [] : [{ questionId, centipoints }])) ??
    null;
  if (goodLines?.length !== lines?.length || goodPicks?.length !== picked?.length) return null;
  const { ruleSetId, isMock, shuffleQuestions, shuffleOptions } = draft;
  const posts = parsePosts(draft.posts);
  return { ruleSetId, posts, isMock, lines: goodLines, picked: goodPicks, shuffleQuestions, shuffleOptions };
}

type Worth = Pick<LineDraft, 'kind' | 'points'>;
/** Points of each kind that is there, in the order in which kinds first come: '' where they differ. */
export function pointsByKind(items: readonly Worth[]): { kind: QuestionKind; points: string }[] {
  return [...Map.groupBy(items, ({ kind }) => kind)].map(([kind, own]) => {
    const [first] = own;
    return { kind, points: own.every(({ points }) => points === first?.points) ? (first?.points ?? '') : '' };
  });
}

/** How many questions a line can choose from; those of one exclusion group count once in each cell. */
export const availableFor = (
  { topicId, kind, difficulty }: Pick<LineDraft, 'topicId' | 'kind' | 'difficulty'>,
  counts: readonly AvailableCount[],
): number =>
  counts
    .filter(
      (cell) =>
        cell.kind === kind &&
        (topicId === '' || cell.topicId === topicId) &&
        (difficulty === '' || String(cell.difficulty) === difficulty),
    )
    .reduce((sum, { count }) => sum + count, 0);

/** The list with one item moved by one place; the same list when there is no place. */
export function moved<Item>(items: readonly Item[], from: number, by: 1 | -1): Item[] {
  const to = from + by;
  const [item, other] = [items[from], items[to]];
  if (item === undefined || other === undefined) return [...items];
  return items.map((one, at) => (at === from ? other : at === to ? item : one));
}
