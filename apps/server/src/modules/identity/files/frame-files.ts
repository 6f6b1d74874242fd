import type { Platform } from '../../../platform/module.ts';
import { challengePrefix, putSealed, readSealed } from './sealed-files.ts';

/** A picture of a step, between its arrival and the verdict. */
export type ArrivedFrame = {
  bytes: Buffer;
  /** Prompt on the screen, -1 before the first. */
  step: number;
  /** Client's stopwatch, ms. */
  atMs: number;
  /** Server's clock, epoch ms. */
  receivedAtMs: number;
  sha256Hex: string;
};

type Header = { atMs: number; receivedAtMs: number; sha256Hex: string; sizeBytes: number }[];
type Owner = { personId: string; challengeId: string };
type Files = Pick<Platform, 'keys' | 'storage'>;

const HEADER_LENGTH_BYTES = 4;

const keyOf = ({ personId, challengeId }: Owner, step: number): string =>
  `${challengePrefix(personId, challengeId)}/step${step + 1}`;

/** Keeps the pictures of a step, sealed, for whichever instance takes the next one. Writing a step again replaces it. */
export async function putStep(
  files: Files,
  owner: Owner,
  step: number,
  frames: readonly ArrivedFrame[],
): Promise<void> {
  const header: Header = frames.map(({ atMs, receivedAtMs, sha256Hex, bytes }) => {
    return { atMs, receivedAtMs, sha256Hex, sizeBytes: bytes.length };
  });
  const head = Buffer.from(JSON.stringify(header), 'utf8');
  const length = Buffer.alloc(HEADER_LENGTH_BYTES);
  length.writeUInt32BE(head.length);
  await putSealed(files, keyOf(owner, step), Buffer.concat([length, head, ...frames.map(({ bytes }) => bytes)]));
}

/** The pictures of a step; none if it was not taken or is gone. */
export async function readStep(files: Files, owner: Owner, step: number): Promise<ArrivedFrame[]> {
  const box = await readSealed(files, keyOf(owner, step));
  if (!box) return [];
  const start = HEADER_LENGTH_BYTES + box.readUInt32BE(0);
  const header = JSON.parse(box.toString('utf8', HEADER_LENGTH_BYTES, start)) as Header;
  let from = start;
  return header.map(({ sizeBytes, ...rest }) => {
    const bytes = box.subarray(from, from + sizeBytes);
    from += sizeBytes;
    return { ...rest, step, bytes };
  });
}

/** The pictures of the steps before `untilStep`, in order. */
export async function readSteps(files: Files, owner: Owner, untilStep: number): Promise<ArrivedFrame[]> {
  const frames: ArrivedFrame[] = [];
  for (let step = -1; step < untilStep; step += 1) frames.push(...(await readStep(files, owner, step)));
  return frames;
}

/** Throws all pictures of a check away that is over. */
export const deleteSteps = (files: Files, { personId, challengeId }: Owner): Promise<void> =>
  files.storage.deletePrefix(challengePrefix(personId, challengeId));
