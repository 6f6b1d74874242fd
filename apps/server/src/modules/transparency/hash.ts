import { hash } from 'node:crypto';

/** SHA-256 by the system's library: the log hashes by the million. */
export const hashOf = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer');
