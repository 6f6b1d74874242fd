import { watch } from 'vue';
import type { Router } from 'vue-router';
import { useLocale } from './composables/use-locale.ts';
import { useSession, type Session } from './session.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Open to everybody; every other page asks for a signed-in account first. */
    public?: boolean;
    /** Title of the page in the language on screen. */
    title?: () => string;
  }
}

/**
 * Sends people without a session to the page named `sign-in` and back again afterwards, also when the session ends while
 * a page is open. A server that cannot be reached does not count as signed out: the page itself then says so.
 */
export function guardRoutes(router: Router, session: Session = useSession()): void {
  router.beforeEach(async (to) => {
    if (to.meta.public) return true;
    if (session.state.value === 'unknown' || session.state.value === 'unreachable') await session.refresh();
    if (session.state.value !== 'signed-out') return true;
    return { name: 'sign-in', query: to.fullPath === '/' ? {} : { from: to.fullPath } };
  });
  watch(session.state, (now, before) => {
    const { meta, fullPath } = router.currentRoute.value;
    if (before === 'signed-in' && now === 'signed-out' && !meta.public) {
      void router.push({ name: 'sign-in', query: { from: fullPath } });
    }
  });
}

/** Where to go after signing in: the page first asked for, if it is one of ours. */
export function pathAfterSignIn(from: unknown): string {
  return typeof from === 'string' && /^\/(?![/\\])/.test(from) ? from : '/';
}

/** Keeps the title of the window true: page first, then the app, in the language on screen. */
export function titlePages(router: Router, appName: () => string): void {
  const { locale } = useLocale();
  watch(
    [router.currentRoute, locale],
    ([route]) => {
      const page = route.meta.title?.();
      document.title = page ? `${page} · ${appName()}` : appName();
    },
    { flush: 'post' },
  );
}
