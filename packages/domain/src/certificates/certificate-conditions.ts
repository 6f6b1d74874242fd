import type { CertificateLimits } from './certificate-rules.ts';

export const certificateConditionCodes = ['hours', 'quizzes', 'exam', 'awaiting', 'review', 'certificate'] as const;
export type CertificateConditionCode = (typeof certificateConditionCodes)[number];

/** What is known of a person in one course. Seconds are whole and of credited media. */
export interface CertificateFacts {
  readonly creditedSeconds: number;
  readonly requiredSeconds: number;
  readonly quizzes: { readonly asked: number; readonly passed: number };
  /** `not-held`: the body holds no exam over the course. */
  readonly exam: 'not-held' | 'passed' | 'not-passed';
  /** Viewed, and waiting for a check of who it was or for a quiz. */
  readonly awaitingSeconds: number;
  readonly openReviews: number;
  /** A certificate of this very version of the course is in force. */
  readonly hasCertificate: boolean;
}

/** A condition that is not met, with what to do about it. */
export interface UnmetForCertificate {
  readonly code: CertificateConditionCode;
  readonly zh: string;
  readonly en: string;
}

/** Everything that stands against a certificate, never only the first; empty: it can be issued. */
export function unmetForCertificate(limits: CertificateLimits, facts: CertificateFacts): UnmetForCertificate[] {
  const unmet: UnmetForCertificate[] = [];
  const add = (code: CertificateConditionCode, zh: string, en: string): void => void unmet.push({ code, zh, en });
  if (facts.requiredSeconds === 0)
    add('hours', '课程没有可计学时的内容', 'The course has nothing that can be credited');
  else if (limits.wholeCourse && facts.creditedSeconds < facts.requiredSeconds) {
    const minutes = Math.ceil((facts.requiredSeconds - facts.creditedSeconds) / 60);
    add('hours', `学时未满，还差 ${minutes} 分钟，请学完课程`, `Finish the course: ${minutes} minutes are left`);
  }
  const open = facts.quizzes.asked - facts.quizzes.passed;
  if (limits.quizzes && open > 0)
    add('quizzes', `还有 ${open} 个课后测验没有通过，请完成测验`, `Pass ${open} more lesson quizzes`);
  if (limits.heldExam && facts.exam === 'not-passed')
    add('exam', '结业考试没有合格，请参加考试', 'Pass the exam of the course');
  if (limits.nothingUnderReview && facts.awaitingSeconds > 0) {
    const minutes = Math.ceil(facts.awaitingSeconds / 60);
    add(
      'awaiting',
      `有 ${minutes} 分钟学习等待身份核对或测验，请先处理`,
      `${minutes} minutes of study wait for an identity check or a quiz`,
    );
  }
  if (limits.nothingUnderReview && facts.openReviews > 0)
    add(
      'review',
      `有 ${facts.openReviews} 次学习正在核查，请等待核查结果`,
      `${facts.openReviews} study sessions are under review: wait for the outcome`,
    );
  if (facts.hasCertificate)
    add('certificate', '本课程已有有效证明，需要时请补发或更正', 'A certificate is in force: reissue or correct it');
  return unmet;
}
