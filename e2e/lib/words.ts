import type { Page } from 'playwright-core';

/** Latin words that Chinese pages may show: names of formats, measures and this product. */
const ALLOWED_IN_CHINESE = [
  /\b(antu|hls|mp4|mov|webm|avi|mkv|xlsx|json|csv|ffmpeg|markdown|sha-?256|tls|https?|html|wifi|app|mib|aed|abs|qti|txt|zip|pdf|ctrl|enter|esc)\b/gi,
  /\b(english|android|chrome|chromium|firefox|safari|edge|linux|windows|macos|iphone|ipad|node(\.js)?|postgresql)\b/gi,
];
/** Data, not words: identifiers, digests, file names, addresses, rule-set and version codes. */
const DATA = [/[\w.-]+\.(xlsx|mp4|mjs|js|ts|json|zip|md)\b/gi, /\b(https?:\/\/|\/)[^\s，。]+/gi, /\b[\w.-]*\d[\w.-]*/g];
const LATIN = /[A-Za-z]{3,}/g;
const CHINESE = /[\u3400-\u9fff]+/g;

/** Runs of Latin letters on the page that no reader of Chinese is owed; empty when all is translated. */
export async function latinLeftovers(page: Page, allowed: readonly string[] = []): Promise<string[]> {
  let text = await wordsOf(page, '.mono, code, pre, [lang=en], kbd');
  for (const known of allowed) text = text.replaceAll(known, ' ');
  for (const pattern of [...ALLOWED_IN_CHINESE, ...DATA]) text = text.replace(pattern, ' ');
  return [...new Set(text.match(LATIN) ?? [])];
}

/** Chinese on an English page that the server did not send as data (names, regions, titles of courses). */
export async function chineseLeftovers(page: Page, received: string): Promise<string[]> {
  const text = await wordsOf(page, '[lang^=zh]');
  return [...new Set(text.match(CHINESE) ?? [])].filter((one) => !received.includes(one));
}

/**
 * Collects everything that the server's API sends to this page from now on. It reads each answer before the page gets it,
 * so that nothing is on screen that is not known here; streams pass unread.
 */
export async function collectData(page: Page): Promise<{ readonly text: () => string }> {
  let text = '';
  await page.route(
    ({ pathname }) => pathname.startsWith('/api/') && !pathname.endsWith('/stream'),
    async (route) => {
      try {
        const response = await route.fetch();
        const body = await response.text();
        text += body;
        await route.fulfill({ response, body });
      } catch {
        // A page that moves on takes its open questions with it.
        await route.abort().catch(() => undefined);
      }
    },
  );
  return { text: () => text };
}

/** Visible words, labels and hints of the page without what the selector matches. */
function wordsOf(page: Page, without: string): Promise<string> {
  return page.evaluate((selector) => {
    const words: string[] = [];
    const walk = (node: Node): void => {
      if (node instanceof Element) {
        if (node.matches(selector) || ['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(node.tagName)) return;
        const style = getComputedStyle(node);
        if (style.display === 'none' || style.visibility === 'hidden') return;
        for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
          const value = node.getAttribute(name);
          if (value) words.push(value);
        }
        for (const child of node.childNodes) walk(child);
      } else if (node.nodeType === Node.TEXT_NODE && node.textContent) words.push(node.textContent.trim());
    };
    walk(document.body);
    return words.filter((one) => one !== '').join('\n');
  }, without);
}
