import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SittingClient } from './sitting-client.ts';
import { FakeExamServer, memoryKeeper, noPicture, Refusal, SITTING_ID, T0 } from './testing.ts';

let server: FakeExamServer;
let keeper: ReturnType<typeof memoryKeeper>;
/** What the network does to each request. */
let net: 'up' | 'down' | 'deaf';
const clients: SittingClient[] = [];

beforeEach(() => {
  vi.useFakeTimers({
    now: T0,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
  server = new FakeExamServer(() => Date.now());
  keeper = memoryKeeper();
  net = 'up';
});
afterEach(() => {
  for (const one of clients.splice(0)) one.dispose();
  vi.useRealTimers();
});

function page(device = 'phone', on = keeper): SittingClient {
  const line = server.line(device, async (handle) => {
    if (net === 'down') throw new Refusal(0);
    const answer = handle();
    if (net === 'deaf') throw new Refusal(0);
    return answer;
  });
  // Distances between tries as they are in the middle.
  const client = new SittingClient({
    sittingId: SITTING_ID,
    owner: 'p',
    transport: line,
    keeper: on,
    random: () => 0.5,
    takePicture: noPicture,
  });
  clients.push(client);
  return client;
}
async function opened(device?: string, on?: typeof keeper): Promise<SittingClient> {
  const client = page(device, on);
  await client.open();
  await vi.advanceTimersByTimeAsync(100);
  return client;
}
const after = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const answerOn = (item: number) => server.answers.get(item)?.answer ?? null;

describe('another device', () => {
  it('is told within the time of a look that the sitting goes on elsewhere, without being touched', async () => {
    const laptop = await opened('laptop');
    laptop.answer(0, 'A');
    await after(400);
    const phone = page('phone', memoryKeeper());
    await phone.open(true);
    await after(24_000);
    expect([laptop.screen.phase, phone.screen.phase]).toEqual(['elsewhere', 'open']);
  });

  it('shows what the replaced device brings, as soon as it hears of it, and keeps what is later here', async () => {
    const laptop = await opened('laptop');
    net = 'down';
    laptop.answer(0, 'A');
    laptop.answer(1, 'B');
    await after(1_000);
    net = 'up';
    const phone = page('phone', memoryKeeper());
    await phone.open(true);
    phone.answer(1, 'D');
    await after(60_000);
    expect(laptop.screen.phase).toBe('elsewhere');
    expect(phone.screen.phase).toBe('open');
    expect(phone.screen.items.slice(0, 2)).toMatchObject([
      { answer: 'A', saved: true },
      { answer: 'D', saved: true },
    ]);
    expect([answerOn(0), answerOn(1)]).toEqual(['A', 'D']);
  });

  it('is told where the sitting goes on, and takes over when asked', async () => {
    const phone = await opened();
    phone.answer(0, 'A');
    await after(300);
    const laptopKeeper = memoryKeeper();
    const laptop = await opened('laptop', laptopKeeper);
    expect(laptop.screen.phase).toBe('elsewhere');
    await laptop.open(true);
    expect(laptop.screen).toMatchObject({ phase: 'open' });
    expect(laptop.screen.items[0]).toMatchObject({ answer: 'A', saved: true });
    await after(1);
    phone.answer(1, 'B');
    await after(300);
    expect(phone.screen).toMatchObject({ phase: 'elsewhere', unsent: 1 });
  });

  it('lets the later answer hold when the first device comes back', async () => {
    const phone = await opened();
    net = 'down';
    phone.answer(0, 'A');
    phone.answer(1, 'A');
    await after(30_000);
    phone.dispose();
    net = 'up';
    const laptop = page('laptop', memoryKeeper());
    await laptop.open(true);
    laptop.answer(0, 'D');
    await after(1_000);
    const back = page();
    await back.open();
    expect(back.screen.phase).toBe('elsewhere');
    await back.open(true);
    await after(1_000);
    expect([answerOn(0), answerOn(1)]).toEqual(['D', 'A']);
    expect(back.screen.items.map(({ answer }) => answer)).toEqual(['D', 'A', null, null]);
  });
});
