import { Secret, TOTP } from 'otpauth';

/** RFC 6238 as every authenticator app does it. */
const PERIOD_SECONDS = 30;
const OPTIONS = { issuer: 'Antu', algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS } as const;
/** One step before and after: telephones' clocks are off by up to half a minute. */
const WINDOW_STEPS = 1;

const totpOf = (secret: string, label = 'Antu'): TOTP =>
  new TOTP({ ...OPTIONS, label, secret: Secret.fromBase32(secret) });

/** A new secret of 160 bits, base32. */
export const makeTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** What an authenticator app scans. */
export const totpUri = (secret: string, login: string): string => totpOf(secret, login).toString();

export type TotpCheck =
  | { readonly accepted: true; readonly step: number }
  | { readonly accepted: false; readonly why: 'wrong' | 'used' };

/** Checks a code. A step at or before `lastStep` is refused though right: a code overlooked is not used twice. */
export function checkTotp(secret: string, code: string, nowMs: number, lastStep: number | null): TotpCheck {
  const delta = totpOf(secret).validate({ token: code, timestamp: nowMs, window: WINDOW_STEPS });
  if (delta === null) return { accepted: false, why: 'wrong' };
  const step = Math.floor(nowMs / 1000 / PERIOD_SECONDS) + delta;
  return lastStep !== null && step <= lastStep ? { accepted: false, why: 'used' } : { accepted: true, step };
}

/** The code of this moment and for how many seconds it stays: only for demo accounts. */
export const currentTotp = (secret: string, nowMs: number): { code: string; secondsLeft: number } => ({
  code: totpOf(secret).generate({ timestamp: nowMs }),
  secondsLeft: PERIOD_SECONDS - (Math.floor(nowMs / 1000) % PERIOD_SECONDS),
});
