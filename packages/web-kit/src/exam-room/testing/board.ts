import type { BoardRow, ExamView } from '@antu/contract';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** A candidate who sits and answers, unless told otherwise. */
export const boardRow = (n: number, change: Partial<BoardRow> = {}): BoardRow => ({
  bookingId: uuid(n),
  sittingId: uuid(1_000 + n),
  personId: uuid(2_000 + n),
  nameMasked: '张*',
  idNumberMasked: '4401**********0013',
  ticketNumber: `T${String(n).padStart(4, '0')}`,
  ticketCode: `${change.ticketNumber ?? `T${String(n).padStart(4, '0')}`}.c2VhbA`,
  organisationName: '粤远运输',
  state: 'running',
  answered: 10,
  questions: 100,
  leaves: 0,
  alerts: [],
  lastSeenAt: '2026-11-26T02:10:00.000Z',
  endsAt: '2026-11-26T03:30:00.000Z',
  extraSeconds: 0,
  device: 'phone',
  seat: null,
  ...change,
});

/** 10:00 to 12:00 China time, planned for a room. */
export const examView = (change: Partial<ExamView> = {}): ExamView => ({
  id: uuid(9_000),
  organisation: { id: uuid(9_001), name: '羊城职业培训学校' },
  titleZh: '两类人安全考核 11 月场',
  scheme: 'road-transport',
  ruleSetId: 'road-transport.exam.two-kinds.2019-07-18',
  ruleNameZh: '主要负责人和安全生产管理人员安全考核',
  planId: uuid(9_002),
  place: { mode: 'place', address: '广州市越秀区东风路 1 号 302 教室' },
  opensAt: '2026-11-26T02:00:00.000Z',
  closesAt: '2026-11-26T04:00:00.000Z',
  durationSeconds: 5_400,
  totalPoints: 100,
  passPoints: 80,
  capacity: 60,
  booked: 42,
  state: 'open',
  bookingUntil: '2026-11-26T01:00:00.000Z',
  courses: [],
  identityCheck: true,
  ...change,
});
