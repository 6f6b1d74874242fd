/** What has to be done before a lesson opens: confirm the sign-in, or enrol a photo. */
export type IdentityGate = 'sign-in' | 'enrol';

/** The gate that a refusal to open a session speaks of; null for all others. */
export function gateOf(code: string): IdentityGate | null {
  if (code === 'identity.sign_in_check_needed') return 'sign-in';
  return code === 'identity.not_enrolled' || code === 'identity.no_consent' ? 'enrol' : null;
}
