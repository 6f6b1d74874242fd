import { createHmac } from 'node:crypto';
import {
  askedPicture,
  examLimitsOf,
  getExamRuleSet,
  missingPictures,
  type PictureDraw,
  pictureMoments,
} from '@antu/domain';
import type { SittingRow } from '../sittings/sitting-rows.ts';

/** So many bytes of the keyed hash make a number below 1 that a double holds exactly. */
const DRAW_BYTES = 6;

type WatchedRow = Pick<
  SittingRow,
  'watched' | 'picture_seed' | 'pictures_settled' | 'rule_set_id' | 'state' | 'started_at' | 'ends_at' | 'ended_at'
>;

/** Draws of a sitting: HMAC-SHA-256 of the number of the picture under its secret. */
const drawOf =
  (seed: string): PictureDraw =>
  (index) =>
    createHmac('sha256', seed).update(`picture ${index}`).digest().readUIntBE(0, DRAW_BYTES) / 2 ** (8 * DRAW_BYTES);

/** When pictures of a sitting are or were due until a moment, its end at the latest, epoch ms. */
function momentsOf(row: WatchedRow, nowMs: number): { moments: number[]; untilMs: number } {
  const { started_at, ends_at, ended_at } = row;
  if (!started_at) return { moments: [], untilMs: nowMs };
  const untilMs = Math.min(nowMs, ...[ends_at, ended_at].flatMap((at) => at?.getTime() ?? []));
  // A picture that is due at this very millisecond is one.
  const times = { startedAtMs: started_at.getTime(), untilMs: untilMs + 1 };
  return { moments: pictureMoments(times, limitsOfRow(row), drawOf(row.picture_seed)), untilMs };
}

/** The picture that a sitting asks for at this moment, or null. */
export function pictureAskedOf(row: WatchedRow, nowMs: number): number | null {
  const { state, watched, ends_at, pictures_settled } = row;
  if (!watched || state !== 'running' || (ends_at !== null && nowMs >= ends_at.getTime())) return null;
  return askedPicture(momentsOf(row, nowMs).moments, pictures_settled, nowMs, limitsOfRow(row));
}

export interface MissingPicture {
  readonly picture: number;
  readonly dueAtMs: number;
}

/** Pictures of a sitting that can no more arrive and of which nothing is written down yet. */
export function picturesMissingOf(row: WatchedRow, nowMs: number): MissingPicture[] {
  const { moments, untilMs } = momentsOf(row, nowMs);
  return missingPictures(moments, row.pictures_settled, untilMs, limitsOfRow(row)).map((picture) => ({
    picture,
    dueAtMs: moments[picture] ?? untilMs,
  }));
}

const limitsOfRow = ({ rule_set_id }: Pick<SittingRow, 'rule_set_id'>) => examLimitsOf(getExamRuleSet(rule_set_id));
