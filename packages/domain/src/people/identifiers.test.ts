import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkIdNumber, idNumberCheckCharacter, maskIdNumber, maskName, normaliseName } from './id-number.ts';
import { chinaDateAt, fullYearsBetween, type PlainDate, parsePlainDate } from './plain-date.ts';
import { checkUscc, usccCheckCharacter } from './uscc.ts';

const withCheck = (first17: string): string => first17 + idNumberCheckCharacter(first17);

describe('ID number (GB 11643)', () => {
  it.each([
    ['11010519491231002X', '1949-12-31', 'female'],
    ['440524188001010014', '1880-01-01', 'male'],
    ['440106199001010013', '1990-01-01', 'male'],
    ['441900198808080022', '1988-08-08', 'female'],
    ['44200019760229003X', '1976-02-29', 'male'],
    ['310115200002290056', '2000-02-29', 'male'],
  ])('%s is valid and tells birth date and sex', (text, birthDate, sex) => {
    expect(checkIdNumber(text)).toMatchObject({ valid: true, normalised: text, birthDate, sex });
  });

  it('takes a small x and outer spaces', () => {
    expect(checkIdNumber(' 44200019760229003x ')).toMatchObject({ valid: true, normalised: '44200019760229003X' });
  });

  it('turns the old 15-digit form into the 18-character one', () => {
    expect(checkIdNumber('110105491231002')).toMatchObject({ valid: true, normalised: '11010519491231002X' });
  });

  it('does not refuse an abolished division code', () => {
    expect(checkIdNumber(withCheck('44012119800101001'))).toMatchObject({ valid: true, divisionCode: '440121' });
    expect(checkIdNumber(withCheck('99999919800101001'))).toMatchObject({ valid: true });
  });

  it.each([
    ['44010619900101001', 'length'],
    ['4401061990010100133', 'length'],
    ['', 'length'],
    ['4401061990O1010013', 'characters'],
    ['X40106199001010013', 'characters'],
    ['44010619900101X', 'characters'],
    [withCheck('44010619900230001'), 'birth-date'],
    [withCheck('44010619000229001'), 'birth-date'],
    [withCheck('44010619901301001'), 'birth-date'],
    [withCheck('44010619900100001'), 'birth-date'],
    ['440106199001010014', 'check-character'],
    ['110105194912310020', 'check-character'],
  ])('%s is refused: %s', (text, problem) => {
    expect(checkIdNumber(text)).toEqual({ valid: false, problem });
  });

  it('finds every single wrong digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (at, shift) => {
        const right = '440106199001010013';
        const digit = (Number(right[at]) + shift) % 10;
        expect(checkIdNumber(right.slice(0, at) + digit + right.slice(at + 1)).valid).toBe(false);
      }),
    );
  });
});

describe('Unified social credit code (GB 32100)', () => {
  it.each([
    '91350100M000100Y43',
    '9144030071526726XG',
    '914403001922038216',
    '91110108551385082Q',
    '91110000802100433B',
    '91440101MA59T0QY6Y',
  ])('%s is valid', (text) => {
    expect(checkUscc(text)).toMatchObject({ valid: true, normalised: text });
  });

  it.each(['91440106MA0000015E', '91310115000000019M', '91460105MA5T00010T'])('%s (synthetic) is valid', (text) => {
    expect(checkUscc(text.toLowerCase())).toMatchObject({ valid: true, normalised: text });
  });

  it('tells whether the organisation code inside has its own check digit', () => {
    expect(checkUscc('914403001922038216')).toMatchObject({ organisationCodeValid: true });
    const first17 = '91440300192203822';
    expect(checkUscc(first17 + usccCheckCharacter(first17))).toMatchObject({ organisationCodeValid: false });
  });

  it.each([
    ['91440101MA59T0QY6H', 'check-character'],
    ['91440101MA59T0QY6', 'length'],
    ['91440101MA59T0QYI8', 'characters'],
    ['9144A101MA59T0QY68', 'characters'],
  ])('%s is refused: %s', (text, problem) => {
    expect(checkUscc(text)).toEqual({ valid: false, problem });
  });
});

describe('Masking', () => {
  it('keeps the family name and the ends of the number', () => {
    expect(maskName('张三')).toBe('张*');
    expect(maskName('欧阳明月')).toBe('欧***');
    expect(maskName('𠮷田')).toBe('𠮷*');
    expect(maskName('李')).toBe('李*');
    expect(maskName('阿卜杜热合曼·买买提')).toBe('阿***');
    expect(maskIdNumber('440106199001010013')).toBe('4401**********0013');
    expect(maskIdNumber('1234')).toBe('****');
  });

  it('never shows the birth date', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1930, max: 2020 }), (year) => {
        expect(maskIdNumber(withCheck(`440106${year}0101001`))).not.toContain(String(year));
      }),
    );
  });

  it('spells one name one way', () => {
    expect(normaliseName('  买买提  ·  吐尔逊 ')).toBe('买买提 · 吐尔逊');
  });
});

describe('PlainDate', () => {
  it.each(['2023-02-29', '1900-02-29', '2024-13-01', '2024-00-10', '2024-04-31', '24-04-01', '2024-4-1'])(
    '%s is no date',
    (text) => expect(parsePlainDate(text)).toBeUndefined(),
  );

  it('takes the day in China, which changes at 16:00 UTC', () => {
    expect(chinaDateAt(Date.parse('2026-11-21T15:59:59Z'))).toBe('2026-11-21');
    expect(chinaDateAt(Date.parse('2026-11-21T16:00:00Z'))).toBe('2026-11-22');
  });

  it('counts a birthday from that day on', () => {
    const born = '1990-06-15' as PlainDate;
    expect(fullYearsBetween(born, '2026-06-14' as PlainDate)).toBe(35);
    expect(fullYearsBetween(born, '2026-06-15' as PlainDate)).toBe(36);
  });
});
