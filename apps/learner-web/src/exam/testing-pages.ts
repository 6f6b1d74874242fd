import { afterEach, beforeEach, vi } from 'vitest';
import { SittingClient } from './sitting-client.ts';
import { FakeExamServer, memoryKeeper, noPicture, Refusal, SITTING_ID, T0 } from './testing.ts';

export let server: FakeExamServer;
export let keeper: ReturnType<typeof memoryKeeper>;
/** What the network does to each request. */
export const net: { is: 'up' | 'down' | 'deaf' } = { is: 'up' };
export const clients: SittingClient[] = [];

beforeEach(() => {
  vi.useFakeTimers({
    now: T0,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
  server = new FakeExamServer(() => Date.now());
  keeper = memoryKeeper();
  net.is = 'up';
});
afterEach(() => {
  for (const one of clients.splice(0)) one.dispose();
  vi.useRealTimers();
});

export function page(device = 'phone', on = keeper): SittingClient {
  const line = server.line(device, async (handle) => {
    if (net.is === 'down') throw new Refusal(0);
    const answer = handle();
    if (net.is === 'deaf') throw new Refusal(0);
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
export async function opened(device?: string, on?: typeof keeper): Promise<SittingClient> {
  const client = page(device, on);
  await client.open();
  await vi.advanceTimersByTimeAsync(100);
  return client;
}
export const after = (ms: number) => vi.advanceTimersByTimeAsync(ms);
export const answerOn = (item: number) => server.answers.get(item)?.answer ?? null;
