import { describe, expect, it } from 'vitest';
import { readPaste } from './read-paste.ts';

const first = {
  idNumber: '440199198001010013',
  category: '02001',
  medium: 'IC卡',
  cardNumber: 'A1',
  firstIssuedOn: '2015-03-05',
  validFrom: '2021-03-05',
  validUntil: '2027-03-04',
};
const line = Object.values(first);

describe('what is pasted from a spreadsheet', () => {
  it.each([
    ['tabs', line.join('\t')],
    ['commas', line.join(',')],
    ['a heading and empty lines', `身份证号\t类别\n\n${line.join('\t')}\r\n\n`],
    ['a number that the spreadsheet keeps as text', `'${line.join('\t')}`],
  ])('with %s', (_title, text) => expect(readPaste(text)).toEqual([first]));

  it('keeps an empty cell in its place and a short row short', () => {
    expect(readPaste(`${first.idNumber}\t02001\t\tA1`)).toEqual([
      {
        idNumber: first.idNumber,
        category: '02001',
        medium: '',
        cardNumber: 'A1',
        firstIssuedOn: '',
        validFrom: '',
        validUntil: '',
      },
    ]);
  });
  it('is nothing where there is nothing', () => expect(readPaste(' \n')).toEqual([]));
});
