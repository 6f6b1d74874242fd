import type { NoteAlgorithm } from '@antu/proof';
import type { Platform } from '../../platform/module.ts';
import type { SigningKey } from '../../platform/signing/signing-key.ts';

/** A key that signs checkpoints. */
export type LogSigner = { key: SigningKey; algorithm: NoteAlgorithm };

/** The keys of the log, Ed25519 first: the one that other tools know. */
export const logSigners = ({ signing }: Pick<Platform, 'signing'>): LogSigner[] =>
  signing.keysOf('log').map((key) => ({ key, algorithm: key.algorithm === 'SM2' ? 'sm2-sm3' : 'ed25519' }));
