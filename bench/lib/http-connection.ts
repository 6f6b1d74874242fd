import { connect, type Socket } from 'node:net';

export type RawAnswer = { status: number; body: () => string };

/**
 * One keep-alive connection that sends a request at a time. Made for load: parses no more of an answer than its status
 * and its length, so that the generator costs little of the machine that it measures.
 */
export class HttpConnection {
  readonly #port: number;
  #socket: Socket | undefined;
  #chunks: Buffer = Buffer.alloc(0);
  #onAnswer: ((answer: RawAnswer) => void) | undefined;
  #onError: ((error: Error) => void) | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  /** Sends a request; `onAnswer` is called once with its answer, or `onError` once. */
  send(request: string, onAnswer: (answer: RawAnswer) => void, onError: (error: Error) => void): void {
    this.#onAnswer = onAnswer;
    this.#onError = onError;
    this.#socket ??= this.#open();
    this.#socket.write(request);
  }

  close(): void {
    this.#onError = undefined;
    this.#socket?.destroy();
  }

  #open(): Socket {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    socket.on('data', (chunk) => this.#take(chunk));
    const fail = (error?: Error) => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      this.#chunks = Buffer.alloc(0);
      this.#onError?.(error ?? new Error('connection closed'));
    };
    socket.on('error', fail);
    socket.on('close', () => fail());
    return socket;
  }

  #take(chunk: Buffer): void {
    const data = this.#chunks.length === 0 ? chunk : Buffer.concat([this.#chunks, chunk]);
    const headEnd = data.indexOf('\r\n\r\n');
    if (headEnd === -1) {
      this.#chunks = data;
      return;
    }
    const at = data.indexOf('ontent-length: ');
    const length = at === -1 || at > headEnd ? 0 : Number.parseInt(data.toString('latin1', at + 15, at + 25), 10);
    const end = headEnd + 4 + length;
    if (data.length < end) {
      this.#chunks = data;
      return;
    }
    this.#chunks = data.length === end ? Buffer.alloc(0) : data.subarray(end);
    const status = (data[9] ?? 48) * 100 + (data[10] ?? 48) * 10 + (data[11] ?? 48) - 48 * 111;
    this.#onAnswer?.({ status, body: () => data.toString('utf8', headEnd + 4, end) });
  }
}

/** A POST with a JSON body, as bytes on the wire. */
export function postRequest(path: string, headers: string, body: string): string {
  return `POST ${path} HTTP/1.1\r\nhost: localhost\r\n${headers}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** A GET, as bytes on the wire. */
export const getRequest = (path: string, headers: string): string =>
  `GET ${path} HTTP/1.1\r\nhost: localhost\r\n${headers}\r\n`;
