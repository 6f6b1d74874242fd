import { describe, expect, it } from 'vitest';
import { parseMarkdown } from './markdown.ts';

describe('parseMarkdown', () => {
  it('finds headings, lists, bold words and paragraphs', () => {
    const blocks = parseMarkdown('# 应急\n先**报警**再撤离\n\n- 停车\n- 设置警示牌\n1. 一\n');
    expect(blocks).toEqual([
      { kind: 'heading', level: 3, parts: [{ text: '应急', bold: false }] },
      {
        kind: 'paragraph',
        parts: [
          { text: '先', bold: false },
          { text: '报警', bold: true },
          { text: '再撤离', bold: false },
        ],
      },
      { kind: 'list', ordered: false, items: [[{ text: '停车', bold: false }], [{ text: '设置警示牌', bold: false }]] },
      { kind: 'list', ordered: true, items: [[{ text: '一', bold: false }]] },
    ]);
  });
  it('keeps HTML as words', () => {
    expect(parseMarkdown('<script>x</script>')).toEqual([
      { kind: 'paragraph', parts: [{ text: '<script>x</script>', bold: false }] },
    ]);
  });
});
