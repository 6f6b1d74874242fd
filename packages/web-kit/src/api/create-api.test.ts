import { defineEndpoint } from '@antu/contract';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { ApiError } from './api-error.ts';
import { createApi, type ApiOptions } from './create-api.ts';

const readOne = defineEndpoint({
  method: 'GET',
  path: '/api/things/:thingId',
  params: z.object({ thingId: z.string() }),
  query: z.object({ tag: z.array(z.string()).optional(), q: z.string().optional() }),
  answer: z.object({ id: z.string() }),
});
const save = defineEndpoint({
  method: 'POST',
  path: '/api/things',
  body: z.object({ name: z.string() }),
  answer: z.object({ saved: z.literal(true) }),
});

function makeApi(status: number, body: unknown, options: Partial<ApiOptions> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const fetchMock = vi.fn<typeof fetch>(async () => new Response(text, { status }));
  return { api: createApi({ baseUrl: '', fetch: fetchMock, ...options }), fetchMock };
}
const problem = (code: string) => ({
  error: { code, message: '服务器的话', details: { left: 4 }, requestId: 'req-1' },
});
const readQuietly = (api: ReturnType<typeof createApi>) =>
  api.call(readOne, { params: { thingId: '1' }, query: {} }).catch((error: unknown) => error);

describe('createApi', () => {
  it('fills path and query and escapes both', async () => {
    const { api, fetchMock } = makeApi(200, { id: 'a/b' });
    const answer = await api.call(readOne, { params: { thingId: 'a/b' }, query: { tag: ['x', 'y&z'], q: '' } });
    expect(answer).toEqual({ id: 'a/b' });
    expect(fetchMock.mock.calls[0]?.[0]).toBe('/api/things/a%2Fb?tag=x&tag=y%26z');
  });

  it('refuses to send a path with a missing part', async () => {
    const { api, fetchMock } = makeApi(200, {});
    await expect(api.call(readOne, { params: { thingId: '' }, query: {} })).rejects.toThrow('thingId');
    expect(fetchMock).not.toHaveBeenCalled();
  });

  it('sends the CSRF token with changes and not with reads', async () => {
    const { api, fetchMock } = makeApi(200, { saved: true, id: '1' });
    api.setCsrfToken('token-1');
    await api.call(save, { body: { name: '安' } });
    await api.call(readOne, { params: { thingId: '1' }, query: {} });
    const [change, read] = fetchMock.mock.calls.map((one) => one[1]);
    expect(change).toMatchObject({ method: 'POST', credentials: 'same-origin', body: '{"name":"安"}' });
    expect(change?.headers).toMatchObject({ 'x-antu-csrf': 'token-1', 'content-type': 'application/json' });
    expect(read?.headers).not.toHaveProperty('x-antu-csrf');
  });

  it('throws what the server said, in the language on screen', async () => {
    const { api } = makeApi(422, problem('thing.taken'), { textOf: () => 'Taken' });
    const error = await readQuietly(api);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      code: 'thing.taken',
      message: 'Taken',
      details: { left: 4 },
      requestId: 'req-1',
      status: 422,
    });
  });

  it('keeps the sentence of the server when the code is unknown here', async () => {
    const { api } = makeApi(422, problem('thing.new'), { textOf: () => undefined });
    expect(await readQuietly(api)).toMatchObject({ message: '服务器的话' });
  });

  it('tells about being signed out, and only then', async () => {
    const onSignedOut = vi.fn<() => void>();
    await readQuietly(makeApi(403, problem('platform.not_allowed'), { onSignedOut }).api);
    expect(onSignedOut).not.toHaveBeenCalled();
    await readQuietly(makeApi(401, problem('platform.not_signed_in'), { onSignedOut }).api);
    expect(onSignedOut).toHaveBeenCalledOnce();
  });

  it('calls a broken line and the HTML of a proxy a network failure', async () => {
    const broken = createApi({ baseUrl: '', fetch: async () => Promise.reject(new TypeError('Failed to fetch')) });
    expect(await readQuietly(broken)).toMatchObject({ code: 'network', status: 0 });
    expect(await readQuietly(makeApi(502, '<html>Bad gateway</html>').api)).toMatchObject({ code: 'network' });
  });

  it('calls an answer outside the contract a bad answer', async () => {
    expect(await readQuietly(makeApi(200, { id: 5 }).api)).toMatchObject({ code: 'bad_answer' });
    expect(await readQuietly(makeApi(200, '<html>').api)).toMatchObject({ code: 'bad_answer' });
    expect(await readQuietly(makeApi(400, '').api)).toMatchObject({ code: 'bad_answer', status: 400 });
  });

  it('takes the answer as it is where the endpoint was built without schemas', async () => {
    const bare = { method: readOne.method, path: readOne.path } as typeof readOne;
    const call = (body: unknown) => makeApi(200, body).api.call(bare, { params: { thingId: '1' }, query: {} });
    expect(await call({ id: 5 })).toEqual({ id: 5 });
    await expect(call('<html>')).rejects.toMatchObject({ code: 'bad_answer' });
  });

  it('tells a cancelled call from a broken line', async () => {
    const stopped = new AbortController();
    stopped.abort();
    const api = createApi({ baseUrl: '', fetch: async () => Promise.reject(new DOMException('', 'AbortError')) });
    const input = { params: { thingId: '1' }, query: {} };
    await expect(api.call(readOne, input, { signal: stopped.signal })).rejects.toMatchObject({ code: 'aborted' });
  });

  it('fetches a picture as it is, and its refusal as an error', async () => {
    const picture = { path: '/api/pictures/:id' };
    const jpeg = new Response(new Uint8Array([255, 216, 255]), { headers: { 'content-type': 'image/jpeg' } });
    const api = createApi({ baseUrl: '', fetch: async () => jpeg });
    const blob = await api.picture(picture, { params: { id: '1' } });
    expect([blob.type, blob.size]).toEqual(['image/jpeg', 3]);
    const gone = makeApi(410, problem('identity.picture_gone')).api;
    await expect(gone.picture(picture, { params: { id: '1' } })).rejects.toMatchObject({
      code: 'identity.picture_gone',
      status: 410,
    });
    // A proxy that answers its sign-in page with 200 must not be shown as a picture.
    await expect(makeApi(200, '<html>').api.picture(picture, { params: { id: '1' } })).rejects.toMatchObject({
      code: 'bad_answer',
    });
  });
});
