import { describe, expect, it } from 'vitest';
import { stemPieces } from './stem-pieces.ts';

describe('stemPieces', () => {
  it.each([
    ['没有空格', [{ words: '没有空格' }]],
    ['连续驾驶不超过____小时。', [{ words: '连续驾驶不超过' }, { blank: 1 }, { words: '小时。' }]],
    ['____和______', [{ blank: 1 }, { words: '和' }, { blank: 2 }]],
    ['三个下划线___不是空', [{ words: '三个下划线___不是空' }]],
  ])('%s', (stem, pieces) => {
    expect(stemPieces(stem)).toEqual(pieces);
  });
});
