import { getIdentityStanding } from '@antu/contract';
import { api } from '@antu/web-kit';

/** A slow answer must not keep anybody from their home page. */
const WAIT_MS = 2_500;

/** Whether the sign-in just made should be confirmed in front of the camera, and can be. */
export async function wantsSignInCheck(): Promise<boolean> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), WAIT_MS);
  try {
    const { signIn, enrolment } = await api.call(getIdentityStanding, {}, { signal: abort.signal });
    return signIn.required && signIn.passedAt === null && enrolment.state === 'active';
  } catch {
    return false; // the lesson asks for it anyway
  } finally {
    clearTimeout(timer);
  }
}
