import type { FrameMeasures } from '@antu/domain';
import type { WorkerAnswer, WorkerOrder } from '../engine/work/face-workers.ts';

// In the place of the process that measures: does what the picture says.
const send = (answer: WorkerAnswer) => process.send?.(answer);
process.on('disconnect', () => process.exit(0));
process.on('message', ({ id, picture }: WorkerOrder) => {
  const word = Buffer.from(picture).toString('latin1');
  if (word === 'crash') process.exit(1);
  if (word === 'abort') process.abort();
  if (word === 'hang') for (;;);
  if (word === 'fail') send({ type: 'failed', id, reason: 'as told' });
  else if (word === 'unreadable') send({ type: 'unreadable', id });
  else if (word === 'slow') setTimeout(() => send({ type: 'measured', id, measures: named(word) }), 300);
  else send({ type: 'measured', id, measures: named(word) });
});

/** Only which picture it was matters. */
const named = (word: string) => ({ faces: word.length }) as FrameMeasures;

send({ type: 'ready' });
