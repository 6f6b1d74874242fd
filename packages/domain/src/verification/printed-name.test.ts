import { expect, test } from 'vitest';
import { isPrintedName } from './printed-name.ts';

test.each([
  ['王建国', '王建国', true],
  [' 王 建国　', '王建国', true],
  ['阿卜杜拉•买买提', '阿卜杜拉·买买提', true],
  ['阿卜杜拉．买买提', '阿卜杜拉·买买提', true],
  ['ＷＡＮＧ jianguo', 'Wang Jianguo', true],
  ['王建', '王建国', false],
  ['王*国', '王建国', false],
  ['王建囯', '王建国', false],
  ['阿卜杜拉买买提', '阿卜杜拉·买买提', false],
  ['', '', false],
])('%j against %j', (typed, printed, same) => expect(isPrintedName(typed, printed)).toBe(same));
