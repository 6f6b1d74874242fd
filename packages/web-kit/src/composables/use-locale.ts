import { computed, ref, type ComputedRef, type Ref } from 'vue';
import { recall, remember } from './storage.ts';

export type Locale = 'zh-CN' | 'en';
const KEY = 'antu.locale';

const locale: Ref<Locale> = ref(recall(KEY) === 'en' ? 'en' : 'zh-CN');

function apply(next: Locale): void {
  if (typeof document !== 'undefined') document.documentElement.lang = next;
}
apply(locale.value);

/** Language on screen, shared by the whole app and remembered on this device. Chinese unless chosen otherwise. */
export function useLocale(): { locale: Ref<Locale>; setLocale: (next: Locale) => void; toggleLocale: () => void } {
  const setLocale = (next: Locale) => {
    locale.value = next;
    remember(KEY, next);
    apply(next);
  };
  return { locale, setLocale, toggleLocale: () => setLocale(locale.value === 'en' ? 'zh-CN' : 'en') };
}

type TextParams = Record<string, string | number>;
type TextValue = string | ((params: TextParams) => string);
/** One language's texts, in groups: `{ home: { title: '首页', left: '还有 {n} 项' } }`. */
export interface TextTree {
  [key: string]: TextValue | TextTree;
}
/** The same keys with texts of another language; a missing or extra key does not compile. */
export type SameTexts<T> = { [K in keyof T]: T[K] extends TextValue ? TextValue : SameTexts<T[K]> };
/** Dotted paths of all texts of a tree. */
export type TextKey<T> = {
  [K in keyof T & string]: T[K] extends TextValue ? K : `${K}.${TextKey<T[K]>}`;
}[keyof T & string];

function find(tree: TextTree, path: string): TextValue | undefined {
  let at: TextTree | TextValue | undefined = tree;
  for (const step of path.split('.')) {
    if (typeof at !== 'object') return undefined;
    at = at[step];
  }
  return typeof at === 'object' ? undefined : at;
}

export interface Texts<T> {
  (): {
    /** Text of a key in the language on screen; `{name}` is filled from params. */
    t: (key: TextKey<T>, params?: TextParams) => string;
    locale: ComputedRef<Locale>;
  };
}

/** Joins the two catalogues of an app into a typed `useTexts()`; screens re-render when the language changes. */
export function defineTexts<const T extends TextTree>(chinese: T, english: SameTexts<T>): Texts<T> {
  const current = computed(() => locale.value);
  const t = (key: string, params: TextParams = {}): string => {
    const text = find(current.value === 'en' ? (english as TextTree) : chinese, key);
    if (text === undefined) return key;
    if (typeof text === 'function') return text(params);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
  };
  return () => ({ t, locale: current });
}
