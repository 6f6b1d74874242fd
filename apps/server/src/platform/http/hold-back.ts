import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

/** Few, so that nearly everything has left when `beforeEnd` is asked. */
const HELD_BYTES = 1024;

/**
 * The same bytes, but the last ones follow only after `beforeEnd`: what it writes down is durable before anybody has the
 * whole. It is called once `sink` has taken everything else, and not at all if whoever reads has gone before or the file is
 * empty. An error of it ends the stream, and so the answer, without those bytes.
 */
export function holdBackEnd(source: Readable, sink: ServerResponse, beforeEnd: () => Promise<void>): Readable {
  return Readable.from(partsOf(source, sink, beforeEnd));
}

async function* partsOf(
  source: Readable,
  sink: ServerResponse,
  beforeEnd: () => Promise<void>,
): AsyncGenerator<Buffer> {
  let last: Buffer | undefined;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    if (last) yield last;
    last = chunk;
  }
  if (!last) return;
  const cut = Math.max(0, last.length - HELD_BYTES);
  if (cut > 0) yield last.subarray(0, cut);
  await drained(sink);
  if (sink.destroyed) return;
  await beforeEnd();
  yield last.subarray(cut);
}

/** Resolves when nothing waits to be handed to the operating system, or the connection is gone. */
async function drained(sink: ServerResponse): Promise<void> {
  if (!sink.writableNeedDrain) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      sink.off('drain', done);
      sink.off('close', done);
      resolve();
    };
    sink.on('drain', done);
    sink.on('close', done);
  });
}
