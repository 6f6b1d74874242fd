import type { SameTexts } from '@antu/web-kit';
import type * as zh from '../zh/exams.ts';

export const exams: SameTexts<typeof zh.exams> = {
  title: 'Exams',
  tabs: 'Pages of exams',
  watch: 'Rooms',
  statistics: 'Statistics',
  lead: 'To look at only. Take matters up with the body that holds the exam.',
  stage: 'Stage',
  stages: { running: 'Running', coming: 'To come', over: 'Over' },
  exam: 'Exam',
  body: 'Held by',
  when: 'When',
  region: 'Region',
  people: 'Candidates',
  sitting: '{n} sitting',
  handedIn: '{n} handed in',
  alerts: '{n} with an alert',
  voided: '{n} void',
  booked: '{n} of {capacity} booked',
  open: 'Look in',
  openOf: 'Look into {exam}',
  cancelled: 'Cancelled',
  updated: 'as of {at}',
  emptyTitle: { running: 'No exam is running now', coming: 'No exam is planned', over: 'No exam is over' },
  emptyText: 'Exams that bodies of this region plan are listed here.',
  board: 'Room',
};
