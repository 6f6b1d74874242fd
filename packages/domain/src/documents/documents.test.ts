import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bucketOfDocumentCode,
  DOCUMENT_CODE_BYTES,
  documentCodeOf,
  normaliseDocumentCode,
  printedDocumentCode,
} from './document-code.ts';
import { type DocumentDecision, type DocumentStatus, documentStatuses, mayFollow, stateOf } from './document-state.ts';

const at = (text: string): Date => new Date(`${text}+08:00`);
const term = { validFrom: at('2026-03-01T00:00:00'), validUntil: at('2032-03-01T00:00:00') };
const decided = (status: DocumentStatus, time: string): DocumentDecision => ({ status, at: at(time) });

describe('state', () => {
  const suspended = decided('suspended', '2027-01-01T12:00:00');
  const restored = decided('restored', '2027-06-01T12:00:00');
  test.each<[string, DocumentDecision[], string, string, string, string]>([
    ['the second before the term', [], '2026-02-28T23:59:59', 'not-yet-valid', '09', '2026-03-01T00:00:00'],
    ['its first second', [], '2026-03-01T00:00:00', 'valid', '10', '2026-03-01T00:00:00'],
    ['its last second', [], '2032-02-29T23:59:59', 'valid', '10', '2026-03-01T00:00:00'],
    ['the second after', [], '2032-03-01T00:00:00', 'expired', '02', '2032-03-01T00:00:00'],
    ['before a suspension', [suspended], '2027-01-01T11:59:59', 'valid', '10', '2026-03-01T00:00:00'],
    ['from a suspension on', [suspended], '2027-01-01T12:00:00', 'suspended', '09', '2027-01-01T12:00:00'],
    ['a suspended one expires', [suspended], '2032-03-01T00:00:00', 'expired', '02', '2032-03-01T00:00:00'],
    ['restored', [suspended, restored], '2027-06-01T12:00:00', 'valid', '10', '2027-06-01T12:00:00'],
    [
      'replaced',
      [decided('replaced', '2028-01-01T00:00:00')],
      '2033-01-01T00:00:00',
      'replaced',
      '01',
      '2028-01-01T00:00:00',
    ],
    [
      'given up',
      [decided('cancelled', '2028-01-01T00:00:00')],
      '2028-01-01T00:00:00',
      'revoked',
      '03',
      '2028-01-01T00:00:00',
    ],
    [
      'withdrawn',
      [decided('withdrawn', '2028-01-01T00:00:00')],
      '2028-01-01T00:00:00',
      'revoked',
      '04',
      '2028-01-01T00:00:00',
    ],
    [
      'revoked',
      [suspended, decided('revoked', '2028-01-01T00:00:00')],
      '2028-01-01T00:00:00',
      'revoked',
      '05',
      '2028-01-01T00:00:00',
    ],
    [
      'the second before it is revoked',
      [decided('revoked', '2028-01-01T00:00:00')],
      '2027-12-31T23:59:59',
      'valid',
      '10',
      '2026-03-01T00:00:00',
    ],
    [
      'replaced, then found wrong',
      [decided('replaced', '2028-01-01T00:00:00'), decided('withdrawn', '2029-01-01T00:00:00')],
      '2029-01-01T00:00:00',
      'revoked',
      '04',
      '2029-01-01T00:00:00',
    ],
  ])('%s', (_name, decisions, time, state, statusCode, since) => {
    expect(stateOf(term, decisions, at(time))).toEqual({ state, statusCode, since: at(since) });
  });

  test('one without end stays valid', () => {
    expect(stateOf({ ...term, validUntil: null }, [], at('2099-01-01T00:00:00')).state).toBe('valid');
  });

  test('nothing that may follow brings an ended document back', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...documentStatuses), { maxLength: 12 }), (wanted) => {
        const taken: DocumentDecision[] = [];
        let hasEnded = false;
        for (const [n, status] of wanted.entries()) {
          if (!mayFollow(taken.at(-1)?.status ?? null, status)) continue;
          taken.push({ status, at: new Date(term.validFrom.getTime() + n * 1000) });
          const { state } = stateOf(term, taken, new Date(term.validFrom.getTime() + n * 1000));
          if (hasEnded) expect(['replaced', 'revoked']).toContain(state);
          hasEnded ||= state === 'replaced' || state === 'revoked';
        }
      }),
    );
  });
});

describe('code', () => {
  test('carries its bucket, reads back however it was typed', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: DOCUMENT_CODE_BYTES, maxLength: DOCUMENT_CODE_BYTES }),
        fc.nat(63),
        (random, bucket) => {
          const code = documentCodeOf(random, bucket);
          expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{20}$/);
          expect(bucketOfDocumentCode(code)).toBe(bucket);
          const typed = ` ${printedDocumentCode(code).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')} `;
          expect(normaliseDocumentCode(typed)).toBe(code);
        },
      ),
    );
  });

  test.each(['', '0000000000000000000', '000000000000000000000', 'UUUUUUUUUUUUUUUUUUUU', '0000000000000000000/'])(
    '%s is none',
    (typed) => expect(normaliseDocumentCode(typed)).toBeUndefined(),
  );
});
