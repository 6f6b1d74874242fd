import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CertificateFacts, unmetForCertificate } from './certificate-conditions.ts';
import { certificateLimitsOf, findCertificateRuleSet } from './certificate-rules.ts';

const limits = { wholeCourse: true, quizzes: true, heldExam: true, nothingUnderReview: true };
const ready: CertificateFacts = {
  creditedSeconds: 3600,
  requiredSeconds: 3600,
  quizzes: { asked: 2, passed: 2 },
  exam: 'passed',
  awaitingSeconds: 0,
  openReviews: 0,
  hasCertificate: false,
};
const codes = (facts: Partial<CertificateFacts>) =>
  unmetForCertificate(limits, { ...ready, ...facts }).map(({ code }) => code);

describe('A certificate', () => {
  it('is given with the last second, not one before', () => {
    expect(codes({ creditedSeconds: 3599 })).toEqual(['hours']);
    expect(codes({ creditedSeconds: 3600 })).toEqual([]);
  });

  it('is never given for a course without creditable content', () => {
    expect(codes({ creditedSeconds: 0, requiredSeconds: 0 })).toEqual(['hours']);
  });

  it('asks for an exam only where one is held', () => {
    expect(codes({ exam: 'not-held' })).toEqual([]);
    expect(codes({ exam: 'not-passed' })).toEqual(['exam']);
  });

  it('names everything that is missing, each with words', () => {
    fc.assert(
      fc.property(
        fc.record({
          hours: fc.nat(9),
          quizzes: fc.nat(3),
          exam: fc.boolean(),
          awaiting: fc.nat(9),
          reviews: fc.nat(2),
        }),
        fc.boolean(),
        ({ hours, quizzes, exam, awaiting, reviews }, hasCertificate) => {
          const unmet = unmetForCertificate(limits, {
            ...ready,
            creditedSeconds: 3600 - hours,
            quizzes: { asked: 3, passed: 3 - quizzes },
            exam: exam ? 'passed' : 'not-passed',
            awaitingSeconds: awaiting,
            openReviews: reviews,
            hasCertificate,
          });
          expect(unmet).toHaveLength(
            [hours > 0, quizzes > 0, !exam, awaiting > 0, reviews > 0, hasCertificate].filter(Boolean).length,
          );
          expect(unmet.every(({ zh, en }) => /^[^a-z]+$/i.test(zh) && en.length > 0)).toBe(true);
        },
      ),
    );
  });
});

describe('Rules of certificates', () => {
  it.each([
    ['work-safety', '440104', '2021-12-31', 'work-safety.certificate.2019-07-01'],
    ['work-safety', '440104', '2022-01-01', 'work-safety.certificate.guangdong.2022-01-01'],
    ['work-safety', '460100', '2022-01-01', 'work-safety.certificate.2019-07-01'],
    ['road-transport', '440104', '2019-06-30', undefined],
  ])('of %s in %s on %s', (scheme, region, day, id) => {
    expect(findCertificateRuleSet(scheme, region, day)?.id).toBe(id);
  });

  it('ask for everything in Guangdong', () => {
    const rules = findCertificateRuleSet('work-safety', '440104', '2026-01-01');
    expect(rules && certificateLimitsOf(rules)).toEqual(limits);
  });
});
