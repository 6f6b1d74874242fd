import type { Role } from './roles.ts';

/**
 * - `self`: about the signed-in person only; the person comes from the session, never from the request;
 * - `scoped`: the role's reach (organisation or region subtree) must contain the thing asked for;
 * - `unscoped`: about the platform as a whole (the course catalogue, accounts, the audit log).
 */
export type PermissionScope = 'self' | 'scoped' | 'unscoped';

export interface PermissionRule {
  readonly roles: readonly Role[];
  readonly scope: PermissionScope;
  /** The answer shows learners' personal data: never given to an operator role. */
  readonly learnerData: boolean;
}

const learner = ['learner'] as const;
const officers = ['officer-county', 'officer-city', 'officer-province'] as const;
const bodyStaff = ['body-manager', 'teacher'] as const;
const managers = ['enterprise-manager', 'body-manager'] as const;
const nonOperators = [...learner, ...managers, 'teacher', ...officers, 'platform-reviewer'] as const;
const operators = ['system-operator', 'security-operator', 'audit-operator'] as const;

/** Every permission with the roles that hold it. What is not listed is forbidden. */
export const PERMISSIONS = {
  'organisations.read': {
    roles: [...managers, 'teacher', ...officers, 'platform-reviewer', 'security-operator', 'system-operator'],
    scope: 'scoped',
    learnerData: false,
  },
  // The city authority registers the bodies of its module (Guangdong notice on work-safety training, 2022).
  'organisations.create': { roles: officers, scope: 'scoped', learnerData: false },
  'people.read': { roles: [...managers, ...officers], scope: 'scoped', learnerData: true },
  'people.create': { roles: managers, scope: 'scoped', learnerData: true },
  'people.reveal': { roles: [...managers, ...officers], scope: 'scoped', learnerData: true },
  'people.reset-password': { roles: managers, scope: 'scoped', learnerData: true },
  'accounts.read': { roles: ['security-operator'], scope: 'unscoped', learnerData: false },
  'accounts.manage': { roles: ['security-operator'], scope: 'unscoped', learnerData: false },
  'audit.read': { roles: ['audit-operator'], scope: 'unscoped', learnerData: false },
  'system.read': { roles: ['system-operator'], scope: 'unscoped', learnerData: false },

  'syllabi.read': { roles: nonOperators, scope: 'unscoped', learnerData: false },
  'courses.read': { roles: nonOperators, scope: 'unscoped', learnerData: false },
  'courses.write': { roles: bodyStaff, scope: 'scoped', learnerData: false },
  /** Either of the two reviews; which one is needed follows from the state of the version. */
  'courses.review': { roles: ['body-manager', 'platform-reviewer'], scope: 'scoped', learnerData: false },
  'courses.review-body': { roles: ['body-manager'], scope: 'scoped', learnerData: false },
  'courses.review-platform': { roles: ['platform-reviewer'], scope: 'unscoped', learnerData: false },
  'media.upload': { roles: bodyStaff, scope: 'scoped', learnerData: false },
  'media.preview': { roles: [...bodyStaff, 'platform-reviewer'], scope: 'scoped', learnerData: false },

  'study.own': { roles: learner, scope: 'self', learnerData: false },
  'hours.own': { roles: learner, scope: 'self', learnerData: false },
  'learning.assign': { roles: managers, scope: 'scoped', learnerData: false },
  'hours.read': { roles: [...managers, ...officers], scope: 'scoped', learnerData: true },
  'hours.export': { roles: [...managers, ...officers], scope: 'scoped', learnerData: true },
  'study.watch': { roles: officers, scope: 'scoped', learnerData: true },
  'identity.own': { roles: learner, scope: 'self', learnerData: false },
  /** Checks, enrolments and pictures of others. */
  'identity.read': { roles: [...managers, 'teacher', ...officers], scope: 'scoped', learnerData: true },
  /** Say who somebody is: enrol, confirm, read out a code, vote in a review. */
  'identity.confirm': { roles: [...managers, 'teacher'], scope: 'scoped', learnerData: true },
  'evidence.read': { roles: [...managers, ...officers], scope: 'scoped', learnerData: true },
  /** Ask for another look at an own session. */
  'appeals.own': { roles: learner, scope: 'self', learnerData: false },
  // Suspicious sessions are judged by the body that teaches and by the authority. The employer has an interest in the hours of
  // its own staff, who must not stand still, and so neither sees the queue nor decides.
  'review.read': { roles: [...bodyStaff, ...officers], scope: 'scoped', learnerData: true },
  'review.decide': { roles: [...bodyStaff, ...officers], scope: 'scoped', learnerData: true },

  // Questions are secrets until they are asked: those who write them and those who look them over, nobody else.
  'questions.read': { roles: [...bodyStaff, 'platform-reviewer'], scope: 'scoped', learnerData: false },
  'questions.write': { roles: bodyStaff, scope: 'scoped', learnerData: false },
  'questions.review': { roles: ['body-manager', 'platform-reviewer'], scope: 'scoped', learnerData: false },
  'exam-plans.write': { roles: bodyStaff, scope: 'scoped', learnerData: false },
  'exams.manage': { roles: bodyStaff, scope: 'scoped', learnerData: false },
  /** Exams and the board of each with its candidates, to look at. */
  'exams.watch': { roles: [...bodyStaff, ...officers], scope: 'scoped', learnerData: true },
  // Who sits in the room acts: officers look on and take a matter up with the body that holds the exam.
  /** Time, word and void in a running exam. */
  'exams.invigilate': { roles: bodyStaff, scope: 'scoped', learnerData: true },
  'exam-appeals.decide': { roles: bodyStaff, scope: 'scoped', learnerData: true },
  'exam-statistics.read': { roles: [...managers, 'teacher', ...officers], scope: 'scoped', learnerData: false },
  /** Quizzes, practice, mock and formal exams of one's own. */
  'exams.own': { roles: learner, scope: 'self', learnerData: false },

  /** Training certificates of people on the roster or in the region. */
  'certificates.read': { roles: [...managers, ...officers], scope: 'scoped', learnerData: true },
  // The body that teaches the course issues, replaces and takes back.
  'certificates.issue': { roles: ['body-manager'], scope: 'scoped', learnerData: true },
  'certificates.own': { roles: learner, scope: 'self', learnerData: false },

  /** Qualification licences of people on the roster or in the region. */
  'licences.read': { roles: [...managers, ...officers], scope: 'scoped', learnerData: true },
  // Authorities of county and city issue; the province supervises.
  'licences.request': { roles: ['officer-county', 'officer-city'], scope: 'scoped', learnerData: true },
  'licences.decide': { roles: ['officer-county', 'officer-city'], scope: 'scoped', learnerData: true },
  /** At the roadside: a driver comes from anywhere. */
  'licences.scan': { roles: officers, scope: 'unscoped', learnerData: true },
  'recognition.own': { roles: learner, scope: 'self', learnerData: false },
  'recognition.read': { roles: [...managers, ...officers], scope: 'scoped', learnerData: true },
  // A subsidy goes to whoever employs.
  'recognition.claim': { roles: ['enterprise-manager'], scope: 'scoped', learnerData: true },
  'archive.own': { roles: learner, scope: 'self', learnerData: false },
  'archive.read': { roles: [...managers, ...officers], scope: 'scoped', learnerData: true },
  /** A correction beside an entry. */
  'archive.note': { roles: managers, scope: 'scoped', learnerData: true },
  'licences.own': { roles: learner, scope: 'self', learnerData: false },
} as const satisfies Record<string, PermissionRule>;

export type Permission = keyof typeof PERMISSIONS;
export const PERMISSION_NAMES = Object.keys(PERMISSIONS) as readonly Permission[];

/** The rule of a permission, with its literal lists widened. */
export const permissionRule = (permission: Permission): PermissionRule => PERMISSIONS[permission];

/** Roles that must never see learners' personal data. */
export const OPERATOR_ROLES: readonly Role[] = operators;
