import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumArguments, findChromium } from './chromium.ts';
import type { Product } from './product.ts';

export interface Screen {
  readonly width: number;
  readonly height: number;
  /** A phone says so, and is touched. */
  readonly mobile: boolean;
}
export const phone: Screen = { width: 360, height: 780, mobile: true };
export const desktop: Screen = { width: 1440, height: 900, mobile: false };
/** A console in a narrow window. */
export const narrow: Screen = { width: 360, height: 780, mobile: false };

const PHONE_AGENT =
  'Mozilla/5.0 (Linux; Android 13; M2101K7AG) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36';

const screensDir = fileURLToPath(new URL('../../docs/screens/', import.meta.url));
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What a journey works with: the running product and a browser. */
export interface Stage {
  readonly product: Product;
  readonly browser: Browser;
  /** A new visitor with an own cookie jar. */
  readonly visitor: (screen: Screen) => Promise<Visitor>;
}

export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Goes to a path of the product. */
  readonly go: (path: string) => Promise<void>;
  /** Signs in with a demo account through the form, second factor included. */
  readonly signIn: (app: AppPath, login: string) => Promise<void>;
  /** Like `signIn`, but goes on with the session of an earlier journey: a code of the second factor is good only once. */
  readonly comeBack: (app: AppPath, login: string) => Promise<void>;
  /** Keeps a picture in docs/screens. */
  readonly keepScreen: (name: string) => Promise<void>;
  /** Fails on any serious or critical violation of WCAG that axe finds, and on sideways scrolling. */
  readonly checkPage: (name: string) => Promise<void>;
}

export type AppPath = '/' | '/enterprise/' | '/supervision/';
type Cookies = Parameters<BrowserContext['addCookies']>[0];

export async function openStage(product: Product): Promise<Stage> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    headless: true,
    // A file name in Chinese needs a locale that can write it; a bare machine has none.
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
    args: [...chromiumArguments, '--autoplay-policy=no-user-gesture-required'],
  });
  const sessions = new Map<string, Cookies>();
  return { product, browser, visitor: (screen) => newVisitor(product, browser, screen, sessions) };
}

async function newVisitor(
  product: Product,
  browser: Browser,
  screen: Screen,
  sessions: Map<string, Cookies>,
): Promise<Visitor> {
  const { width, height, mobile } = screen;
  const context = await browser.newContext({
    viewport: { width, height },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    deviceScaleFactor: 1,
    ...(mobile && { userAgent: PHONE_AGENT, isMobile: true, hasTouch: true }),
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const go = async (path: string): Promise<void> => {
    await page.goto(product.url + path, { waitUntil: 'domcontentloaded' });
  };
  const signIn = async (app: AppPath, login: string): Promise<void> => {
    await go(`${app}sign-in`);
    await signInWithDemo(product, page, login);
    sessions.set(login, await context.cookies());
  };
  return {
    context,
    page,
    go,
    signIn,
    comeBack: async (app, login) => {
      const cookies = sessions.get(login);
      if (!cookies) return signIn(app, login);
      await context.addCookies(cookies);
      // Staff who were idle for as long as the rules allow are signed out.
      const me = await context.request.get(`${product.url}/api/auth/me`);
      if (!me.ok()) {
        await context.clearCookies();
        return signIn(app, login);
      }
      await go(app);
    },
    keepScreen: async (name) => {
      mkdirSync(screensDir, { recursive: true });
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: `${screensDir}${name}-${width}.jpg`, type: 'jpeg', quality: 72 });
    },
    checkPage: (name) => checkPage(page, name),
  };
}

interface DemoAccount {
  login: string;
  password: string;
  totpCode: string | null;
}

async function signInWithDemo(product: Product, page: Page, login: string): Promise<void> {
  const find = async (): Promise<DemoAccount> => {
    const answer = (await (await fetch(`${product.url}/api/demo`)).json()) as { accounts: DemoAccount[] };
    const found = answer.accounts.find((one) => one.login === login);
    if (!found) throw new Error(`no demo account ${login}`);
    return found;
  };
  const account = await find();
  await page.locator('input[autocomplete=username]').fill(account.login);
  await page.locator('input[autocomplete=current-password]').fill(account.password);
  await page.locator('form button[type=submit]').click();
  if (account.totpCode !== null) {
    const box = page.locator('input[autocomplete=one-time-code]');
    await box.waitFor();
    // The code of the step before may have been used by an earlier journey: each is good once.
    for (let tries = 0; tries < 3 && (await box.isVisible()); tries += 1) {
      await box.fill((await find()).totpCode ?? '');
      await page.locator('form button[type=submit]').click();
      const done = await page
        .waitForURL((url) => !url.pathname.endsWith('/sign-in'), { timeout: 4_000 })
        .then(
          () => true,
          () => false,
        );
      if (done) return;
      await page.waitForTimeout(31_000 - (Date.now() % 30_000));
    }
  }
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
}

interface AxeViolation {
  id: string;
  impact: string | null;
  help: string;
  nodes: { target: string[] }[];
}

/** Higher than this no page is drawn in one piece. */
const TALLEST_PX = 4_000;

async function checkPage(page: Page, name: string): Promise<void> {
  // The page in its whole length: what a fixed bar happens to cover would count as too small to touch.
  const size = page.viewportSize() ?? desktop;
  const tall = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: size.width, height: Math.min(TALLEST_PX, Math.max(size.height, tall)) });
  try {
    await checkWhole(page, name);
  } finally {
    await page.setViewportSize({ width: size.width, height: size.height });
  }
}

async function checkWhole(page: Page, name: string): Promise<void> {
  // Evaluated, not added as a script: the content security policy keeps foreign scripts out.
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: object) => Promise<{ violations: AxeViolation[] }> } };
    return (await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })).violations;
  });
  const serious = found.filter((one) => one.impact === 'serious' || one.impact === 'critical');
  if (serious.length > 0) {
    const lines = serious.map(
      (one) => `${one.id}: ${one.help} (${one.nodes.map((node) => node.target.join(' ')).join(', ')})`,
    );
    throw new Error(`${name}: axe found\n${lines.join('\n')}`);
  }
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (sideways > 1) throw new Error(`${name}: the page scrolls sideways by ${sideways} px`);
}
