import { currentFaceNotice } from '@antu/domain';
import { expect, it } from 'vitest';
import { splitNotice } from './split-notice.ts';

it('takes the words before the colon as head', () => {
  expect(splitNotice('保存多久：三年。\n\n随时可以撤回：点一下：马上删除。\n没有冒号的一段。')).toEqual([
    { head: '保存多久', text: '三年。' },
    { head: '随时可以撤回', text: '点一下：马上删除。' },
    { head: null, text: '没有冒号的一段。' },
  ]);
  expect(splitNotice('How long: three years.')).toEqual([{ head: 'How long', text: 'three years.' }]);
});

it('does not take half a sentence for a head', () => {
  expect(splitNotice('We keep it. Nobody sees it: really.')).toEqual([
    { head: null, text: 'We keep it. Nobody sees it: really.' },
  ]);
});

it('finds a head in every paragraph of the notice in force', () => {
  const { zh, en } = currentFaceNotice();
  expect(splitNotice(zh).filter((part) => part.head !== null).length).toBeGreaterThan(5);
  expect(splitNotice(en).filter((part) => part.head !== null).length).toBeGreaterThan(4);
});
