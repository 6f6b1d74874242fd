import { hash, randomBytes } from 'node:crypto';

/** A new token of the device on which a sitting goes on: 192 random bits. */
export const makeDeviceToken = (): string => randomBytes(24).toString('base64url');

/** What the database knows of a token. */
export const hashOfToken = (token: string): Buffer => hash('sha256', token, 'buffer');
