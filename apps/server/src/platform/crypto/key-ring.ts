import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { loadKeyFile, rotateKeyFile, type DataKeys } from './key-file.ts';

/** What a key is for: one data key per purpose, so that one leak does not open everything. */
export type KeyPurpose = string;

/** Encryption of columns and the blind indexes by which encrypted values are found. */
export type KeyRing = {
  /**
   * Encrypts a value for a bytea column (AES-256-GCM, random nonce).
   * @param boundTo what the value belongs to, such as the row's id: a value copied to another row does not open
   */
  encrypt(purpose: KeyPurpose, plain: string | Uint8Array, boundTo: string): Buffer;
  /** Opens a value. Throws if the bytes, the purpose or `boundTo` are not those of the encryption. */
  decrypt(purpose: KeyPurpose, box: Uint8Array, boundTo: string): string;
  decryptBytes(purpose: KeyPurpose, box: Uint8Array, boundTo: string): Buffer;
  /** 32 bytes by which equal values are found (HMAC-SHA-256). Normalise first: case, spaces, full-width digits. */
  blindIndex(purpose: KeyPurpose, normalised: string): Buffer;
  /** 32 bytes for signing or hashing elsewhere, such as session tokens. Never changes for a purpose. */
  deriveSecret(purpose: KeyPurpose): Buffer;
  /** True if the value was encrypted under an older key and should be written anew. */
  isOutdated(purpose: KeyPurpose, box: Uint8Array): boolean;
};

const formatVersion = 1;
const nonceBytes = 12;
const tagBytes = 16;
/** version (1) + key id (2) */
const headerBytes = 3;

/** Opens the key ring of a directory; makes the keys at the first call. */
export async function openKeyRing(keyDir: string): Promise<KeyRing> {
  return keyRingOf(await loadKeyFile(keyDir));
}

/** Adds a new generation of data keys. Values under older ones still open; running processes use it after a restart. */
export async function rotateKeys(keyDir: string): Promise<number> {
  return rotateKeyFile(keyDir);
}

function keyRingOf(keys: DataKeys): KeyRing {
  const derived = new Map<string, Buffer>();
  const derive = (keyId: number, kind: string, purpose: string): Buffer => {
    const name = `${keyId}:${kind}:${purpose}`;
    const present = derived.get(name);
    if (present) return present;
    const root = keys.roots.get(keyId);
    if (!root) throw new Error(`There is no data key ${keyId}: the key directory does not belong to this database.`);
    const made = Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), `antu/${kind}/${purpose}`, 32));
    derived.set(name, made);
    return made;
  };
  const decryptBytes = (purpose: KeyPurpose, box: Uint8Array, boundTo: string): Buffer => {
    const bytes = Buffer.from(box);
    const keyId = keyIdOf(bytes);
    const nonce = bytes.subarray(headerBytes, headerBytes + nonceBytes);
    const tag = bytes.subarray(bytes.length - tagBytes);
    const decipher = createDecipheriv('aes-256-gcm', derive(keyId, 'encrypt', purpose), nonce, {
      authTagLength: tagBytes,
    });
    decipher.setAAD(associatedData(bytes.subarray(0, headerBytes), purpose, boundTo));
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(bytes.subarray(headerBytes + nonceBytes, -tagBytes)), decipher.final()]);
  };
  return {
    encrypt(purpose, plain, boundTo) {
      const header = Buffer.alloc(headerBytes);
      header.writeUInt8(formatVersion, 0);
      header.writeUInt16BE(keys.currentId, 1);
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', derive(keys.currentId, 'encrypt', purpose), nonce);
      cipher.setAAD(associatedData(header, purpose, boundTo));
      return Buffer.concat([header, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    decryptBytes,
    decrypt: (purpose, box, boundTo) => decryptBytes(purpose, box, boundTo).toString('utf8'),
    // The first generation for ever: an index made of two keys would find only half.
    blindIndex: (purpose, normalised) =>
      createHmac('sha256', derive(keys.firstId, 'index', purpose))
        .update(normalised, 'utf8')
        .digest(),
    deriveSecret: (purpose) => derive(keys.firstId, 'secret', purpose),
    isOutdated: (_purpose, box) => keyIdOf(Buffer.from(box)) !== keys.currentId,
  };
}

function keyIdOf(bytes: Buffer): number {
  if (bytes.length < headerBytes + nonceBytes + tagBytes || bytes.readUInt8(0) !== formatVersion) {
    throw new Error('This is not an encrypted value.');
  }
  return bytes.readUInt16BE(1);
}

/** Lengths are part of it, so that no two pairs of purpose and owner give the same bytes. */
function associatedData(header: Buffer, purpose: string, boundTo: string): Buffer {
  return Buffer.concat([header, Buffer.from(JSON.stringify([purpose, boundTo]), 'utf8')]);
}
