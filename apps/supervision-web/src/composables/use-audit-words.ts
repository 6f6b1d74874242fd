import { type AuditOutcome, ROLE_NAMES, type Role } from '@antu/contract';
import { useTexts } from '../locales/index.ts';
import { AUDIT_ACTION_NAMES } from '../oversight/audit-names.ts';
import { useWords } from './use-words.ts';

const OBJECTS = [
  'person',
  'account',
  'session',
  'course',
  'organisation',
  'media',
  'upload',
  'audit',
  'export',
  'people',
  'region',
  'course-version',
  'lesson',
  'demo',
  'identity-check',
  'identity-review',
  'identity-capture',
  'study-session',
  'exam',
  'exam-plan',
  'exam-sitting',
  'exam-appeal',
  'question',
  'question-bank',
  'question-file',
  'question-import',
] as const;
const isObject = (kind: string): kind is (typeof OBJECTS)[number] => OBJECTS.some((one) => one === kind);
const TONES: Readonly<Record<AuditOutcome, string>> = { done: 'tag--ok', denied: 'tag--stop', failed: 'tag--wait' };

/** Words for the codes of the audit log; a code without words shows itself. */
export function useAuditWords() {
  const { t } = useTexts();
  const { pick } = useWords();
  return {
    actionName: (action: string): string => {
      const words = AUDIT_ACTION_NAMES[action];
      return words ? pick(words) : action;
    },
    roleName: (role: Role | null): string => (role === null ? '' : pick(ROLE_NAMES[role])),
    objectName: (kind: string): string => (isObject(kind) ? t(`audit.objects.${kind}`) : kind),
    outcomeName: (outcome: AuditOutcome): string => t(`audit.outcomes.${outcome}`),
    outcomeTone: (outcome: AuditOutcome): string => TONES[outcome],
  };
}
