import { describe, expect, it } from 'vitest';
import { effectScope } from 'vue';
import { ApiError } from '../api/api-error.ts';
import { useAsync } from './use-async.ts';

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('useAsync', () => {
  it('goes from loading to ready, and to empty for an empty list', async () => {
    const found = useAsync(async () => [1]);
    const none = useAsync(async () => [] as number[]);
    expect(found.state.value).toBe('loading');
    await settle();
    expect([found.state.value, none.state.value]).toEqual(['ready', 'empty']);
  });

  it('shows an error and recovers on retry', async () => {
    let fails = true;
    const loading = useAsync(async () => {
      if (fails) throw new ApiError('network');
      return 'ok';
    });
    await settle();
    expect([loading.state.value, loading.error.value?.code]).toEqual(['error', 'network']);
    fails = false;
    await loading.reload();
    expect([loading.state.value, loading.data.value]).toEqual(['ready', 'ok']);
  });

  it('keeps showing data while it refreshes', async () => {
    const loading = useAsync(async () => 'ok');
    await settle();
    const again = loading.reload();
    expect([loading.loading.value, loading.state.value]).toEqual([true, 'ready']);
    await again;
  });

  it('forgets an older answer that arrives later', async () => {
    const answers: ((text: string) => void)[] = [];
    const loading = useAsync(() => new Promise<string>((resolve) => answers.push(resolve)));
    void loading.reload();
    answers[1]?.('new');
    await settle();
    answers[0]?.('old');
    await settle();
    expect(loading.data.value).toBe('new');
  });

  it('cancels the call when the page is left', () => {
    const scope = effectScope();
    let signal: AbortSignal | undefined;
    scope.run(() =>
      useAsync((given) => {
        signal = given;
        return new Promise(() => {});
      }),
    );
    scope.stop();
    expect(signal?.aborted).toBe(true);
  });
});
