import type { LessonQuizFacts, SchemeCode } from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';
import type { Platform } from '../../platform/module.ts';

/** A course as the rules of quizzes need it. */
export interface QuizCourse {
  readonly organisationId: string;
  readonly scheme: SchemeCode;
}

/** A lesson as the rules of quizzes need it. */
export interface QuizLesson {
  readonly id: string;
  readonly position: number;
  readonly titleZh: string;
  /** Null while its video is being processed. */
  readonly durationMs: number | null;
}

/** A version of a course of the demo that is about to be submitted. */
export interface DemoVersion {
  readonly courseId: string;
  readonly versionId: string;
}

/** Where questions are kept. Courses know nothing of them; they ask whether the quizzes of a version are as the rules want them. */
export interface QuizInspector {
  /** What is asked of the quizzes of these lessons, and what there is, at an instant. */
  inspect(db: Queryable, course: QuizCourse, lessons: readonly QuizLesson[], now: Date): Promise<LessonQuizFacts[]>;
  /** Gives the lessons of a demo course the quizzes without which it cannot be submitted. */
  prepareDemo(platform: Platform, version: DemoVersion): Promise<void>;
}

const none: QuizInspector = { inspect: async () => [], prepareDemo: async () => undefined };

let inspector: QuizInspector = none;

/** Registers where questions are kept; exactly one module does. */
export function inspectQuizzes(one: QuizInspector): void {
  inspector = one;
}

/** The registered inspector; without one nothing is asked of quizzes. */
export const quizInspector = (): QuizInspector => inspector;
