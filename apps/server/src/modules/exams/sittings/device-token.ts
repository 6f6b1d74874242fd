import { hash, randomBytes } from 'node:crypto';

/** A new token of the device on which a sitting goes on: 192 random bits. */
export const makeDeviceToken = (): string => randomBytes(24).toString('base64url');

/** What the database knows of a token. */
export const hashOfToken = (token: string): Buffer => hash('sha256', token, 'buffer');

/**
 * The device of a formal exam: what the browser calls itself, within one sign-in. The name alone is a claim that can be handed on;
 * whoever signs in anew, here or elsewhere, is another device and shows anew who they are. A UUID made of both (version 8).
 */
export function deviceOfSignIn(deviceId: string, loginSessionId: string): string {
  const bytes = hash('sha256', `${deviceId} ${loginSessionId}`, 'buffer').subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
