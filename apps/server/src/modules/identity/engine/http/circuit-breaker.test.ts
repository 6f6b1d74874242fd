import { describe, expect, it } from 'vitest';
import { CircuitBreaker, CircuitOpen } from './circuit-breaker.ts';

function breakerOf() {
  let nowMs = 0;
  const breaker = new CircuitBreaker({ mostFailures: 3, openMs: 1000, now: () => nowMs });
  const fail = () => breaker.run(() => Promise.reject(new Error('down'))).catch((error: unknown) => error);
  const succeed = () => breaker.run(() => Promise.resolve('up')).catch((error: unknown) => error);
  const wait = (ms: number) => {
    nowMs += ms;
  };
  return { breaker, fail, succeed, wait };
}

describe('the circuit breaker', () => {
  it('opens at the third failure in a row, not at the second', async () => {
    const { breaker, fail, succeed } = breakerOf();
    await fail();
    await fail();
    expect(breaker.state).toBe('closed');
    expect(await succeed()).toBe('up');
    await fail();
    await fail();
    expect(breaker.state).toBe('closed');
    await fail();
    expect(breaker.state).toBe('open');
    expect(await succeed()).toBeInstanceOf(CircuitOpen);
  });

  it('lets one question through after its pause, and closes if that is answered', async () => {
    const { breaker, fail, succeed, wait } = breakerOf();
    for (const _ of [1, 2, 3]) await fail();
    wait(999);
    expect(await succeed()).toBeInstanceOf(CircuitOpen);
    wait(1);
    expect(breaker.state).toBe('half-open');
    const probe = Promise.withResolvers<string>();
    const asked = breaker.run(() => probe.promise);
    expect(await succeed()).toBeInstanceOf(CircuitOpen);
    probe.resolve('back');
    expect(await asked).toBe('back');
    expect(breaker.state).toBe('closed');
    expect(await succeed()).toBe('up');
  });

  it('opens again at once if the probe fails', async () => {
    const { breaker, fail, succeed, wait } = breakerOf();
    for (const _ of [1, 2, 3]) await fail();
    wait(1000);
    await fail();
    expect(breaker.state).toBe('open');
    wait(999);
    expect(await succeed()).toBeInstanceOf(CircuitOpen);
    wait(1);
    expect(await succeed()).toBe('up');
  });

  it('does not count what does not speak against the service, not even as a probe', async () => {
    const { breaker, fail, wait } = breakerOf();
    const leave = () =>
      breaker.run(
        () => Promise.reject(new Error('gone')),
        () => false,
      );
    for (const _ of [1, 2, 3]) await expect(leave()).rejects.toThrow('gone');
    expect(breaker.state).toBe('closed');
    for (const _ of [1, 2, 3]) await fail();
    wait(1000);
    await expect(leave()).rejects.toThrow('gone');
    expect(breaker.state).toBe('half-open');
  });
});
