import { beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope } from 'vue';
import { ApiError } from '../api/api-error.ts';
import { type Pictures, usePictures } from './use-pictures.ts';

const made: string[] = [];
const revoked: string[] = [];
beforeEach(() => {
  made.length = 0;
  revoked.length = 0;
  vi.stubGlobal('URL', {
    createObjectURL: () => {
      made.push(`blob:${made.length}`);
      return made.at(-1);
    },
    revokeObjectURL: (url: string) => void revoked.push(url),
  });
});

function start(fetchOne: (key: string) => Promise<Blob>) {
  const scope = effectScope();
  const fetched = vi.fn<(key: string) => Promise<Blob>>(fetchOne);
  let pictures: Pictures | undefined;
  scope.run(() => {
    pictures = usePictures(fetched);
  });
  if (!pictures) throw new Error('no pictures');
  return { scope, fetched, pictures };
}
const blob = async () => new Blob(['x'], { type: 'image/jpeg' });

describe('usePictures', () => {
  it('fetches nothing until asked, and each picture once', async () => {
    const { pictures, fetched } = start(blob);
    expect(pictures.of('a').state).toBe('idle');
    expect(fetched).not.toHaveBeenCalled();
    await Promise.all([pictures.load(['a', 'b', 'a']), pictures.load(['b'])]);
    await pictures.load(['a']);
    expect(fetched.mock.calls.map(([key]) => key)).toEqual(['a', 'b']);
    expect(pictures.of('a')).toEqual({ state: 'ready', url: 'blob:0' });
  });

  it('never asks for more than three at once', async () => {
    let running = 0;
    let most = 0;
    const { pictures, fetched } = start(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((done) => setTimeout(done, 1));
      running -= 1;
      return blob();
    });
    await pictures.load(Array.from({ length: 12 }, (_, at) => String(at)));
    expect(fetched).toHaveBeenCalledTimes(12);
    expect(most).toBe(3);
  });

  it('tells a deleted picture from one that failed, and tries only the latter again', async () => {
    let away = true;
    const { pictures, fetched } = start(async (key) => {
      if (key === 'old') throw new ApiError('identity.picture_gone', { status: 410 });
      if (away) throw new ApiError('network');
      return blob();
    });
    await pictures.load(['old', 'new']);
    expect([pictures.of('old').state, pictures.of('new').state]).toEqual(['gone', 'failed']);
    away = false;
    await pictures.load(['old', 'new']);
    expect([pictures.of('old').state, pictures.of('new').state]).toEqual(['gone', 'ready']);
    expect(fetched).toHaveBeenCalledTimes(3);
  });

  it('forgets the pictures when the page is left, also one that arrives later', async () => {
    let arrive: (picture: Blob) => void = () => undefined;
    const { pictures, scope } = start((key) =>
      key === 'late' ? new Promise<Blob>((done) => (arrive = done)) : blob(),
    );
    await pictures.load(['a']);
    const late = pictures.load(['late']);
    scope.stop();
    arrive(await blob());
    await late;
    expect(revoked).toEqual(['blob:0']);
    expect(made).toEqual(['blob:0']);
    expect(pictures.of('a').state).toBe('idle');
  });
});
