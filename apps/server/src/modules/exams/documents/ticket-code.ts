import { createHmac } from 'node:crypto';
import type { KeyRing } from '../../../platform/crypto/key-ring.ts';

/** 96 bits: more than can be tried at a door. */
const SEAL_BYTES = 12;

/** What the QR of a ticket holds: its number and a seal that only this platform can make, for this booking alone. */
export function ticketCodeOf(keys: KeyRing, bookingId: string, ticketNumber: string): string {
  const seal = createHmac('sha256', keys.deriveSecret('exams.ticket')).update(`${bookingId} ${ticketNumber}`).digest();
  return `${ticketNumber}.${seal.subarray(0, SEAL_BYTES).toString('base64url')}`;
}
