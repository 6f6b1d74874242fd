import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { chromiumArguments, findChromium } from './chromium.ts';

/**
 * Chromium driven by the bare DevTools protocol. Playwright keeps every page "visible" whatever tab is in front, so only
 * here does a page really become hidden.
 */
export interface RealTabs {
  readonly open: (url: string) => Promise<RealTab>;
  readonly close: () => Promise<void>;
}

export interface RealTab {
  /** Runs an expression in the page and answers its value. */
  readonly run: <Value>(expression: string) => Promise<Value>;
  /** Waits until the expression is true; throws with the page's text after `limitMs`. */
  readonly until: (expression: string, limitMs?: number) => Promise<void>;
  readonly bringToFront: () => Promise<void>;
  readonly setWindow: (state: 'minimized' | 'normal') => Promise<void>;
  /** A real click in the middle of the first element that matches. */
  readonly click: (selector: string) => Promise<void>;
  readonly screenshot: () => Promise<Buffer>;
}

interface Reply {
  id?: number;
  result?: Record<string, unknown>;
  error?: { message: string };
}

/** Starts a headless Chromium of the given window size, in px. */
export async function startRealTabs(widthPx: number, heightPx: number): Promise<RealTabs> {
  const profile = mkdtempSync(join(tmpdir(), 'antu-tabs-'));
  const child = spawn(
    findChromium(),
    [
      '--headless=new',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      `--window-size=${widthPx},${heightPx}`,
      '--autoplay-policy=no-user-gesture-required',
      ...chromiumArguments,
      'about:blank',
    ],
    { stdio: 'ignore' },
  );
  const [port, path] = await debuggingAddress(profile);
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const waiting = new Map<number, (reply: Reply) => void>();
  socket.on('message', (data) => {
    const reply = JSON.parse(String(data)) as Reply;
    if (reply.id !== undefined) waiting.get(reply.id)?.(reply);
  });
  let lastId = 0;
  const send = (method: string, params: object = {}, sessionId?: string): Promise<Record<string, unknown>> => {
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, (reply) => {
        waiting.delete(id);
        if (reply.error) reject(new Error(`${method}: ${reply.error.message}`));
        else resolve(reply.result ?? {});
      });
      socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
  };
  return {
    open: (url) => openTab(send, url),
    close: () => close(child, socket, profile),
  };
}

type Send = (method: string, params?: object, sessionId?: string) => Promise<Record<string, unknown>>;

async function openTab(send: Send, url: string): Promise<RealTab> {
  const { targetId } = await send('Target.createTarget', { url });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const inTab = (method: string, params?: object) => send(method, params, String(sessionId));
  const run = async <Value>(expression: string): Promise<Value> => {
    const { result, exceptionDetails } = await inTab('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(`in the page: ${JSON.stringify(exceptionDetails).slice(0, 400)}`);
    return (result as { value: Value }).value;
  };
  const until = async (expression: string, limitMs = 20_000): Promise<void> => {
    const endMs = Date.now() + limitMs;
    while (!(await run<boolean>(`Boolean(${expression})`).catch(() => false))) {
      if (Date.now() > endMs) {
        const text = await run<string>('document.body.innerText.slice(0, 600)');
        throw new Error(`waited ${limitMs} ms for ${expression}; the page says:\n${text}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  return {
    run,
    until,
    bringToFront: async () => void (await send('Target.activateTarget', { targetId })),
    setWindow: async (windowState) => {
      const { windowId } = await send('Browser.getWindowForTarget', { targetId });
      await send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
    },
    click: async (selector) => {
      const target = JSON.stringify(selector);
      await until(`document.querySelector(${target})`);
      const [x, y] = await run<[number, number]>(`(() => {
        const element = document.querySelector(${target});
        element.scrollIntoView({ block: 'center' });
        const box = element.getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2];
      })()`);
      for (const type of ['mousePressed', 'mouseReleased']) {
        await inTab('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
      }
    },
    screenshot: async () => Buffer.from(String((await inTab('Page.captureScreenshot'))['data']), 'base64'),
  };
}

async function debuggingAddress(profile: string): Promise<[port: string, path: string]> {
  const endMs = Date.now() + 20_000;
  for (;;) {
    try {
      const [port, path] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').trim().split('\n');
      if (port && path) return [port, path];
    } catch {
      // Written once Chromium listens.
    }
    if (Date.now() > endMs) throw new Error('Chromium did not open its debugging port');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function close(child: ChildProcess, socket: WebSocket, profile: string): Promise<void> {
  socket.close();
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await gone;
  rmSync(profile, { recursive: true, force: true });
}
