import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FrameMeasures } from '@antu/domain';

/** `everybody`: smaller faces beside the large one are looked for too. */
export type WorkerOrder = { id: number; picture: Uint8Array; everybody: boolean };
export type WorkerAnswer =
  | { type: 'ready' }
  | { type: 'measured'; id: number; measures: FrameMeasures }
  | { type: 'unreadable'; id: number }
  | { type: 'failed'; id: number; reason: string };

export type FaceWorkersOptions = {
  /** Processes, each with 400 MiB and one core at low priority. Default 1. */
  workers?: number;
  /** How far below this process they stand for the processor, 0 to 19. Default 10: those who answer people go first. */
  niceness?: number;
  /** Pictures that may wait; more are refused at once. Default 200. */
  mostWaiting?: number;
  /** A picture that takes longer is given up and its process replaced, ms. Default 30,000: a busy machine lets it wait. */
  pictureMs?: number;
  /** The script of a process; tests put in one that breaks. */
  script?: URL;
};

export type MeasureOptions = { everybody?: boolean; signal?: AbortSignal | undefined };

/** Nothing was measured, and not because of the picture: too many wait, or the process broke or took too long. */
export class FaceWorkFailed extends Error {}

type Job = WorkerOrder & {
  resolve(measures: FrameMeasures | 'unreadable'): void;
  reject(error: Error): void;
};
type Host = { child: ChildProcess; isReady: boolean; job: Job | null; timer: NodeJS.Timeout | undefined };

/** Models of a cold machine are read from disk. */
const START_MS = 60_000;

/**
 * Measures pictures in processes of their own, in the order of arrival. Starts them with the first picture and replaces
 * those that end. An idle process does not keep the parent alive.
 */
export class FaceWorkers {
  readonly #workers: number;
  readonly #mostWaiting: number;
  readonly #pictureMs: number;
  readonly #niceness: number;
  readonly #script: URL;
  #waiting: Job[] = [];
  #hosts: Host[] = [];
  #nextId = 1;
  #isClosed = false;

  constructor(options: FaceWorkersOptions = {}) {
    this.#workers = options.workers ?? 1;
    this.#mostWaiting = options.mostWaiting ?? 200;
    this.#pictureMs = options.pictureMs ?? 30_000;
    this.#niceness = options.niceness ?? 10;
    this.#script = options.script ?? new URL('./face-worker.ts', import.meta.url);
  }

  /** Ids of the running processes. */
  get pids(): number[] {
    return this.#hosts.flatMap(({ child }) => child.pid ?? []);
  }

  /** Rejects with `FaceWorkFailed`, or with the signal's reason. */
  async measure(picture: Uint8Array, how: MeasureOptions = {}): Promise<FrameMeasures | 'unreadable'> {
    const [measures] = await this.measureAll([picture], how);
    if (!measures) throw new FaceWorkFailed('no answer');
    return measures;
  }

  /** All of them or none: a check whose pictures find no room is refused before any work. */
  async measureAll(
    pictures: readonly Uint8Array[],
    { everybody = false, signal }: MeasureOptions = {},
  ): Promise<readonly (FrameMeasures | 'unreadable')[]> {
    signal?.throwIfAborted();
    if (this.#isClosed) throw new FaceWorkFailed('closed');
    if (this.#waiting.length + pictures.length > this.#mostWaiting) throw new FaceWorkFailed('too many pictures wait');
    const jobs = pictures.map((picture) => {
      const { promise, resolve, reject } = Promise.withResolvers<FrameMeasures | 'unreadable'>();
      const job: Job = { id: this.#nextId++, picture, everybody, resolve, reject };
      this.#waiting.push(job);
      return { job, promise };
    });
    const withdraw = (reason: Error) => {
      this.#waiting = this.#waiting.filter((one) => !jobs.some(({ job }) => job === one));
      for (const { job } of jobs) job.reject(reason);
    };
    const abort = () => withdraw(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    try {
      this.#work();
      return await Promise.all(jobs.map(({ promise }) => promise));
    } catch (error) {
      // One that failed decides; the others of the same check need no work any more.
      withdraw(error as Error);
      throw error;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Ends the processes; what waits is rejected. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const hosts = this.#hosts;
    this.#rejectWaiting(new FaceWorkFailed('closed'));
    const ends = hosts.map(({ child }) => once(child, 'exit'));
    for (const { child } of hosts) {
      // Otherwise a parent with nothing else to do would not wait for the end.
      child.ref();
      child.kill('SIGKILL');
    }
    await Promise.all(ends);
  }

  #work(): void {
    if (this.#isClosed) return;
    for (const host of this.#hosts.filter(({ isReady, job }) => isReady && !job)) this.#give(host);
    const starting = this.#hosts.filter(({ isReady }) => !isReady).length;
    if (this.#waiting.length > starting && this.#hosts.length < this.#workers) this.#start();
    // One that has nothing to do lets the parent end.
    for (const { child, isReady, job } of this.#hosts) {
      const isBusy = job !== null || (!isReady && this.#waiting.length > 0);
      if (isBusy) child.ref();
      else child.unref();
      if (isBusy) child.channel?.ref();
      else child.channel?.unref();
    }
  }

  #give(host: Host): void {
    const job = this.#waiting.shift();
    if (!job) return;
    host.job = job;
    host.timer = setTimeout(() => host.child.kill('SIGKILL'), this.#pictureMs);
    const { id, picture, everybody } = job;
    host.child.send({ id, picture, everybody } satisfies WorkerOrder);
  }

  #start(): void {
    const child = fork(fileURLToPath(this.#script), [String(this.#niceness)], {
      serialization: 'advanced',
      // Foreign bytes are opened there: it gets no secrets and no options of the parent.
      env: {},
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const host: Host = { child, isReady: false, job: null, timer: undefined };
    host.timer = setTimeout(() => child.kill('SIGKILL'), START_MS);
    this.#hosts.push(host);
    child.on('message', (answer: WorkerAnswer) => this.#take(host, answer));
    child.on('error', () => this.#end(host));
    child.on('exit', () => this.#end(host));
  }

  #take(host: Host, answer: WorkerAnswer): void {
    const { job } = host;
    if (answer.type !== 'ready' && answer.id !== job?.id) return;
    clearTimeout(host.timer);
    if (answer.type === 'ready') host.isReady = true;
    else if (answer.type === 'measured') job?.resolve(answer.measures);
    else if (answer.type === 'unreadable') job?.resolve('unreadable');
    else job?.reject(new FaceWorkFailed(answer.reason));
    host.job = null;
    this.#work();
  }

  #end(host: Host): void {
    clearTimeout(host.timer);
    if (!this.#hosts.includes(host)) return;
    this.#hosts = this.#hosts.filter((one) => one !== host);
    host.job?.reject(new FaceWorkFailed('the process ended over this picture'));
    // One that cannot even start would not start a second time either.
    if (!host.isReady) this.#rejectWaiting(new FaceWorkFailed('the process did not start'));
    this.#work();
  }

  #rejectWaiting(reason: FaceWorkFailed): void {
    for (const job of this.#waiting.splice(0)) job.reject(reason);
  }
}
