import { onScopeDispose, watchEffect } from 'vue';

const PLAIN = '#f6f6f3';

/** Colours the browser's own bar like the head of the page, so that the answer can be read from afar. */
export function useThemeColor(colour: () => string): void {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="theme-color"]');
  // A screen in front of a page gives the colour back to it.
  const before = meta?.getAttribute('content') ?? PLAIN;
  watchEffect(() => meta?.setAttribute('content', colour()));
  onScopeDispose(() => meta?.setAttribute('content', before));
}
