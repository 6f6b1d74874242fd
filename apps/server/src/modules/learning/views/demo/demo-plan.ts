import type { Incident } from './play-lesson.ts';

/** A course of the demo with the lessons that can be studied. */
export interface DemoCourse {
  readonly courseId: string;
  readonly versionId: string;
  readonly scheme: string;
  readonly lessons: readonly {
    readonly lessonVersionId: string;
    readonly topicId: string | null;
    readonly durationMs: number;
    readonly kind: 'video' | 'document';
  }[];
}

/** What a learner owes in the demo, and how much of it is studied. Days count from today; negative ones lie back. */
export interface DemoDuty {
  readonly course: DemoCourse;
  readonly dueInDays: number;
  /** Part of the course that is studied, 0..1. */
  readonly part: number;
  /** When the last of it was studied, days from today. */
  readonly studiedByDay: number;
}

type Profile = readonly Omit<DemoDuty, 'course'>[];

/** How far learners are: by turns, so that every screen of every company has somebody in each state. */
const PROFILES: readonly Profile[] = [
  [
    { dueInDays: -22, part: 1, studiedByDay: -27 },
    { dueInDays: 40, part: 1, studiedByDay: -9 },
    { dueInDays: 70, part: 0, studiedByDay: 0 },
  ],
  [
    { dueInDays: -6, part: 0.5, studiedByDay: -8 },
    { dueInDays: 20, part: 0, studiedByDay: 0 },
    { dueInDays: 70, part: 0, studiedByDay: 0 },
  ],
  [
    { dueInDays: -40, part: 1, studiedByDay: -44 },
    { dueInDays: 12, part: 0.6, studiedByDay: -1 },
    { dueInDays: 70, part: 0, studiedByDay: 0 },
  ],
  [
    { dueInDays: 25, part: 0, studiedByDay: 0 },
    { dueInDays: 60, part: 0, studiedByDay: 0 },
    { dueInDays: 70, part: 0, studiedByDay: 0 },
  ],
  [
    { dueInDays: -33, part: 1, studiedByDay: -30 },
    { dueInDays: 9, part: 0.3, studiedByDay: -3 },
    { dueInDays: 70, part: 0, studiedByDay: 0 },
  ],
  [
    { dueInDays: -15, part: 1, studiedByDay: -19 },
    { dueInDays: -2, part: 1, studiedByDay: -4 },
    { dueInDays: 70, part: 0.2, studiedByDay: -1 },
  ],
];

/** Learners with a user name, whom visitors of the demo sign in as. */
const NAMED: Readonly<Record<string, Profile>> = {
  driver: [
    { dueInDays: 9, part: 0.5, studiedByDay: -1 },
    { dueInDays: -12, part: 1, studiedByDay: -18 },
    { dueInDays: 39, part: 0, studiedByDay: 0 },
  ],
  newdriver: [
    { dueInDays: 30, part: 0, studiedByDay: 0 },
    { dueInDays: 60, part: 0, studiedByDay: 0 },
  ],
  'driver-sz': [
    { dueInDays: -6, part: 0.5, studiedByDay: -7 },
    { dueInDays: 24, part: 0, studiedByDay: 0 },
  ],
  chemworker: [
    // Its one video is untouched: there for whoever tries checks of identity.
    { dueInDays: 16, part: 0, studiedByDay: 0 },
    { dueInDays: -20, part: 1, studiedByDay: -23 },
  ],
};

/**
 * What one learner of the demo owes.
 * @param seat place in the demo's list of learners
 * @param courses those of the learner's scheme first
 */
export function dutiesOf(login: string | null, seat: number, courses: readonly DemoCourse[]): DemoDuty[] {
  const named = login === null ? undefined : NAMED[login];
  const profile = named ?? PROFILES[seat % PROFILES.length] ?? [];
  // Only visitors' own accounts owe courses of a second scheme.
  const own = named ? courses : courses.filter((course) => course.scheme === courses[0]?.scheme);
  return own.slice(0, profile.length).flatMap((course, at) => {
    const duty = profile[at];
    return duty ? [{ ...duty, course }] : [];
  });
}

/** What happens in sitting `turn` of a learner; the second sitting of a lesson goes without trouble. */
export function incidentsOf(turn: number, durationMs: number): readonly Incident[] {
  const at = (part: number): number => Math.round((durationMs / 1000) * part);
  const all: readonly (readonly Incident[])[] = [
    [{ kind: 'hide', atSeconds: at(0.35), seconds: 108 }],
    [],
    [{ kind: 'lose-network', atSeconds: at(0.4), seconds: 74 }],
    [{ kind: 'pause', atSeconds: at(0.5), seconds: 240 }],
    [{ kind: 'seek-ahead', atSeconds: at(0.3), toMediaSeconds: at(0.9) }],
    [
      { kind: 'walk-away', atSeconds: at(0.3) },
      { kind: 'stall', atSeconds: at(0.45), seconds: 600 },
    ],
    [
      { kind: 'hide', atSeconds: at(0.2), seconds: 35 },
      { kind: 'lose-network', atSeconds: at(0.5), seconds: 160 },
    ],
    [{ kind: 'take-over', atSeconds: at(0.55) }],
    [],
    [{ kind: 'vanish', atSeconds: at(0.6) }],
    [
      { kind: 'pause', atSeconds: at(0.25), seconds: 65 },
      { kind: 'hide', atSeconds: at(0.7), seconds: 52 },
    ],
    [{ kind: 'leave', atSeconds: at(0.5) }],
  ];
  return all[turn % all.length] ?? [];
}
