import { Readable } from 'node:stream';

/** Few, so that nearly everything has left when `beforeEnd` is asked. */
const HELD_BYTES = 1024;

/**
 * The same bytes, but the last ones follow only after `beforeEnd`: what it writes down is durable before anybody has the
 * whole. It is called once whoever reads has taken everything else and wants more, and not at all if they went away before or
 * there is nothing to read. An error of it ends the stream without those bytes.
 */
export function holdBackEnd(source: Readable, beforeEnd: () => Promise<void>): Readable {
  const parts = partsOf(source, beforeEnd);
  return new Readable({
    // Nothing ahead of demand: what is read in advance might never be sent.
    highWaterMark: 0,
    read() {
      parts.next().then(
        ({ done, value }) => this.destroyed || this.push(done ? null : value),
        (error: Error) => this.destroy(error),
      );
    },
    destroy(error, done) {
      source.destroy();
      done(error);
    },
  });
}

async function* partsOf(source: Readable, beforeEnd: () => Promise<void>): AsyncGenerator<Buffer, undefined> {
  let last: Buffer | undefined;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    if (last) yield last;
    last = chunk;
  }
  if (!last) return;
  const cut = Math.max(0, last.length - HELD_BYTES);
  if (cut > 0) yield last.subarray(0, cut);
  await beforeEnd();
  yield last.subarray(cut);
}
