import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { makeLazyLogger } from './lazy-logger.ts';

describe('the logger of a request', () => {
  it('is made when the first line is written, and writes with the request id', () => {
    const lines: string[] = [];
    const parent = pino({ base: null, timestamp: false }, { write: (line: string) => void lines.push(line) });
    let made = 0;
    const child = parent.child.bind(parent);
    parent.child = ((...parts: Parameters<typeof child>) => {
      made += 1;
      return child(...parts);
    }) as typeof parent.child;
    const log = makeLazyLogger(parent, { reqId: 'r-1' }, {});
    expect(made).toBe(0);
    log.info({ what: 'x' }, 'first');
    log.warn('second');
    expect(made).toBe(1);
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      { level: 30, reqId: 'r-1', what: 'x', msg: 'first' },
      { level: 40, reqId: 'r-1', msg: 'second' },
    ]);
  });
});
