import { commitmentOf, inclusionPath, type LeafKind, type LeafProof, leafData, leafHash, toBase64 } from '@antu/proof';
import type { Platform } from '../../platform/module.ts';
import { findLatestCheckpoint } from './checkpoints.ts';
import { scanTiles } from './find-leaf.ts';
import { hashOf } from './hash.ts';
import { openLogSecret, saltOf } from './log-secret.ts';
import { TILE_WIDTH } from './tile-names.ts';
import { TileReader } from './tile-reader.ts';

/**
 * Proof that a fact is in the log as it was last published; undefined while the fact waits, or if this text never entered it.
 * @param digest SHA-256 of the fact's canonical text; of an entry of the hour ledger its hash
 */
export async function proofOf(
  platform: Platform,
  { kind, sourceId, digest }: { kind: LeafKind; sourceId: string; digest: Uint8Array },
): Promise<LeafProof | undefined> {
  const latest = await findLatestCheckpoint(platform.pool);
  if (!latest) return undefined;
  const salt = saltOf(await openLogSecret(platform.settings.keyDir), kind, sourceId);
  const leaf = Buffer.from(leafHash(leafData(kind, commitmentOf(salt, digest)), hashOf));
  const reader = new TileReader(platform.storage, latest.size);
  const index = await scanTiles(reader, leaf, 0, Math.ceil(latest.size / TILE_WIDTH));
  if (index === undefined) return undefined;
  const path = await inclusionPath(reader.node, index, latest.size, hashOf);
  return {
    index,
    treeSize: latest.size,
    path: path.map(toBase64),
    checkpoint: latest.note,
    salt: toBase64(salt),
  };
}
