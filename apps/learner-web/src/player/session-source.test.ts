import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openedWith } from '../study/testing.ts';
import { freshAddress } from './fresh-address.ts';
import { SessionSource, type SourceView } from './session-source.ts';

const FIRST = '/api/study-media/one.mac/media/master.m3u8';
const SECOND = '/api/study-media/two.mac/media/master.m3u8';
const AGAIN = '/api/study-media/one.mac~1/media/master.m3u8';

const did: unknown[][] = [];
const source = {
  setGrade: vi.fn(),
  replace: (...how: unknown[]) => void did.push(['replace', ...how]),
  stop: () => void did.push(['stop']),
  dispose: vi.fn(),
};
const viewOf = (patch: Partial<SourceView> = {}, playlistUrl = FIRST): SourceView => ({
  phase: 'open',
  lesson: { ...openedWith().lesson, playlistUrl },
  resumeAtMs: 0,
  sentBack: null,
  ...patch,
});
let followed: SessionSource;
beforeEach(() => {
  did.length = 0;
  followed = new SessionSource(source, FIRST, viewOf(), (atMs) => void did.push(['restart', atMs]));
});

describe('SessionSource', () => {
  it('leaves the picture alone while its session runs', () => {
    followed.follow(viewOf());
    followed.follow(viewOf({ sentBack: { toMs: 4_000, reason: 'network-gap' } }));
    followed.follow(viewOf({ sentBack: null }));
    expect(did).toEqual([]);
  });

  it('stops loading when the session ends and goes on from the address of the next one, where that one begins', () => {
    followed.follow(viewOf({ phase: 'ended' }));
    followed.follow(viewOf({ phase: 'opening' }));
    followed.follow(viewOf({ resumeAtMs: 33_000 }, SECOND));
    followed.follow(viewOf({ resumeAtMs: 33_000 }, SECOND));
    expect(did).toEqual([['stop'], ['replace', SECOND, 33_000], ['restart', 33_000]]);
  });

  it('fetches again under another address what was never sent, once for each order', () => {
    const sentBack = { toMs: 8_000, reason: 'media-missing' };
    followed.follow(viewOf({ sentBack }));
    followed.follow(viewOf({ sentBack }));
    expect(did).toEqual([
      ['replace', AGAIN, 8_000],
      ['restart', 8_000],
    ]);
    did.length = 0;
    followed.follow(viewOf({ sentBack: { ...sentBack } }));
    expect(did[0]).toEqual(['replace', AGAIN.replace('~1', '~2'), 8_000]);
    did.length = 0;
    followed.follow(viewOf({ resumeAtMs: 12_000 }, SECOND));
    followed.follow(viewOf({ sentBack: { ...sentBack } }, SECOND));
    expect(did.map(([what, where]) => [what, where])).toEqual([
      ['replace', SECOND],
      ['restart', 12_000],
      ['replace', SECOND.replace('two.mac', 'two.mac~3')],
      ['restart', 8_000],
    ]);
  });
});

describe('freshAddress', () => {
  it.each([
    [FIRST, 1, AGAIN],
    [AGAIN, 2, '/api/study-media/one.mac~2/media/master.m3u8'],
    [
      'https://antu.example/api/study-media/a.b/c/x/index.m3u8',
      12,
      'https://antu.example/api/study-media/a.b~12/c/x/index.m3u8',
    ],
    ['/api/media/c/files/master.m3u8', 1, '/api/media/c/files/master.m3u8'],
  ])('%s, %i', (url, turn, fresh) => expect(freshAddress(url, turn)).toBe(fresh));
});
