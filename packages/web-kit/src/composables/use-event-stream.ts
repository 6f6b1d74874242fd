import { getCurrentScope, onScopeDispose, ref, type Ref } from 'vue';

export type StreamState = 'connecting' | 'open' | 'waiting' | 'closed';

export interface EventStreamOptions {
  /** First wait before trying again, in milliseconds; doubles up to `maxWaitMs`, with up to 30 % of chance added. */
  firstWaitMs?: number;
  maxWaitMs?: number;
  /** Maker of the source; tests give their own. */
  open?: (url: string) => EventSource;
  random?: () => number;
}

/**
 * Listens to a stream of server-sent events and reconnects with growing waits.
 * @param handlers one function per event name, given the parsed JSON of the event
 */
export function useEventStream(
  url: string,
  handlers: Record<string, (data: unknown) => void>,
  options: EventStreamOptions = {},
): { state: Ref<StreamState>; close: () => void } {
  const { firstWaitMs = 1000, maxWaitMs = 30_000, random = Math.random } = options;
  const open = options.open ?? ((address: string) => new EventSource(address));
  const state = ref<StreamState>('connecting');
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const connect = () => {
    state.value = 'connecting';
    const opened = open(url);
    source = opened;
    opened.addEventListener('open', () => {
      failures = 0;
      state.value = 'open';
    });
    // The browser's own retry is every 3 s for ever; thousands of consoles after a restart need spreading.
    opened.addEventListener('error', () => {
      opened.close();
      state.value = 'waiting';
      const wait = Math.min(maxWaitMs, firstWaitMs * 2 ** failures) * (1 + 0.3 * random());
      failures += 1;
      timer = setTimeout(connect, wait);
    });
    for (const [name, handle] of Object.entries(handlers)) {
      opened.addEventListener(name, (event) => handle(JSON.parse((event as MessageEvent<string>).data)));
    }
  };

  const close = () => {
    clearTimeout(timer);
    source?.close();
    state.value = 'closed';
  };

  connect();
  if (getCurrentScope()) onScopeDispose(close);
  return { state, close };
}
