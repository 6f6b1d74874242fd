import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { FaceWorkers, type FaceWorkersOptions, FaceWorkFailed } from './face-workers.ts';

const script = new URL('../../testing/broken-worker.ts', import.meta.url);
let opened: FaceWorkers[] = [];
afterEach(async () => {
  await Promise.all(opened.map((workers) => workers.close()));
  opened = [];
});
function open(options: FaceWorkersOptions = {}): FaceWorkers {
  const workers = new FaceWorkers({ script, ...options });
  opened.push(workers);
  return workers;
}
const told = (word: string) => Buffer.from(word);
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('the processes that measure', () => {
  it('start with the first picture and answer in order', async () => {
    const workers = open();
    expect(workers.pids).toEqual([]);
    const answers = await workers.measureAll([told('a'), told('unreadable'), told('abc')]);
    expect(answers).toMatchObject([{ faces: 1 }, 'unreadable', { faces: 3 }]);
    expect(workers.pids).toHaveLength(1);
  });

  it.each(['crash', 'abort'])(
    'survive a picture that makes one %s: that picture is answered with an error',
    async (word) => {
      const workers = open();
      const broken = workers.measure(told(word));
      const after = workers.measure(told('ab'));
      await expect(broken).rejects.toThrow(FaceWorkFailed);
      expect(await after).toMatchObject({ faces: 2 });
      expect(workers.pids).toHaveLength(1);
    },
  );

  it('replace one that hangs', async () => {
    const workers = open({ pictureMs: 300 });
    await workers.measure(told('a'));
    const [first] = workers.pids;
    await expect(workers.measure(told('hang'))).rejects.toThrow(FaceWorkFailed);
    expect(await workers.measure(told('ab'))).toMatchObject({ faces: 2 });
    expect(workers.pids[0]).not.toBe(first);
  });

  it('replace one that was killed from outside', async () => {
    const workers = open();
    await workers.measure(told('a'));
    process.kill(workers.pids[0] ?? 0, 'SIGKILL');
    for (let tries = 0; workers.pids.length > 0 && tries < 100; tries += 1) await sleep(20);
    expect(await workers.measure(told('ab'))).toMatchObject({ faces: 2 });
  });

  it('say that they failed without ending', async () => {
    const workers = open();
    await expect(workers.measure(told('fail'))).rejects.toThrow('as told');
    expect(await workers.measure(told('ab'))).toMatchObject({ faces: 2 });
  });

  it('give up when they cannot start, instead of starting for ever', async () => {
    const workers = open({ script: new URL('./no-such-worker.ts', import.meta.url) });
    await expect(workers.measureAll([told('a'), told('b')])).rejects.toThrow('did not start');
    expect(workers.pids).toEqual([]);
  });

  it('refuse what finds no room, as a whole and at once', async () => {
    const workers = open({ mostWaiting: 3 });
    const first = workers.measureAll([told('slow'), told('ab')]);
    await expect(workers.measureAll([told('a'), told('b')])).rejects.toThrow('too many');
    const second = workers.measure(told('abc'));
    expect(await first).toMatchObject([{ faces: 4 }, { faces: 2 }]);
    expect(await second).toMatchObject({ faces: 3 });
  });

  it('forget what the caller does not want any more', async () => {
    const workers = open();
    const leaving = new AbortController();
    const slow = workers.measure(told('slow'));
    const left = workers.measureAll([told('crash')], { signal: leaving.signal });
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    expect(await slow).toMatchObject({ faces: 4 });
    expect(await workers.measure(told('ab'))).toMatchObject({ faces: 2 });
  });

  it('share the work when there are several', async () => {
    const workers = open({ workers: 2 });
    await workers.measureAll([told('slow'), told('slow'), told('a'), told('b')]);
    expect(workers.pids).toHaveLength(2);
  });

  it('end when they are closed, and with them what waits', async () => {
    const workers = open();
    await workers.measure(told('a'));
    const [pid = 0] = workers.pids;
    const waiting = workers.measure(told('hang'));
    const expected = expect(waiting).rejects.toThrow(FaceWorkFailed);
    await workers.close();
    await expected;
    expect(isAlive(pid)).toBe(false);
    await expect(workers.measure(told('a'))).rejects.toThrow('closed');
  });
});
