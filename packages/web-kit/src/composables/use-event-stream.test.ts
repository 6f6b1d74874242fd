import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useEventStream } from './use-event-stream.ts';

class FakeSource extends EventTarget {
  closed = false;
  close() {
    this.closed = true;
  }
  say(name: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }));
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function listen() {
  const sources: FakeSource[] = [];
  const heard: unknown[] = [];
  const open = () => {
    const source = new FakeSource();
    sources.push(source);
    return source as unknown as EventSource;
  };
  const stream = useEventStream('/api/live', { tick: (data) => heard.push(data) }, { open, random: () => 0 });
  return { sources, heard, stream };
}

describe('useEventStream', () => {
  it('hands over parsed events', () => {
    const { sources, heard, stream } = listen();
    sources[0]?.dispatchEvent(new Event('open'));
    sources[0]?.say('tick', { n: 1 });
    expect([stream.state.value, heard]).toEqual(['open', [{ n: 1 }]]);
  });

  it('waits 1, 2, 4 s after failures and starts over after a success', () => {
    const { sources } = listen();
    for (const [at, waitMs] of [1000, 2000, 4000].entries()) {
      sources[at]?.dispatchEvent(new Event('error'));
      vi.advanceTimersByTime(waitMs - 1);
      expect(sources).toHaveLength(at + 1);
      vi.advanceTimersByTime(1);
      expect(sources).toHaveLength(at + 2);
    }
    sources[3]?.dispatchEvent(new Event('open'));
    sources[3]?.dispatchEvent(new Event('error'));
    vi.advanceTimersByTime(1000);
    expect(sources).toHaveLength(5);
  });

  it('stays closed once closed', () => {
    const { sources, stream } = listen();
    sources[0]?.dispatchEvent(new Event('error'));
    stream.close();
    vi.advanceTimersByTime(60_000);
    expect([sources.length, sources[0]?.closed, stream.state.value]).toEqual([1, true, 'closed']);
  });
});
