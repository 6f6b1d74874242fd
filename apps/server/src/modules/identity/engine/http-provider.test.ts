import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Behaviour, makeKeys, type StandInService, startStandInService } from '../testing/stand-in-service.ts';
import type { HttpOptions } from './http-provider.ts';
import { createProvider, type IdentityProvider, type JudgeRequest } from './index.ts';

const client = makeKeys();
let service: StandInService;
let opened: IdentityProvider[] = [];

beforeEach(async () => {
  service = await startStandInService(client.key);
});
afterEach(async () => {
  await Promise.all(opened.map((provider) => provider.close()));
  opened = [];
  await service.close();
});

function open(options: Partial<HttpOptions> = {}): IdentityProvider {
  const provider = createProvider('http', {
    url: service.url,
    signer: client.signer,
    serviceKey: service.serviceKey,
    timeoutMs: 1500,
    backoffMs: 5,
    ...options,
  });
  opened.push(provider);
  return provider;
}

const request: JudgeRequest = {
  personId: 'p',
  nonce: 'challenge-nonce',
  scheme: 'work-safety',
  regionCode: '440104',
  prompts: ['turn-left'],
  frames: [{ bytes: Buffer.from('picture'), step: -1, atMs: 0 }],
  template: { provider: 'http', bytes: Buffer.from('somebody') },
  identity: () => Promise.reject(new Error('nobody asked for the name')),
};
const isPending = { outcome: 'pending', problems: ['provider-away'], distance: null, bestFrame: null };

describe('an outside service', () => {
  it('is asked with a signed request and believed when its answer is signed', async () => {
    expect(await open().judge(request)).toMatchObject({
      outcome: 'passed',
      problems: [],
      distance: 0.21,
      bestFrame: 0,
    });
    expect(service.questions).toHaveLength(1);
    const [question] = service.questions;
    expect(question).toMatchObject({ path: '/judge', isSigned: true });
    expect(question?.body).toMatchObject({
      nonce: 'challenge-nonce',
      prompts: ['turn-left'],
      frames: [{ step: -1, atMs: 0, picture: Buffer.from('picture').toString('base64') }],
      identity: null,
    });
    expect(JSON.stringify(question?.body)).not.toContain('personId');
  });

  it('gets name and number only where it needs them', async () => {
    const identity = () => Promise.resolve({ name: '王芳', idNumber: '110101199003070000' });
    await open({ sendsIdentity: true }).judge({ ...request, identity });
    expect(service.questions[0]?.body.identity).toEqual(await identity());
  });

  it('may say no', async () => {
    service.verdict = { outcome: 'failed', problems: ['other-person'], signs: ['near-threshold'], distance: 0.7 };
    expect(await open().judge(request)).toMatchObject({
      outcome: 'failed',
      problems: ['other-person'],
      signs: ['near-threshold'],
      distance: 0.7,
    });
  });

  const untrusted: [string, Behaviour][] = [
    ['garbage', 'garbage'],
    ['an answer to another question', 'other-nonce'],
    ['an unsigned answer', 'unsigned'],
    ['an answer signed by somebody else', 'wrong-key'],
    ['an answer that was changed on its way', 'tampered'],
    ['a pass with a problem', 'passed-with-problem'],
    ['an answer without end', 'endless'],
    ['a broken connection', 'hang-up'],
    ['a redirect', 'redirect'],
    ['status 500', { status: 500 }],
    ['status 502', { status: 502 }],
    ['status 401', { status: 401 }],
    ['status 204', { status: 204 }],
  ];
  it.each(untrusted)('is not believed and not asked again after %s', async (_, behaviour) => {
    service.behave(behaviour);
    expect(await open().judge(request)).toMatchObject(isPending);
    expect(service.questions).toHaveLength(1);
  });

  it('is waited for only so long', async () => {
    service.behave('silent');
    const startedMs = performance.now();
    expect(await open({ timeoutMs: 300 }).judge(request)).toMatchObject(isPending);
    expect(performance.now() - startedMs).toBeLessThan(5000);
    expect(service.questions).toHaveLength(1);
  });

  it('is left when the caller leaves, which does not speak against it', async () => {
    service.behave('silent');
    const provider = open({ breaker: { mostFailures: 1 } });
    const signal = AbortSignal.timeout(100);
    expect(await provider.judge({ ...request, signal })).toMatchObject(isPending);
    service.behave('answer');
    expect((await provider.judge(request)).outcome).toBe('passed');
  });

  it.each([503, 429])('is asked again when it said with %i that it did not take the question', async (status) => {
    service.behave({ status }, 2);
    expect((await open().judge(request)).outcome).toBe('passed');
    expect(service.questions).toHaveLength(3);
    // Each try is signed anew: a nonce is good once.
    expect(new Set(service.questions.map(({ nonce }) => nonce)).size).toBe(3);
    expect(new Set(service.questions.map(({ body }) => body.nonce))).toEqual(new Set(['challenge-nonce']));
  });

  it('is asked three times and no more', async () => {
    service.behave({ status: 503 });
    expect(await open().judge(request)).toMatchObject(isPending);
    expect(service.questions).toHaveLength(3);
  });

  it('is pending when nobody is there', async () => {
    const { url } = service;
    await service.close();
    expect(await open({ url }).judge(request)).toMatchObject(isPending);
    service = await startStandInService(client.key);
  });

  it('is not asked any more after failures in a row, and again after a pause', async () => {
    let nowMs = 0;
    const provider = open({ breaker: { mostFailures: 2, openMs: 1000, now: () => nowMs } });
    service.behave({ status: 500 });
    for (const _ of [1, 2, 3, 4]) expect(await provider.judge(request)).toMatchObject(isPending);
    expect(service.questions).toHaveLength(2);
    service.behave('answer');
    nowMs = 1000;
    expect((await provider.judge(request)).outcome).toBe('passed');
  });

  it('is not given a template of another provider', async () => {
    const template = { provider: 'builtin', bytes: Buffer.alloc(512) } as const;
    expect(await open().judge({ ...request, template })).toMatchObject({
      outcome: 'failed',
      problems: ['not-enrolled'],
    });
    expect(service.questions).toHaveLength(0);
  });

  it('enrols, and its template comes back to it', async () => {
    const answer = await open().enrol({ personId: 'p', picture: Buffer.from('picture') });
    expect(answer).toMatchObject({
      outcome: 'accepted',
      template: { provider: 'http', bytes: Buffer.from('somebody') },
    });
    service.behave('unsigned');
    expect(await open().enrol({ personId: 'p', picture: Buffer.from('x') })).toEqual({ outcome: 'pending' });
  });

  it('refuses who signs with another key', async () => {
    expect(await open({ signer: makeKeys().signer }).judge(request)).toMatchObject(isPending);
    expect(service.questions[0]?.isSigned).toBe(false);
  });

  it('is never sent a face unencrypted', () => {
    expect(() => open({ url: 'http://face.example.cn/v1' })).toThrow(/https/);
    expect(() => open({ url: 'https://face.example.cn/v1' })).not.toThrow();
  });
});

describe('the provider that refuses', () => {
  it('enrols and passes nobody', async () => {
    const provider = createProvider('refuse', {});
    expect(await provider.enrol({ personId: 'p', picture: Buffer.from('x') })).toEqual({
      outcome: 'refused',
      problems: ['provider-away'],
    });
    expect(await provider.judge(request)).toMatchObject({ outcome: 'failed', problems: ['provider-away'] });
    await provider.close();
  });
});
