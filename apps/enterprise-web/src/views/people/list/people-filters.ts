import type { EndpointAnswer, listLearnerProgress } from '@antu/contract';

export type PeopleCounts = EndpointAnswer<typeof listLearnerProgress>['counts'];

/** Filters of the list in the order shown, each with the name of its count. */
export const PEOPLE_FILTERS = {
  all: 'all',
  overdue: 'overdue',
  'due-soon': 'dueSoon',
  'not-started': 'notStarted',
  done: 'done',
  studying: 'studying',
} as const satisfies Record<string, keyof PeopleCounts>;
export type PeopleFilter = keyof typeof PEOPLE_FILTERS;

export const PEOPLE_SORTS = ['urgency', 'name', 'credited', 'last-studied'] as const;
export type PeopleSort = (typeof PEOPLE_SORTS)[number];

/** What an address or this device remembers may be old or mistyped: unknown names fall back to the first. */
export const asFilter = (text: string): PeopleFilter => (text in PEOPLE_FILTERS ? (text as PeopleFilter) : 'all');
export const asSort = (text: string): PeopleSort => PEOPLE_SORTS.find((one) => one === text) ?? 'urgency';
