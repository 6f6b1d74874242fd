import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SittingClient } from './sitting-client.ts';
import { FakeExamServer, memoryKeeper, SITTING_ID, T0 } from './testing.ts';

let server: FakeExamServer;
let client: SittingClient;

beforeEach(() => {
  vi.useFakeTimers({
    now: T0,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
  server = new FakeExamServer(() => Date.now());
});
afterEach(() => {
  client.dispose();
  vi.useRealTimers();
});
const after = (ms: number) => vi.advanceTimersByTimeAsync(ms);

async function opened(): Promise<void> {
  client = new SittingClient({
    sittingId: SITTING_ID,
    owner: 'p',
    transport: server.line('phone'),
    keeper: memoryKeeper(),
    takePicture: async () => ({ picture: 'cGljdHVyZQ==', failure: null }),
    random: () => 0.5,
  });
  await client.open();
  await after(100);
}

describe('pictures in passing', () => {
  it('are taken when the server asks, once each, and the learner sees that there are some', async () => {
    server.watched = true;
    await opened();
    expect(client.screen.camera).toEqual({ state: 'ready', fault: null });
    server.picture = { id: 0 };
    await after(60_000);
    expect(server.pictures).toEqual([{ id: 0, report: { picture: 'cGljdHVyZQ==', failure: null } }]);
  });

  it('are asked for also of somebody who answers without a pause', async () => {
    server.watched = true;
    await opened();
    const looks = server.looks;
    server.picture = { id: 0 };
    for (let n = 0; n < 12; n += 1) {
      client.answer(0, n % 2 === 0 ? 'A' : 'B');
      await after(5_000);
    }
    expect(server.looks - looks).toBeGreaterThanOrEqual(2);
    expect(server.pictures).toHaveLength(1);
  });

  it('are none where nobody is watched', async () => {
    await opened();
    await after(60_000);
    expect(client.screen.camera.state).toBe('off');
    expect(server.pictures).toEqual([]);
  });
});
