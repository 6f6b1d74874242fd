import type { FastifyRequest } from 'fastify';
import type { RouteContext } from '../../platform/http/route.ts';
import { SESSION_COOKIE } from './session-token.ts';

type CookieContext = Pick<RouteContext, 'platform' | 'request' | 'reply'>;

const optionsOf = ({ platform, request }: CookieContext) => {
  const { cookieSecure } = platform.settings;
  const secure = cookieSecure === 'auto' ? request.protocol === 'https' : cookieSecure === 'true';
  return { path: '/', httpOnly: true, sameSite: 'strict', secure } as const;
};

/** A cookie of the browser session: closing the browser signs out. */
export const setSessionCookie = (ctx: CookieContext, token: string): void => {
  ctx.reply.setCookie(SESSION_COOKIE, token, optionsOf(ctx));
};

export const clearSessionCookie = (ctx: CookieContext): void => {
  ctx.reply.clearCookie(SESSION_COOKIE, optionsOf(ctx));
};

const TOKEN = new RegExp(`(?:^|;)\\s*${SESSION_COOKIE}=([^;\\s]*)`);

/** The token that a request carries, whatever it is worth. */
export const sessionTokenOf = (request: Pick<FastifyRequest, 'headers'>): string | undefined =>
  TOKEN.exec(request.headers.cookie ?? '')?.[1];
