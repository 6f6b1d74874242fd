import { describe, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { createApi } from './api/create-api.ts';
import { guardRoutes, pathAfterSignIn } from './router-guard.ts';
import { createSession } from './session.ts';

const ME = {
  account: { id: '0a6f5b6e-6a1c-4d5f-9d0a-3f7f5a1b2c3d', login: 'chen', personId: null },
  displayName: '陈*',
  roles: ['enterprise-manager'],
  memberships: [],
  organisation: null,
  region: null,
  csrfToken: 'csrf-1',
  idleTimeoutSeconds: 1800,
  passwordExpiresAt: null,
};
const SIGNED_OUT = { error: { code: 'platform.not_signed_in', message: '请先登录。' } };

type Mood = 'in' | 'out' | 'dead';
function makeSession(start: Mood) {
  let mood = start;
  const api = createApi({
    baseUrl: '',
    fetch: async () => {
      if (mood === 'dead') throw new TypeError('no line');
      if (mood === 'out') return new Response(JSON.stringify(SIGNED_OUT), { status: 401 });
      return new Response(JSON.stringify({ ...ME, signedOut: true }));
    },
  });
  const setMood = (next: Mood) => {
    mood = next;
  };
  return { api, session: createSession(api), setMood };
}

describe('createSession', () => {
  it('keeps who is signed in and the CSRF token', async () => {
    const { api, session } = makeSession('in');
    expect(await session.refresh()).toBe('signed-in');
    expect([session.me.value?.displayName, api.csrfToken()]).toEqual(['陈*', 'csrf-1']);
    expect([session.hasRole('enterprise-manager'), session.hasRole('teacher')]).toEqual([true, false]);
  });

  it('forgets everything when the server does not know us', async () => {
    const { api, session, setMood } = makeSession('in');
    await session.refresh();
    setMood('out');
    await session.refresh();
    expect([session.state.value, session.me.value, api.csrfToken()]).toEqual(['signed-out', null, null]);
  });

  it('tells a session that ended by itself from one that was closed, and from none', async () => {
    const { session, setMood } = makeSession('in');
    await session.refresh();
    setMood('out');
    await session.refresh();
    expect(session.expired.value).toBe(true);
    setMood('in');
    await session.refresh();
    expect(session.expired.value).toBe(false);
    await session.signOut();
    expect(session.expired.value).toBe(false);
    const stranger = makeSession('out').session;
    await stranger.refresh();
    expect(stranger.expired.value).toBe(false);
  });

  it('does not throw anybody out because the line is dead', async () => {
    const { session, setMood } = makeSession('in');
    await session.refresh();
    setMood('dead');
    expect(await session.refresh()).toBe('signed-in');
    expect(await makeSession('dead').session.refresh()).toBe('unreachable');
  });
});

describe('guardRoutes', () => {
  function makeRouter(mood: Mood, { session } = makeSession(mood)) {
    const component = { render: () => null };
    const router = createRouter({
      history: createMemoryHistory(),
      routes: [
        { path: '/', component },
        { path: '/hours', component },
        { path: '/verify', component, meta: { public: true } },
        { path: '/sign-in', name: 'sign-in', component, meta: { public: true } },
      ],
    });
    guardRoutes(router, session);
    return router;
  }

  it.each([
    ['out', '/hours', '/sign-in?from=/hours'],
    ['out', '/', '/sign-in'],
    ['out', '/verify', '/verify'],
    ['in', '/hours', '/hours'],
    ['dead', '/hours', '/hours'],
  ] as const)('somebody %s who asks for %s gets %s', async (mood, asked, got) => {
    const router = makeRouter(mood);
    await router.push(asked);
    expect(router.currentRoute.value.fullPath).toBe(got);
  });

  it.each([
    ['/hours', '/sign-in?from=/hours'],
    ['/verify', '/verify'],
  ])('whose session ends on %s is led to %s', async (asked, got) => {
    const world = makeSession('in');
    const router = makeRouter('in', world);
    await world.session.refresh();
    await router.push(asked);
    world.setMood('out');
    await world.session.refresh();
    await vi.waitFor(() => expect(router.currentRoute.value.fullPath).toBe(got));
  });

  it.each([
    ['/hours?day=1', '/hours?day=1'],
    ['//evil.test', '/'],
    ['/\\evil.test', '/'],
    ['https://evil.test', '/'],
    [undefined, '/'],
  ])('after signing in, %s leads to %s', (from, to) => {
    expect(pathAfterSignIn(from)).toBe(to);
  });
});
