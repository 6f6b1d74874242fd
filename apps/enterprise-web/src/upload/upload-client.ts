import { UPLOAD_CHUNK_BYTES, type UploadView } from '@antu/contract';
import { ApiError, toApiError } from '@antu/web-kit/api/api-error.ts';

/** The part of `File` that an upload reads. */
export interface UploadFile {
  readonly name: string;
  readonly size: number;
  readonly type: string;
  readonly lastModified: number;
  slice(from: number, to: number): Blob;
}

/** The four questions of the protocol. Every failure is an ApiError. */
export interface UploadTransport {
  create(file: UploadFile): Promise<UploadView>;
  find(uploadId: string): Promise<UploadView>;
  /** Sends bytes at an offset. @param onSent bytes of this chunk that have left the device */
  send(
    uploadId: string,
    offset: number,
    chunk: Blob,
    onSent: (bytes: number) => void,
    signal: AbortSignal,
  ): Promise<UploadView>;
}

/** What this device remembers of an upload, so that the same file goes on after a reload. */
export interface UploadMemory {
  readonly uploadId: string;
  readonly fingerprint: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly offsetBytes: number;
}
export interface UploadStore {
  load(): UploadMemory | null;
  save(memory: UploadMemory | null): void;
}

export interface UploadStatus {
  readonly phase: 'idle' | 'starting' | 'sending' | 'waiting' | 'paused' | 'done' | 'failed';
  readonly sentBytes: number;
  readonly sizeBytes: number;
  /** Milliseconds until the next try, while `waiting`. */
  readonly retryInMs: number;
  readonly upload: UploadView | null;
  readonly error: ApiError | null;
}

export interface UploadClientOptions {
  readonly transport: UploadTransport;
  readonly store: UploadStore;
  readonly onChange: (status: UploadStatus) => void;
  readonly chunkBytes?: number;
  readonly firstWaitMs?: number;
  readonly maxWaitMs?: number;
  /** Waits, or rejects when aborted; tests give their own. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly random?: () => number;
}

/** Same name, size and time of change: the same file chosen again. */
export const fingerprintOf = (file: UploadFile): string => `${file.name}|${file.size}|${file.lastModified}`;

/** Worth another try by itself: no network, an overloaded or restarting server. */
export const canRetry = ({ code, status }: ApiError): boolean =>
  code === 'network' || code === 'bad_answer' || status === 408 || status === 429 || (status >= 500 && status !== 507);

/** Waits of the n-th failure in a row (from 0): doubles to a limit, spread by up to 30 % so that a fleet does not return at once. */
export const backOffMs = (failures: number, firstMs: number, maxMs: number, random: () => number): number =>
  Math.round(Math.min(maxMs, firstMs * 2 ** failures) * (1 + 0.3 * random()));

const waitFor = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new ApiError('aborted'));
    });
  });

const IDLE: UploadStatus = { phase: 'idle', sentBytes: 0, sizeBytes: 0, retryInMs: 0, upload: null, error: null };

/**
 * Sends one file in chunks at the offset the server names, never at one it guesses. Pause, a lost network, a reload and a
 * second try all go on from there; the server's answer, not the bytes sent, is what counts as arrived.
 */
export class UploadClient {
  readonly #options: UploadClientOptions;
  #status: UploadStatus = IDLE;
  #file: UploadFile | null = null;
  #running: AbortController | null = null;
  #skipWait: (() => void) | null = null;

  constructor(options: UploadClientOptions) {
    this.#options = options;
  }

  get status(): UploadStatus {
    return this.#status;
  }

  /** Starts a file, or goes on with it if this device has sent part of it before. Resolves when it rests. */
  async start(file: UploadFile): Promise<void> {
    this.#running?.abort();
    this.#file = file;
    this.#set({ ...IDLE, phase: 'starting', sizeBytes: file.size });
    await this.#run();
  }

  /** Stops sending; what the server has stays. */
  pause(): void {
    if (this.#running === null) return;
    this.#running.abort();
    this.#running = null;
    this.#set({ phase: 'paused', sentBytes: this.#status.upload?.offsetBytes ?? 0 });
  }

  /** Goes on after a pause or a failure. */
  async resume(): Promise<void> {
    if (this.#file === null || this.#running !== null) return;
    this.#set({ phase: 'starting', error: null });
    await this.#run();
  }

  /** Ends the waiting at once: the network is back. */
  retryNow(): void {
    this.#skipWait?.();
  }

  /** Forgets the upload here; the server throws its part away after a day. */
  drop(): void {
    this.#running?.abort();
    this.#running = null;
    this.#file = null;
    this.#options.store.save(null);
    this.#set(IDLE);
  }

  async #run(): Promise<void> {
    const file = this.#file;
    if (file === null) return;
    const mine = new AbortController();
    this.#running = mine;
    let failures = 0;
    while (!mine.signal.aborted) {
      try {
        const before = this.#status.upload?.offsetBytes ?? 0;
        const upload = this.#status.upload === null ? await this.#open(file) : await this.#sendNext(file, mine.signal);
        if (mine.signal.aborted) return;
        if (upload.offsetBytes > before) failures = 0;
        this.#take(file, upload);
        if (upload.state === 'receiving' && upload.offsetBytes < file.size) continue;
        this.#end(upload);
        return;
      } catch (cause) {
        if (mine.signal.aborted) return;
        const rest = await this.#recover(toApiError(cause), failures, mine.signal);
        if (!rest) return;
        failures += 1;
      }
    }
  }

  /** The upload this device began before, if the server still has it open; else a new one. */
  async #open(file: UploadFile): Promise<UploadView> {
    const memory = this.#options.store.load();
    if (memory?.fingerprint === fingerprintOf(file)) {
      try {
        const known = await this.#options.transport.find(memory.uploadId);
        if (known.sizeBytes === file.size && (known.state === 'receiving' || known.state === 'received')) return known;
      } catch (cause) {
        if (toApiError(cause).status !== 404) throw cause;
      }
    }
    return this.#options.transport.create(file);
  }

  async #sendNext(file: UploadFile, signal: AbortSignal): Promise<UploadView> {
    const { upload } = this.#status;
    if (upload === null) throw new ApiError('unexpected');
    const offset = upload.offsetBytes;
    const end = Math.min(file.size, offset + (this.#options.chunkBytes ?? UPLOAD_CHUNK_BYTES));
    const onSent = (bytes: number) => {
      if (!signal.aborted) this.#set({ sentBytes: Math.min(end, offset + bytes) });
    };
    return this.#options.transport.send(upload.id, offset, file.slice(offset, end), onSent, signal);
  }

  #take(file: UploadFile, upload: UploadView): void {
    const { id: uploadId, offsetBytes, sizeBytes } = upload;
    const open = upload.state === 'receiving';
    this.#options.store.save(
      open ? { uploadId, fingerprint: fingerprintOf(file), fileName: file.name, sizeBytes, offsetBytes } : null,
    );
    this.#set({ phase: 'sending', upload, sentBytes: offsetBytes, error: null, retryInMs: 0 });
  }

  #end(upload: UploadView): void {
    this.#running = null;
    if (upload.state === 'received') this.#set({ phase: 'done', sentBytes: upload.sizeBytes });
    else this.#fail(new ApiError('courses.not_a_video', { message: upload.failure ?? upload.state }));
  }

  #fail(error: ApiError): void {
    this.#running = null;
    // Signed out meanwhile: the bytes are still there for whoever signs in again and chooses the file once more.
    if (error.status !== 401) this.#options.store.save(null);
    this.#set({ phase: 'failed', error, upload: null });
  }

  /** @returns true to try again */
  async #recover(error: ApiError, failures: number, signal: AbortSignal): Promise<boolean> {
    if (error.code === 'courses.upload_offset') return this.#takeOffset(error, failures, signal);
    if (!canRetry(error)) {
      this.#fail(error);
      return false;
    }
    return this.#waitAndAsk(failures, error, signal);
  }

  /** The server expects another offset (a chunk arrived whose answer was lost): its own is the true one. */
  async #takeOffset(error: ApiError, failures: number, signal: AbortSignal): Promise<boolean> {
    const { upload } = this.#status;
    const offsetBytes = (error.details as { offsetBytes?: unknown } | undefined)?.offsetBytes;
    if (upload === null || typeof offsetBytes !== 'number') return this.#waitAndAsk(failures, error, signal);
    this.#set({ upload: { ...upload, offsetBytes }, sentBytes: offsetBytes });
    // A server that never agrees must not be asked in a tight loop.
    return failures < 3 ? true : this.#waitAndAsk(failures, error, signal);
  }

  async #waitAndAsk(failures: number, error: ApiError, signal: AbortSignal): Promise<boolean> {
    const { firstWaitMs = 1_000, maxWaitMs = 30_000, wait = waitFor, random = Math.random } = this.#options;
    const retryInMs = backOffMs(failures, firstWaitMs, maxWaitMs, random);
    this.#set({ phase: 'waiting', retryInMs, error, sentBytes: this.#status.upload?.offsetBytes ?? 0 });
    try {
      await Promise.race([wait(retryInMs, signal), new Promise<void>((resolve) => (this.#skipWait = resolve))]);
    } catch {
      return false;
    } finally {
      this.#skipWait = null;
    }
    if (signal.aborted) return false;
    this.#set({ phase: this.#status.upload === null ? 'starting' : 'sending', retryInMs: 0 });
    return this.#askOffset(signal);
  }

  /** After a break only the server knows how much of the last chunk arrived. */
  async #askOffset(signal: AbortSignal): Promise<boolean> {
    const { upload } = this.#status;
    if (upload === null) return true;
    try {
      const known = await this.#options.transport.find(upload.id);
      if (signal.aborted) return false;
      this.#set({ upload: known, sentBytes: known.offsetBytes });
      if (known.state === 'receiving') return true;
      if (this.#file) this.#take(this.#file, known);
      this.#end(known);
      return false;
    } catch (cause) {
      if (canRetry(toApiError(cause))) return true;
      this.#fail(toApiError(cause));
      return false;
    }
  }

  #set(change: Partial<UploadStatus>): void {
    this.#status = { ...this.#status, ...change };
    this.#options.onChange(this.#status);
  }
}
