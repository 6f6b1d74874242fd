import { ApiError } from '@antu/web-kit/api/api-error.ts';
import { api } from '@antu/web-kit/session.ts';
import { beforeEach, expect, it, vi } from 'vitest';
import { askHomeEarly, loadHome } from './home-data.ts';

const HOME = { displayName: '林守诚' };
const call = vi.spyOn(api, 'call');
const { signal } = new AbortController();

beforeEach(() => {
  call.mockReset();
  call.mockResolvedValue(HOME as never);
});

it('uses the early answer once', async () => {
  askHomeEarly();
  expect(await loadHome(signal)).toMatchObject(HOME);
  expect(call).toHaveBeenCalledTimes(2);
  await loadHome(signal);
  expect(call).toHaveBeenCalledTimes(4);
});

it('asks again when the early question was refused, as it is while nobody is signed in', async () => {
  call.mockRejectedValue(new ApiError('platform.not_signed_in', { status: 401 }));
  askHomeEarly();
  await new Promise((resolve) => setTimeout(resolve));
  call.mockResolvedValue(HOME as never);
  expect(await loadHome(signal)).toMatchObject(HOME);
});

it('does not show an early answer to whoever comes later', async () => {
  vi.useFakeTimers();
  askHomeEarly();
  await vi.advanceTimersByTimeAsync(15_001);
  call.mockResolvedValue({ displayName: '陈初行' } as never);
  expect(await loadHome(signal)).toMatchObject({ displayName: '陈初行' });
  vi.useRealTimers();
});
