import { errorMessage, getMe, isErrorCode, type Me, type Role, signOut as signOutEndpoint } from '@antu/contract';
import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import { toApiError } from './api/api-error.ts';
import { createApi, type Api } from './api/create-api.ts';
import { useLocale } from './composables/use-locale.ts';
import { useKitTexts } from './locales/kit-texts.ts';

/** `unknown` before the server was asked; `unreachable` when it could not be asked. */
export type SessionState = 'unknown' | 'signed-in' | 'signed-out' | 'unreachable';

export interface Session {
  me: ShallowRef<Me | null>;
  state: ShallowRef<SessionState>;
  roles: ComputedRef<readonly Role[]>;
  hasRole: (...wanted: Role[]) => boolean;
  /** Asks the server who is signed in and keeps the CSRF token. */
  refresh: () => Promise<SessionState>;
  signOut: () => Promise<void>;
  /** Notes that the server no longer knows us. */
  markSignedOut: () => void;
  /** Whether a session that was open here ended by itself: the sign-in page says why it is there again. */
  expired: ShallowRef<boolean>;
}

/** Makes the session of an app over its client. */
export function createSession(api: Api): Session {
  const me = shallowRef<Me | null>(null);
  const state = shallowRef<SessionState>('unknown');
  const expired = shallowRef(false);
  const roles = computed<readonly Role[]>(() => me.value?.roles ?? []);

  const markSignedOut = () => {
    if (state.value === 'signed-in') expired.value = true;
    me.value = null;
    state.value = 'signed-out';
    api.setCsrfToken(null);
  };
  const refresh = async () => {
    try {
      const found = await api.call(getMe, {});
      api.setCsrfToken(found.csrfToken);
      me.value = found;
      state.value = 'signed-in';
      expired.value = false;
    } catch (cause) {
      if (toApiError(cause).status === 401) markSignedOut();
      // A bad network must not throw a driver out: who we are stays as it was.
      else if (state.value !== 'signed-in') state.value = 'unreachable';
    }
    return state.value;
  };
  const signOut = async () => {
    await api.call(signOutEndpoint, {});
    markSignedOut();
    expired.value = false;
  };
  const hasRole = (...wanted: Role[]) => roles.value.some((role) => wanted.includes(role));
  return { me, state, roles, hasRole, refresh, signOut, markSignedOut, expired };
}

const { locale } = useLocale();

function textOf(code: string, details: unknown): string | undefined {
  const { t } = useKitTexts();
  if (code === 'network') return t('error.network');
  if (code === 'bad_answer') return t('error.badAnswer');
  if (code === 'aborted') return t('error.aborted');
  if (!isErrorCode(code)) return undefined;
  return errorMessage(code, (details ?? {}) as Record<string, unknown>, locale.value === 'en' ? 'en' : 'zh');
}

/** The client of the running app. */
export const api: Api = createApi({ baseUrl: '', onSignedOut: () => session.markSignedOut(), textOf });
const session: Session = createSession(api);

/** The session of the running app: who is signed in, with which roles. */
export function useSession(): Session {
  return session;
}
