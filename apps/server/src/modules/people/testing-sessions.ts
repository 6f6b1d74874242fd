/** For tests and benches of other modules that open sessions by hand, without the test tools of this module. */
export { csrfTokenOf, makeSessionToken, SESSION_COOKIE, sessionKeyOf } from './session-token.ts';
export { openSession } from './sessions.ts';
