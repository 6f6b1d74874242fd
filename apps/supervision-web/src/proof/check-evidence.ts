import {
  type EvidenceRow,
  evidenceText,
  GENESIS_HASH,
  getStudyRuleSet,
  limitsOf,
  replaySession,
  unflushedNewMs,
} from '@antu/domain';

/** What this device found when it computed everything again. */
export interface LocalCheck {
  readonly rows: number;
  /** First row that is not what its digest says, or does not follow its predecessor; null when none. */
  readonly firstBadIndex: number | null;
  /** Credited seconds by the rules, from the evidence alone; null when it cannot be replayed. */
  readonly creditedSeconds: number | null;
}

async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** False on plain http in a network, where browsers keep their digests to themselves. */
export const canCheckHere = (): boolean => globalThis.crypto?.subtle !== undefined;

/** Recomputes every digest, the chain and the credit from the evidence as stored, on this device. */
export async function checkEvidence(rows: readonly EvidenceRow[]): Promise<LocalCheck> {
  let previousHash = GENESIS_HASH;
  let firstBadIndex: number | null = null;
  for (const [at, row] of rows.entries()) {
    const sound =
      row.index === at && row.previousHash === previousHash && (await sha256Hex(evidenceText(row))) === row.hash;
    if (!sound && firstBadIndex === null) firstBadIndex = row.index;
    previousHash = row.hash;
  }
  return { rows: rows.length, firstBadIndex, creditedSeconds: replayCredit(rows) };
}

function replayCredit(rows: readonly EvidenceRow[]): number | null {
  const opened = rows[0]?.fact;
  if (opened?.kind !== 'opened') return null;
  try {
    const replay = replaySession(
      rows.map((row) => row.fact),
      limitsOf(getStudyRuleSet(opened.ruleSetId)),
    );
    const handedOver = replay.rows.reduce((sum, row) => sum + row.creditedSeconds, 0);
    return handedOver + Math.floor(unflushedNewMs(replay.state) / 1000);
  } catch (cause) {
    // A row that was tampered with need not decode; the answer is then that it cannot be replayed.
    if (cause instanceof RangeError) return null;
    throw cause;
  }
}
