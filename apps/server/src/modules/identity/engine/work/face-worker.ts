import { getPriority, setPriority } from 'node:os';
import { UnreadablePicture } from '../measure/decode-picture.ts';
import { loadFaceModels } from '../measure/face-models.ts';
import { measurePicture } from '../measure/measure-picture.ts';
import type { WorkerAnswer, WorkerOrder } from './face-workers.ts';

const LOWEST = 19;

// A process of its own: a picture that breaks the decoder's native code breaks nothing else, and the kernel gives the cores to
// heartbeats first.
setPriority(Math.min(LOWEST, getPriority() + Number(process.argv[2] ?? 0)));
// Ctrl-C reaches the whole group; the parent decides when to end, and its end is ours.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(0));

const send = (answer: WorkerAnswer) => process.send?.(answer);

const models = await loadFaceModels();
process.on('message', async ({ id, picture, everybody }: WorkerOrder) => {
  try {
    send({ type: 'measured', id, measures: await measurePicture(models, picture, everybody) });
  } catch (error) {
    if (error instanceof UnreadablePicture) send({ type: 'unreadable', id });
    else send({ type: 'failed', id, reason: error instanceof Error ? error.message : String(error) });
  }
});
send({ type: 'ready' });
