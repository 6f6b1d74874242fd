import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SittingClient } from './sitting-client.ts';
import { FakeExamServer, memoryKeeper, noPicture, Refusal, SITTING_ID, T0 } from './testing.ts';

let server: FakeExamServer;
let isUp: boolean;
const clients: SittingClient[] = [];
beforeEach(() => {
  vi.useFakeTimers({
    now: T0,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
  server = new FakeExamServer(() => Date.now());
  isUp = true;
});
afterEach(() => {
  for (const one of clients.splice(0)) one.dispose();
  vi.useRealTimers();
});

async function opened(device: string, takeOver = false): Promise<SittingClient> {
  const transport = server.line(device, async (handle) => {
    if (!isUp) throw new Refusal(0);
    return handle();
  });
  const client = new SittingClient({
    sittingId: SITTING_ID,
    owner: 'p',
    transport,
    keeper: memoryKeeper(),
    takePicture: noPicture,
  });
  clients.push(client);
  await client.open(takeOver);
  return client;
}
const after = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const answerOn = (item: number) => server.answers.get(item)?.answer ?? null;

/** A phone without a network that has two answers, in two requests. */
async function phoneCutOff(): Promise<SittingClient> {
  const phone = await opened('phone');
  isUp = false;
  phone.answer(0, 'A');
  await after(2_000);
  phone.answer(1, 'B');
  await after(30_000);
  isUp = true;
  return phone;
}

describe('A device that was replaced', () => {
  it('hands over what was given on it before, and keeps what was given after', async () => {
    const phone = await phoneCutOff();
    const laptop = await opened('laptop', true);
    laptop.answer(0, 'D');
    await after(1);
    phone.answer(2, 'C');
    await after(30_000);
    expect(phone.screen).toMatchObject({ phase: 'elsewhere', unsent: 1 });
    expect([answerOn(0), answerOn(1), answerOn(2)]).toEqual(['D', 'B', null]);
  });

  it('keeps everything that it cannot hand over, and brings it when the sitting comes back', async () => {
    const phone = await phoneCutOff();
    const laptop = await opened('laptop', true);
    laptop.dispose();
    isUp = false;
    await after(30_000);
    isUp = true;
    await phone.open(true);
    await after(15_000);
    expect(phone.screen).toMatchObject({ phase: 'open', unsent: 0 });
    expect([answerOn(0), answerOn(1)]).toEqual(['A', 'B']);
  });
});
