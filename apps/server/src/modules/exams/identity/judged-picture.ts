import type { BoardRow } from '@antu/contract';
import type { Tx } from '../../../platform/database/pool.ts';
import type { JudgedSnapshot, SnapshotFindings } from '../../identity/index.ts';
import { addEvents, raiseAlerts } from './sitting-events.ts';

type Alert = Extract<BoardRow['alerts'][number], 'picture-other' | 'picture-two' | 'picture-none' | 'picture-repeated'>;

/** What an invigilator should look at. A picture that cannot be judged is none of it: people see it in the record. */
const ALERTS: Partial<Record<SnapshotFindings['finding'], Alert>> = {
  'other-person': 'picture-other',
  'two-faces': 'picture-two',
  'no-face': 'picture-none',
};

/** Tells the invigilator what a picture of a sitting shows. A sign for people, never a verdict. */
export async function noteJudgedPicture(
  tx: Tx,
  { sessionId, captureId, takenAtMs, judgedAtMs, findings }: JudgedSnapshot,
): Promise<void> {
  const shown = ALERTS[findings.finding];
  // No camera gives the same bytes twice.
  const alerts: Alert[] = [
    ...(shown ? [shown] : []),
    ...(findings.signs.includes('seen-before') ? (['picture-repeated'] as const) : []),
  ];
  // Pictures of study sessions are told here, too: those are no sitting.
  if (alerts.length === 0 || !(await raiseAlerts(tx, sessionId, alerts))) return;
  await addEvents(
    tx,
    sessionId,
    alerts.map((kind) => ({ kind, atMs: takenAtMs, detail: captureId })),
    judgedAtMs,
  );
}
