import { describe, expect, it, vi } from 'vitest';
import { createApi } from '../api/create-api.ts';
import { useSignIn } from './use-sign-in.ts';

type Answer = { status?: number; body: unknown };

function makeFlow(answers: Record<string, Answer[]>) {
  const sent: { path: string; body: unknown }[] = [];
  const api = createApi({
    baseUrl: '',
    fetch: async (path, init) => {
      sent.push({ path: String(path), body: init?.body ? JSON.parse(String(init.body)) : undefined });
      const answer = answers[String(path)]?.shift() ?? { status: 404, body: {} };
      return new Response(JSON.stringify(answer.body), { status: answer.status ?? 200 });
    },
  });
  const onDone = vi.fn<() => void>();
  return { flow: useSignIn(api, onDone), sent, onDone };
}
const next = (step: string): Answer => ({ body: { next: step } });
const refused = (code: string): Answer => ({ status: 401, body: { error: { code, message: '不对' } } });

async function enter(flow: ReturnType<typeof useSignIn>, fields: Partial<(typeof flow)['form']>) {
  Object.assign(flow.form, fields);
  await flow.submit();
}

describe('useSignIn', () => {
  it('needs only a password where no second factor is asked', async () => {
    const { flow, sent, onDone } = makeFlow({ '/api/auth/sign-in': [next('done')] });
    await enter(flow, { login: ' 张三 ', password: 'geheim-1' });
    expect(sent).toEqual([{ path: '/api/auth/sign-in', body: { login: '张三', password: 'geheim-1' } }]);
    expect(onDone).toHaveBeenCalledOnce();
    expect(flow.form.password).toBe('');
  });

  it('asks for the code, and again after a wrong one', async () => {
    const { flow, onDone } = makeFlow({
      '/api/auth/sign-in': [next('totp')],
      '/api/auth/totp': [refused('auth.wrong_code'), next('done')],
    });
    await enter(flow, { login: 'chen', password: 'p' });
    expect(flow.step.value).toBe('totp');
    await enter(flow, { code: '000000' });
    expect([flow.step.value, flow.error.value?.code, flow.form.code]).toEqual(['totp', 'auth.wrong_code', '']);
    await enter(flow, { code: '123456' });
    expect([flow.step.value, onDone.mock.calls.length]).toEqual(['done', 1]);
  });

  it('enrols a second factor: fetches the secret, then confirms it', async () => {
    const { flow, sent } = makeFlow({
      '/api/auth/sign-in': [next('enrol-totp')],
      '/api/auth/totp/enrol': [
        { body: { next: 'enrol-totp', secret: 'ABC', otpauthUri: 'otpauth://totp/x' } },
        next('done'),
      ],
    });
    await enter(flow, { login: 'chen', password: 'p' });
    expect(flow.enrolment.value).toEqual({ secret: 'ABC', otpauthUri: 'otpauth://totp/x' });
    await enter(flow, { code: '123456' });
    expect(sent.slice(1).map((one) => one.body)).toEqual([{}, { code: '123456' }]);
    expect(flow.step.value).toBe('done');
  });

  it('changes a first password without asking for it a second time', async () => {
    const { flow, sent } = makeFlow({
      '/api/auth/sign-in': [next('change-password')],
      '/api/auth/change-password': [next('done')],
    });
    await enter(flow, { login: 'chen', password: 'first-1' });
    await enter(flow, { newPassword: 'second-2' });
    expect(sent[1]?.body).toEqual({ currentPassword: 'first-1', newPassword: 'second-2' });
  });

  it('ignores a second touch while the first is on its way', async () => {
    const { flow, sent } = makeFlow({ '/api/auth/sign-in': [next('done'), next('done')] });
    await Promise.all([enter(flow, { login: 'a', password: 'b' }), flow.submit()]);
    expect(sent).toHaveLength(1);
  });

  it('has no demo accounts where the server has none', async () => {
    const { flow } = makeFlow({});
    await flow.loadDemo();
    expect(flow.demoAccounts.value).toEqual([]);
  });
});
