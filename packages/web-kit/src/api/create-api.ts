import type { Endpoint, EndpointAnswer, EndpointInput } from '@antu/contract';
import { ApiError } from './api-error.ts';

export interface ApiOptions {
  /** Origin in front of every path; empty for the same origin. */
  baseUrl: string;
  fetch?: typeof fetch;
  /** Called when the server says that nobody is signed in. */
  onSignedOut?: () => void;
  /** Text of an error code in the language on screen; undefined falls back to the server's Chinese text. */
  textOf?: (code: string, details: unknown) => string | undefined;
}

export interface CallOptions {
  signal?: AbortSignal;
  /** Lets the request outlive the page, for the last words of a closing player. */
  keepalive?: boolean;
}

export interface Api {
  /** Calls an endpoint of the contract and answers its answer; rejects with ApiError only. */
  call<E extends Endpoint>(endpoint: E, input: EndpointInput<E>, options?: CallOptions): Promise<EndpointAnswer<E>>;
  /** Fetches a picture that leaves a trace in the audit log; rejects with ApiError only. */
  picture(endpoint: Pick<Endpoint, 'path'>, input?: { params?: unknown }, options?: CallOptions): Promise<Blob>;
  /** Address of an endpoint, for links, downloads and event streams. */
  urlOf(endpoint: Pick<Endpoint, 'path'>, input?: { params?: unknown; query?: unknown }): string;
  setCsrfToken(token: string | null): void;
  csrfToken(): string | null;
}

/** Stands for an answer that is no JSON. */
const NOT_JSON = Symbol('not JSON');

interface Refusal {
  code: string;
  message: string;
  details?: unknown;
  requestId?: string;
}

/** What the server said when it refused; undefined when somebody else answered. */
function refusalOf(answer: unknown): Refusal | undefined {
  const error = (answer as { error?: Partial<Refusal> } | null | undefined)?.error;
  return typeof error?.code === 'string' && typeof error.message === 'string' ? (error as Refusal) : undefined;
}

function fillPath(path: string, params: unknown): string {
  const values = (params ?? {}) as Record<string, unknown>;
  return path.replace(/:([A-Za-z]\w*)/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined || value === null || value === '') throw new TypeError(`path ${path} needs ${name}`);
    return encodeURIComponent(String(value));
  });
}

function queryText(query: unknown): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    if (value === undefined || value === null || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  const text = search.toString();
  return text && `?${text}`;
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
}

/** Makes the one HTTP client of a web app. Session cookie and CSRF header are added to every call. */
export function createApi(options: ApiOptions): Api {
  const send = options.fetch ?? ((input, init) => fetch(input, init));
  let csrf: string | null = null;

  const fail = (code: string, init: { message?: string; details?: unknown; requestId?: string; status?: number }) => {
    const text = options.textOf?.(code, init.details);
    return new ApiError(code, text === undefined ? init : { ...init, message: text });
  };

  const urlOf: Api['urlOf'] = (endpoint, input) =>
    options.baseUrl + fillPath(endpoint.path, input?.params) + queryText(input?.query);

  const refuse = (response: Response, answer: unknown): ApiError => {
    const refusal = refusalOf(answer);
    // A proxy in front of us answers HTML: the server was not reached, which for people is a network failure.
    if (!refusal) return fail(response.status >= 502 ? 'network' : 'bad_answer', { status: response.status });
    return fail(refusal.code, { ...refusal, status: response.status });
  };

  /** One round trip: an answer is read by `read`, network failures and refusals become ApiError. */
  const exchange = async <T>(url: string, init: RequestInit, read: (response: Response) => Promise<T>) => {
    let response: Response;
    let refusal: unknown;
    try {
      response = await send(url, init);
      if (response.ok) return { status: response.status, answer: await read(response) };
      refusal = await readJson(response);
    } catch (cause) {
      if (init.signal?.aborted) throw fail('aborted', {});
      throw fail('network', { details: cause instanceof Error ? cause.message : undefined });
    }
    const error = refuse(response, refusal);
    if (response.status === 401) options.onSignedOut?.();
    throw error;
  };

  return {
    urlOf,
    setCsrfToken: (token) => {
      csrf = token;
    },
    csrfToken: () => csrf,
    async call(endpoint, input, { signal, keepalive } = {}) {
      const headers: Record<string, string> = { accept: 'application/json' };
      if (endpoint.method !== 'GET' && csrf !== null) headers['x-antu-csrf'] = csrf;
      if (input.body !== undefined) headers['content-type'] = 'application/json';
      const init: RequestInit = { method: endpoint.method, headers, credentials: 'same-origin' };
      if (input.body !== undefined) init.body = JSON.stringify(input.body);
      if (signal) init.signal = signal;
      if (keepalive) init.keepalive = true;

      // Outside the try: a path with a missing part is a mistake of the page, not of the network.
      const { status, answer } = await exchange(urlOf(endpoint, input), init, readJson);
      if (answer === NOT_JSON) throw fail('bad_answer', { status });
      // Built apps come without schemas (vite/bare-contract.ts): the server has checked the answer before it sent it.
      const schema: typeof endpoint.answer | undefined = endpoint.answer;
      const parsed = schema?.safeParse(answer);
      if (parsed?.success === false) throw fail('bad_answer', { status, details: parsed.error.issues });
      return (parsed ? parsed.data : answer) as EndpointAnswer<typeof endpoint>;
    },
    async picture(endpoint, input, { signal } = {}) {
      const init: RequestInit = { headers: { accept: 'image/*' }, credentials: 'same-origin' };
      if (signal) init.signal = signal;
      const { status, answer } = await exchange(urlOf(endpoint, input), init, (response) => response.blob());
      if (!answer.type.startsWith('image/')) throw fail('bad_answer', { status });
      return answer;
    },
  };
}
