import {
  type CourseSummary,
  type EndpointAnswer,
  type ExportView,
  getOrganisationHome,
  listCourses,
  listExports,
} from '@antu/contract';
import {
  api,
  type CaseCounts,
  formatDuration,
  formatWhen,
  type IconName,
  type Locale,
  useCaseCounts,
} from '@antu/web-kit';
import type { RouteLocationRaw } from 'vue-router';
import { exportFileUrl } from '../../exports/export-watch.ts';
import { listCaseMatters } from './case-matters.ts';
import { countIdentityMatters, type IdentityCounts, listIdentityMatters } from './identity-matters.ts';
import { daysUntil } from '../../format/day-counts.ts';
import type { useTexts } from '../../locales/index.ts';

/** One thing to do, with the one click that gets it done. */
export interface Matter {
  key: string;
  tone: 'stop' | 'wait' | 'info';
  icon: IconName;
  title: string;
  text: string;
  /** Bold words about time, and the day below. */
  due: string;
  dueNote: string;
  action: string;
  to?: RouteLocationRaw;
  href?: string;
}
export interface HomeFacts {
  home: EndpointAnswer<typeof getOrganisationHome>;
  reviews: CourseSummary[];
  refused: CourseSummary[];
  exported: ExportView | undefined;
  /** Undefined for whoever may not review. */
  cases: CaseCounts | undefined;
  /** Undefined for whoever may not say who somebody is. */
  identity: IdentityCounts | undefined;
}
type T = ReturnType<typeof useTexts>['t'];

const DAY_MS = 86_400_000;
const NAMES_SHOWN = 3;

/** What waits for this account beside people: versions to review, versions sent back, an export of the last day. */
export async function loadMatters(
  may: { reviews: boolean; drafts: boolean; cases: boolean; identity: boolean },
  organisationId: string,
  signal: AbortSignal,
): Promise<Omit<HomeFacts, 'home'>> {
  const courses = async (state: 'body-review' | 'refused', wanted: boolean) =>
    wanted ? (await api.call(listCourses, { query: { limit: 5, state } }, { signal })).items : [];
  const [reviews, refused, exports, cases, identity] = await Promise.all([
    courses('body-review', may.reviews),
    courses('refused', may.drafts),
    api.call(listExports, {}, { signal }),
    may.cases ? countCases() : undefined,
    may.identity ? countIdentityMatters(organisationId, signal) : undefined,
  ]);
  const exported = exports.items.find(
    (one) => one.state === 'ready' && Date.now() - Date.parse(one.createdAt) < DAY_MS,
  );
  // Nobody reviews their own work: it waits for somebody else.
  return { reviews: reviews.filter((one) => !one.latestIsOwnWork), refused, exported, cases, identity };
}

async function countCases(): Promise<CaseCounts | undefined> {
  const { counts, refresh } = useCaseCounts();
  await refresh();
  return counts.value;
}

/** The to-do list, what stops people from working first. */
export function listMatters(facts: HomeFacts, t: T, locale: Locale): Matter[] {
  return [
    ...listPeopleMatters(facts, t, locale),
    ...listIdentityMatters(facts.identity, t),
    ...listCaseMatters(facts.cases, t),
    ...listCourseMatters(facts, t, locale),
    ...listExportMatters(facts, t, locale),
  ];
}

const filtered = (filter: string): RouteLocationRaw => ({ name: 'people', query: { 'people.filter': filter } });

function listPeopleMatters({ home }: HomeFacts, t: T, locale: Locale): Matter[] {
  const found: Matter[] = [];
  const day = (text: string) => formatWhen(text, new Date(), locale);
  const namesOf = (rows: HomeFacts['home']['urgent']) =>
    rows
      .slice(0, NAMES_SHOWN)
      .map((row) => row.nameMasked)
      .join(t('words.listJoin'));
  const overdue = home.urgent.filter((row) => row.overdue > 0);
  const soon = home.urgent.filter((row) => row.overdue === 0);
  if (home.overdue > 0) {
    const first = overdue[0]?.nextDueOn ?? null;
    found.push({
      key: 'overdue',
      tone: 'stop',
      icon: 'stop',
      title: t('home.overdue', { n: home.overdue }),
      text: t(home.overdue > NAMES_SHOWN ? 'home.overdueText' : 'home.overdueTextAll', { names: namesOf(overdue) }),
      due: first === null ? '' : t('home.overdueDue', { n: -daysUntil(first) }),
      dueNote: first === null ? '' : t('home.overdueSince', { date: day(first) }),
      action: t('home.open', { n: home.overdue }),
      to: filtered('overdue'),
    });
  }
  if (home.dueSoon > 0) {
    const first = soon[0]?.nextDueOn ?? null;
    const left = first === null ? 0 : daysUntil(first);
    const words = home.dueSoon > NAMES_SHOWN ? 'home.dueSoonText' : 'home.dueSoonTextAll';
    found.push({
      key: 'due-soon',
      tone: 'wait',
      icon: 'clock',
      title: t('home.dueSoon', { n: home.dueSoon }),
      text: soon.length > 0 ? t(words, { names: namesOf(soon) }) : t('home.dueSoonPlain'),
      due: first === null ? '' : left > 0 ? t('home.dueSoonDue', { n: left }) : t('home.dueSoonToday'),
      dueNote: first === null ? '' : t('home.dueSoonDate', { date: day(first) }),
      action: t('home.open', { n: home.dueSoon }),
      to: filtered('due-soon'),
    });
  }
  if (home.notStarted > 0) {
    found.push({
      key: 'not-started',
      tone: 'wait',
      icon: 'users',
      title: t('home.notStarted', { n: home.notStarted }),
      text: t('home.notStartedText'),
      due: '',
      dueNote: '',
      action: t('home.open', { n: home.notStarted }),
      to: filtered('not-started'),
    });
  }
  return found;
}

function listCourseMatters({ reviews, refused }: HomeFacts, t: T, locale: Locale): Matter[] {
  const matter =
    (kind: 'review' | 'refused') =>
    (course: CourseSummary): Matter => ({
      key: `${kind}-${course.id}`,
      tone: kind === 'review' ? 'info' : 'wait',
      icon: kind === 'review' ? 'book' : 'pencil',
      title: t(`home.${kind}`, { title: (locale === 'en' && course.titleEn) || course.titleZh }),
      text: t(`home.${kind}Text`, {
        n: course.latestNumber,
        lessons: course.lessonCount,
        time: formatDuration(course.durationMs / 1000),
      }),
      due: t('home.noLimit'),
      dueNote: t('home.updated', { when: formatWhen(course.updatedAt, new Date(), locale) }),
      action: t(kind === 'review' ? 'home.goReview' : 'home.goEdit'),
      to: { name: 'course', params: { courseId: course.id } },
    });
  return [...reviews.map(matter('review')), ...refused.map(matter('refused'))];
}

function listExportMatters({ exported }: HomeFacts, t: T, locale: Locale): Matter[] {
  if (!exported) return [];
  const file = exported.fileName ?? t('exports.unnamed');
  return [
    {
      key: 'export',
      tone: 'info',
      icon: 'download',
      title: t('home.exported'),
      text: t('home.exportedText', { file, rows: exported.rowsDone }),
      due: t('home.noLimit'),
      dueNote: formatWhen(exported.createdAt, new Date(), locale),
      action: t('words.download'),
      href: exportFileUrl(exported.id),
    },
  ];
}
