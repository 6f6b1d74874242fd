export { fromBase64, toBase64 } from './base64.ts';
export { type Consistency, type Inclusion, isConsistent, isIncluded } from './check-proofs.ts';
export {
  type Checkpoint,
  checkpointText,
  formatNote,
  type NoteAlgorithm,
  type NoteSignature,
  noteKeyHash,
  parseCheckpoint,
  type SignedCheckpoint,
} from './checkpoint.ts';
export { commitmentOf, digestOf, type LeafKind, leafData, leafKinds, SALT_BYTES } from './leaf.ts';
export { consistencyPath, inclusionPath, type ReadNode, rootFrom } from './make-proofs.ts';
export { emptyRoot, HASH_BYTES, leafHash, nodeHash, rootOf, sameBytes, type Sha256 } from './merkle.ts';
export { fromHex, toHex } from './hex.ts';
export {
  keyIdOf,
  type KeyPurpose,
  type PublicKeyEntry,
  type Signature,
  type SignatureAlgorithm,
} from './public-keys.ts';
export { isSignatureOf, judgeSignature, type SignatureVerdict } from './signatures.ts';
export { type BundleKey, type LeafProof, type ProofBundle, type ProvedStatement, readBundle } from './bundle.ts';
export {
  type BundleReport,
  type Check,
  checkBundle,
  type CheckName,
  type CheckOptions,
  type CheckOutcome,
} from './check-bundle.ts';
export { extractBundle } from './extract-bundle.ts';
export {
  type CommittedField,
  type DocumentClaims,
  type DocumentEventClaims,
  doOpeningsFit,
  fieldCommitment,
  type FieldOpening,
  type ShownTo,
} from './document-text.ts';
