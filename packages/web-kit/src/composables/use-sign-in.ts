import {
  changePassword,
  confirmTotp,
  type DemoAccount,
  enrolTotp,
  getDemo,
  signIn,
  type SignInNext,
} from '@antu/contract';
import { reactive, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { toApiError, type ApiError } from '../api/api-error.ts';
import type { Api } from '../api/create-api.ts';

export type SignInStep = 'password' | 'totp' | 'enrol-totp' | 'change-password' | 'done';

export interface SignInForm {
  login: string;
  password: string;
  code: string;
  currentPassword: string;
  newPassword: string;
}

export interface SignInFlow {
  step: Ref<SignInStep>;
  form: SignInForm;
  busy: Ref<boolean>;
  error: ShallowRef<ApiError | undefined>;
  /** What the authenticator needs; filled at step `enrol-totp`. */
  enrolment: ShallowRef<{ secret: string; otpauthUri: string } | undefined>;
  demoAccounts: ShallowRef<DemoAccount[]>;
  /** Sends what the present step asks for and goes on to the next. */
  submit: () => Promise<void>;
  startOver: () => void;
  /** Fetches the demo accounts; an ordinary instance has none. */
  loadDemo: () => Promise<void>;
  /** Fills a demo account and signs in with it. */
  useDemo: (account: DemoAccount) => Promise<void>;
}

const emptyForm = (): SignInForm => ({ login: '', password: '', code: '', currentPassword: '', newPassword: '' });

/**
 * The steps of signing in: password, then second factor or its enrolment, then a new password where one is due.
 * @param onDone called when the server says that the session is open
 */
export function useSignIn(api: Api, onDone: () => void | Promise<void>): SignInFlow {
  const step = ref<SignInStep>('password');
  const form = reactive(emptyForm());
  const busy = ref(false);
  const error = shallowRef<ApiError>();
  const enrolment = shallowRef<{ secret: string; otpauthUri: string }>();
  const demoAccounts = shallowRef<DemoAccount[]>([]);

  const goTo = async (next: SignInNext) => {
    form.code = '';
    if (next === 'enrol-totp') {
      const answer = await api.call(enrolTotp, { body: {} });
      if (answer.secret && answer.otpauthUri) {
        enrolment.value = { secret: answer.secret, otpauthUri: answer.otpauthUri };
      }
    }
    // The password just typed is the current one: nobody should have to type it twice.
    if (next === 'change-password') form.currentPassword = form.password;
    step.value = next;
    if (next === 'done') {
      Object.assign(form, emptyForm());
      await onDone();
    }
  };

  const send = async (): Promise<SignInNext> => {
    if (step.value === 'totp') return (await api.call(confirmTotp, { body: { code: form.code } })).next;
    if (step.value === 'enrol-totp') return (await api.call(enrolTotp, { body: { code: form.code } })).next;
    if (step.value === 'change-password') {
      const body = { currentPassword: form.currentPassword, newPassword: form.newPassword };
      return (await api.call(changePassword, { body })).next;
    }
    return (await api.call(signIn, { body: { login: form.login.trim(), password: form.password } })).next;
  };

  const submit = async () => {
    if (busy.value) return;
    busy.value = true;
    error.value = undefined;
    try {
      await goTo(await send());
    } catch (cause) {
      error.value = toApiError(cause);
      form.code = '';
    } finally {
      busy.value = false;
    }
  };

  const startOver = () => {
    Object.assign(form, emptyForm());
    error.value = undefined;
    enrolment.value = undefined;
    step.value = 'password';
  };

  const loadDemo = async () => {
    try {
      demoAccounts.value = (await api.call(getDemo, {})).accounts;
    } catch {
      // 404: not a demo. Anything else: signing in by hand still works.
      demoAccounts.value = [];
    }
  };

  const useDemo = async (account: DemoAccount) => {
    if (busy.value) return;
    startOver();
    form.login = account.login;
    form.password = account.password;
    await submit();
  };

  return { step, form, busy, error, enrolment, demoAccounts, submit, startOver, loadDemo, useDemo };
}
