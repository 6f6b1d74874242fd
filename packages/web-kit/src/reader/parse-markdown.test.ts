import { expect, it } from 'vitest';
import { parseInline, parseMarkdown } from './parse-markdown.ts';

const words = (text: string) => [{ text, look: 'plain' }];
const point = (text: string, checked: boolean | null = null) => ({ checked, content: words(text) });

it('reads headings, paragraphs, lists, quotes and rules', () => {
  const text = '# 雨夜行车\n\n第一行，\n第二行。\n\n- 慢\n- 看\n\n1. 停\n2. 报\n\n> 记住\n\n---\n#### 小结';
  expect(parseMarkdown(text)).toEqual([
    { type: 'heading', level: 2, content: words('雨夜行车') },
    { type: 'paragraph', content: words('第一行，第二行。') },
    { type: 'list', ordered: false, items: [point('慢'), point('看')] },
    { type: 'list', ordered: true, items: [point('停'), point('报')] },
    { type: 'quote', content: words('记住') },
    { type: 'rule' },
    { type: 'heading', level: 4, content: words('小结') },
  ]);
});

it('reads points with a box, and leaves brackets within words alone', () => {
  expect(parseMarkdown('- [ ] 轮胎\n- [x] 灯光\n- [ ]\n1. [ ] 刹车')).toEqual([
    { type: 'list', ordered: false, items: [point('轮胎', false), point('灯光', true), point('[ ]')] },
    { type: 'list', ordered: true, items: [point('刹车', false)] },
  ]);
});

it('reads tables', () => {
  expect(parseMarkdown('| 车速 | 距离 |\n| --- | ---: |\n| 60 | 60 米 |\n')).toEqual([
    { type: 'table', head: [words('车速'), words('距离')], rows: [[words('60'), words('60 米')]] },
  ]);
});

it('keeps a paragraph before a list apart from it', () => {
  expect(parseMarkdown('要点：\n- 慢').map((block) => block.type)).toEqual(['paragraph', 'list']);
});

it('knows strong, emphasis and code, and drops the target of links', () => {
  expect(parseInline('先**松油门**，*再* 看 `ABS` [法规](https://example.org)。')).toEqual([
    { text: '先', look: 'plain' },
    { text: '松油门', look: 'strong' },
    { text: '，', look: 'plain' },
    { text: '再', look: 'emphasis' },
    { text: ' 看 ', look: 'plain' },
    { text: 'ABS', look: 'code' },
    { text: ' ', look: 'plain' },
    { text: '法规', look: 'plain' },
    { text: '。', look: 'plain' },
  ]);
});

it('takes HTML as words', () => {
  expect(parseMarkdown('<script>alert(1)</script>')).toEqual([
    { type: 'paragraph', content: words('<script>alert(1)</script>') },
  ]);
});

it('ends on any text', () => {
  for (const text of ['', '|', '|\n---', '>', '1.', '- ', '#', '**', '---\n---', '\r\n\r']) {
    expect(Array.isArray(parseMarkdown(text))).toBe(true);
  }
});
