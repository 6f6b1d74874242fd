import type { FastifyInstance } from 'fastify';
import type { InjectPayload } from 'light-my-request';
import { csrfHeader, type Method } from '../http/actor.ts';

/** An answer with its JSON body. `T` is what the test expects; nothing checks it. */
export type TestAnswer<T> = { status: number; body: T; text: string; headers: Record<string, string>; raw: Buffer };

type SendOptions = { headers?: Record<string, string>; remoteAddress?: string };

/** A browser without a screen: keeps cookies, sends the CSRF token once it is set. */
export class TestClient {
  readonly cookies = new Map<string, string>();
  csrf: string | undefined;
  readonly #app: FastifyInstance;
  readonly #headers: Record<string, string>;

  constructor(app: FastifyInstance, headers: Record<string, string> = {}) {
    this.#app = app;
    this.#headers = headers;
  }

  get<T = Record<string, unknown>>(url: string, options?: SendOptions): Promise<TestAnswer<T>> {
    return this.send<T>('GET', url, undefined, options);
  }

  post<T = Record<string, unknown>>(url: string, body?: InjectPayload, options?: SendOptions): Promise<TestAnswer<T>> {
    return this.send<T>('POST', url, body, options);
  }

  put<T = Record<string, unknown>>(url: string, body?: InjectPayload, options?: SendOptions): Promise<TestAnswer<T>> {
    return this.send<T>('PUT', url, body, options);
  }

  patch<T = Record<string, unknown>>(url: string, body?: InjectPayload, options?: SendOptions): Promise<TestAnswer<T>> {
    return this.send<T>('PATCH', url, body, options);
  }

  delete<T = Record<string, unknown>>(
    url: string,
    body?: InjectPayload,
    options?: SendOptions,
  ): Promise<TestAnswer<T>> {
    return this.send<T>('DELETE', url, body, options);
  }

  async send<T>(method: Method, url: string, body?: InjectPayload, options: SendOptions = {}): Promise<TestAnswer<T>> {
    const answer = await this.#app.inject({
      method,
      url,
      ...(body === undefined ? {} : { payload: body }),
      headers: {
        ...this.#headers,
        ...(this.csrf === undefined ? {} : { [csrfHeader]: this.csrf }),
        ...options.headers,
      },
      cookies: Object.fromEntries(this.cookies),
      ...(options.remoteAddress === undefined ? {} : { remoteAddress: options.remoteAddress }),
    });
    for (const { name, value, maxAge } of answer.cookies) {
      if (value === '' || maxAge === 0) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const isJson = String(answer.headers['content-type'] ?? '').includes('json');
    const headers = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]));
    const parsed: T = isJson && answer.body !== '' ? answer.json<T>() : (undefined as T);
    return { status: answer.statusCode, body: parsed, text: answer.body, headers, raw: answer.rawPayload };
  }
}
