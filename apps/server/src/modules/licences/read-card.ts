import type { CardRow, CarriedCard } from '@antu/contract';
import {
  addDays,
  cancelledOn,
  checkIdNumber,
  findLicenceCategory,
  findLicenceRuleSet,
  firstTerm,
  licenceCategories,
  licenceLimitsOf,
  parsePlainDate,
} from '@antu/domain';

type Problem = CardRow['problems'][number];

/** A row of the register that can be kept. */
export interface CheckedCard {
  readonly idNumber: string;
  readonly category: string;
  readonly medium: 'paper' | 'ic-card';
  readonly cardNumber: string;
  readonly firstIssuedOn: string;
  readonly validFrom: string;
  readonly validUntil: string;
}

const media = new Map<string, CheckedCard['medium']>([
  ['纸质', 'paper'],
  ['paper', 'paper'],
  ['IC卡', 'ic-card'],
  ['IC', 'ic-card'],
  ['ic-card', 'ic-card'],
]);

/** Reads a row as people type it: names or codes of categories, dates as 2021-3-5, 2021/03/05, 2021年3月5日 or 20210305. */
export function readCard(
  row: CarriedCard,
  today: string,
): { idNumber: string | null; card: CheckedCard | null; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const fail = (column: Problem['column'], zh: string, en: string): void => {
    problems.push({ column, zh, en });
  };
  const number = checkIdNumber(row.idNumber);
  if (!number.valid) fail('idNumber', '身份证号不对，请核对。', 'This is not a valid ID number.');
  const category = findLicenceCategory(row.category) ?? licenceCategories.find(({ nameZh }) => nameZh === row.category);
  if (!category) fail('category', '没有这个从业资格类别。', 'There is no such category.');
  const medium = media.get(row.medium.replaceAll(' ', ''));
  if (!medium) fail('medium', '证件介质请填“纸质”或“IC卡”。', 'The card is either paper or ic-card.');
  const day = (column: 'firstIssuedOn' | 'validFrom' | 'validUntil'): string => {
    const found = readDay(row[column]);
    if (found === undefined) fail(column, '日期不对，应如 2021-03-05。', 'This is not a date such as 2021-03-05.');
    return found ?? '';
  };
  const [firstIssuedOn, validFrom, validUntil] = [day('firstIssuedOn'), day('validFrom'), day('validUntil')];
  if (firstIssuedOn !== '' && validFrom !== '' && firstIssuedOn > validFrom)
    fail('firstIssuedOn', '初次领证日期晚于有效期起。', 'First issued after the term begins.');
  if (validFrom !== '' && validUntil !== '' && validFrom > validUntil)
    fail('validUntil', '有效期止早于有效期起。', 'The term ends before it begins.');
  const rules = category && validFrom !== '' ? findLicenceRuleSet(category, '', today) : undefined;
  if (rules && validFrom <= validUntil) {
    const limits = licenceLimitsOf(rules);
    // Cards were printed with the same day of the year at both ends, or with the day before.
    const longest = addDays(firstTerm(validFrom, limits).validUntil, 1);
    if (validUntil > longest)
      fail('validUntil', `有效期超过 ${limits.validYears} 年。`, `The term is longer than ${limits.validYears} years.`);
    if (cancelledOn(validUntil, limits) <= today)
      fail(
        'validUntil',
        `已逾期 ${limits.cancelAfterDays} 天以上，应予注销，不再登记。`,
        'Overdue for so long that it is cancelled.',
      );
  }
  if (firstIssuedOn > today) fail('firstIssuedOn', '初次领证日期在今天之后。', 'First issued in the future.');
  const idNumber = number.valid ? number.normalised : null;
  if (problems.length > 0 || idNumber === null || !category || !medium) return { idNumber, card: null, problems };
  const { code } = category;
  return {
    idNumber,
    problems,
    card: { idNumber, category: code, medium, cardNumber: row.cardNumber, firstIssuedOn, validFrom, validUntil },
  };
}

/** A day as people write it, or undefined. */
export function readDay(text: string): string | undefined {
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (!match) return undefined;
  const [, year = '', month = '', date = ''] = match;
  return parsePlainDate(`${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`);
}
