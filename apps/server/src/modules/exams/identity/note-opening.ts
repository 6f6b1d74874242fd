import type { BoardRow } from '@antu/contract';
import { examLimitsOf, getExamRuleSet } from '@antu/domain';
import type { Tx } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { lockReviewState } from '../../identity/index.ts';
import type { SittingDoor } from '../sittings/sitting-door.ts';
import type { SittingRow } from '../sittings/sitting-rows.ts';
import type { Opening } from './require-identity.ts';
import type { WatchEvent } from './sitting-events.ts';

/** What is known of a start before it happens. */
export interface Opened {
  /** Undefined: nothing was asked, because the device is the same as before or the rules want no check. */
  readonly opening: Opening | undefined;
  readonly watched: boolean;
  /** Checks on which the start rests and that people have not decided. */
  readonly awaits: readonly string[];
}

const wantsPictures = ({ kind, rule_set_id }: Pick<SittingRow, 'kind' | 'rule_set_id'>): boolean =>
  kind === 'formal' && examLimitsOf(getExamRuleSet(rule_set_id)).snapshotGapSeconds !== null;

/** Whether pictures are asked for: not of whoever does not agree to face checks, however the rules are. */
export async function isToBeWatched(
  { hasConsented }: Pick<SittingDoor, 'hasConsented'>,
  sitting: SittingRow,
): Promise<boolean> {
  return wantsPictures(sitting) && (await hasConsented(sitting.person_id));
}

/**
 * What a start has to wait for. Keeps people from deciding until the sitting is written: locks the review before the sitting, as they
 * do. Refuses (`exams.identity_needed`) what was rejected a moment ago.
 */
export async function lockAwaited(tx: Tx, opening: Opening | undefined): Promise<string[]> {
  if (opening === undefined || opening === 'on-site' || opening.outcome !== 'pending') return [];
  const state = await lockReviewState(tx, opening.id);
  if (state === 'rejected') throw new AppError('exams.identity_needed');
  return state === 'approved' ? [] : [opening.id];
}

/** What is written down with a start. */
export interface OpeningNotes {
  readonly events: readonly { readonly kind: WatchEvent; readonly detail: string | null }[];
  readonly alerts: readonly BoardRow['alerts'][number][];
}

/**
 * On what a start rests. The invigilator is told of somebody who is not photographed in passing, and of a check that waits for people.
 */
export function notesOfOpening(sitting: SittingRow, { opening, watched, awaits }: Opened): OpeningNotes {
  const isNew = opening !== undefined || sitting.state === 'frozen';
  const unwatched = isNew && wantsPictures(sitting) && !watched;
  return {
    events: [
      ...(opening ? [{ kind: 'identity', detail: wordsOf(opening) } as const] : []),
      ...(unwatched ? [{ kind: 'unwatched', detail: null } as const] : []),
    ],
    alerts: [...(awaits.length > 0 ? ['awaits-review' as const] : []), ...(unwatched ? ['unwatched' as const] : [])],
  };
}

const wordsOf = (opening: Opening): string =>
  opening === 'on-site' ? opening : `${opening.method} ${opening.outcome} ${opening.id}`;
