import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumArguments, findChromium } from './chromium.ts';
import type { Product } from './product.ts';

export const phone = { width: 360, height: 780 };
export const desktop = { width: 1440, height: 900 };

const screensDir = fileURLToPath(new URL('../../docs/screens/', import.meta.url));
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What a journey works with: the running product and a browser. */
export interface Stage {
  readonly product: Product;
  readonly browser: Browser;
  /** A new visitor with an own cookie jar. */
  readonly visitor: (size: { width: number; height: number }) => Promise<Visitor>;
}

export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Goes to a path of the product. */
  readonly go: (path: string) => Promise<void>;
  /** Signs in with a demo account through the form, second factor included. */
  readonly signIn: (app: '/' | '/enterprise/' | '/supervision/', login: string) => Promise<void>;
  /** Keeps a picture in docs/screens. */
  readonly keepScreen: (name: string) => Promise<void>;
  /** Fails on any serious or critical violation of WCAG that axe finds, and on sideways scrolling. */
  readonly checkPage: (name: string) => Promise<void>;
}

export async function openStage(product: Product): Promise<Stage> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    headless: true,
    args: [...chromiumArguments, '--autoplay-policy=no-user-gesture-required'],
  });
  return { product, browser, visitor: (size) => newVisitor(product, browser, size) };
}

async function newVisitor(
  product: Product,
  browser: Browser,
  size: { width: number; height: number },
): Promise<Visitor> {
  const context = await browser.newContext({ viewport: size, locale: 'zh-CN', deviceScaleFactor: 1 });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const go = async (path: string): Promise<void> => {
    await page.goto(product.url + path, { waitUntil: 'domcontentloaded' });
  };
  return {
    context,
    page,
    go,
    signIn: async (app, login) => {
      await go(`${app}sign-in`);
      await signInWithDemo(product, page, login);
    },
    keepScreen: async (name) => {
      mkdirSync(screensDir, { recursive: true });
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: `${screensDir}${name}-${size.width}.jpg`, type: 'jpeg', quality: 72 });
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

async function checkPage(page: Page, name: string): Promise<void> {
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
