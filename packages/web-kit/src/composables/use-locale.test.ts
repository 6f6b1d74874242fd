import { afterEach, describe, expect, it } from 'vitest';
import { en } from '../locales/en.ts';
import { zhCn } from '../locales/zh-cn.ts';
import { defineTexts, useLocale, type TextTree } from './use-locale.ts';

const useTexts = defineTexts(
  { home: { left: '还有 {n} 项' }, ok: '好' },
  { home: { left: ({ n }) => (n === 1 ? '1 item left' : `${n} items left`) }, ok: 'OK' },
);
const { setLocale, toggleLocale, locale } = useLocale();
afterEach(() => setLocale('zh-CN'));

describe('texts', () => {
  it('are Chinese first and follow the switch', () => {
    const { t } = useTexts();
    expect([locale.value, t('home.left', { n: 2 }), t('ok')]).toEqual(['zh-CN', '还有 2 项', '好']);
    toggleLocale();
    expect([t('home.left', { n: 1 }), t('home.left', { n: 2 })]).toEqual(['1 item left', '2 items left']);
  });

  it('leave a place open that got no value', () => {
    expect(useTexts().t('home.left')).toBe('还有 {n} 项');
  });
});

function leaves(tree: TextTree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'object' ? leaves(value, `${path}${key}.`) : [[path + key, String(value)] as [string, string]],
  );
}

describe('catalogue of the shared components', () => {
  it('has no English word in Chinese texts and no Chinese in English ones', () => {
    const switches = new Set(['layout.language', 'layout.languageLabel']);
    const strays = [
      ...leaves(zhCn).filter(([key, text]) => !switches.has(key) && /[A-Za-z]{2,}/.test(text.replace(/\{\w+\}/g, ''))),
      ...leaves(en as TextTree).filter(([key, text]) => !switches.has(key) && /\p{Script=Han}/u.test(text)),
    ];
    expect(strays).toEqual([]);
  });

  it('uses the same places in both languages', () => {
    const places = (tree: TextTree) =>
      leaves(tree).map(([key, text]) => [key, (text.match(/\{\w+\}/g) ?? []).toSorted()]);
    expect(places(en as TextTree)).toEqual(places(zhCn));
  });
});
