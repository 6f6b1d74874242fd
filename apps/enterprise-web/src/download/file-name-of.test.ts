import { describe, expect, it } from 'vitest';
import { fileNameOf } from './file-name-of.ts';

describe('fileNameOf', () => {
  it.each([
    ["attachment; filename*=UTF-8''%E8%AF%95%E9%A2%98%E5%AF%BC%E5%85%A5%E6%A8%A1%E6%9D%BF.xlsx", '试题导入模板.xlsx'],
    ["attachment; filename*=UTF-8''a.zip; size=3", 'a.zip'],
    ['attachment', undefined],
    [null, undefined],
  ])('reads %s', (disposition, name) => {
    expect(fileNameOf(disposition)).toBe(name);
  });
});
