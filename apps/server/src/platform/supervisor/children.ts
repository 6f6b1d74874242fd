import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../errors.ts';

/** What a child tells its supervisor. */
export type ChildMessage = { type: 'ready' } | { type: 'failed'; sentence: string };
/** What a supervisor tells its child. */
export type SupervisorMessage = { type: 'stop' };

export type Child = {
  /** Resolves when the child works for the first time; rejects if it ends before that. */
  started: Promise<void>;
  /** Ends it: asked first, killed after the patience. */
  stop(patienceMs?: number): Promise<void>;
};

const longestPauseMs = 10_000;

/** Keeps a child process running: one that dies is started again, with growing pauses while it keeps dying. */
export function keepRunning(name: string, file: string, report: (line: string) => void): Child {
  let stopping = false;
  let current: ChildProcess | undefined;
  let pauseMs = 200;
  let hasWorked = false;
  const { promise: started, resolve, reject } = Promise.withResolvers<void>();
  const gone = Promise.withResolvers<void>();

  const launch = (): void => {
    // detached: Ctrl-C reaches the supervisor alone, which ends everything in order.
    const child = fork(file, [], { detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    current = child;
    const launchedMs = Date.now();
    let sentence = `The ${name} process ended while it started.`;
    child.on('message', (message: ChildMessage) => {
      if (message.type === 'failed') sentence = message.sentence;
      if (message.type === 'ready') {
        hasWorked = true;
        resolve();
      }
    });
    child.once('exit', (code, signal) => {
      if (stopping) return gone.resolve();
      if (!hasWorked) return reject(new StartError(sentence));
      if (Date.now() - launchedMs > 60_000) pauseMs = 200;
      report(`The ${name} process ended (${signal ?? `code ${code}`}); it is started again.`);
      void sleep(pauseMs).then(() => (stopping ? gone.resolve() : launch()));
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    });
  };
  launch();

  return {
    started,
    stop: async (patienceMs = 20_000) => {
      stopping = true;
      if (!current || current.exitCode !== null || current.signalCode !== null) return;
      const ask: SupervisorMessage = { type: 'stop' };
      if (current.connected) current.send(ask, () => undefined);
      const inTime = await Promise.race([gone.promise.then(() => true), sleep(patienceMs, false, { ref: false })]);
      if (!inTime) current.kill('SIGKILL');
      await gone.promise;
    },
  };
}
