import { FaceWorkers } from '../../apps/server/src/modules/identity/engine/work/face-workers.ts';
import { buildApp } from '../../apps/server/src/app.ts';
import { modules } from '../../apps/server/src/modules/index.ts';
import { openPlatform } from '../../apps/server/src/platform/platform.ts';
import { loadSettings } from '../../apps/server/src/platform/settings.ts';
import { runProcess } from '../../apps/server/src/platform/supervisor/process-life.ts';

/** Starts offering pictures, or stops. */
export type FaceOrder =
  | { type: 'measure'; picture: Uint8Array; perSecond: number; niceness: number }
  | { type: 'stop-measuring' };
/** Sent when measuring has begun, and with the counts when it stopped. */
export type FaceReport =
  | { type: 'measuring' }
  | { type: 'measured'; offered: number; measured: number; refused: number };

// The API as it is, which measures pictures on the side as it does for checks.
await runProcess(async () => {
  const settings = loadSettings(process.env);
  const platform = await openPlatform(settings, 'api');
  const app = await buildApp({ platform, modules });
  await app.listen({ port: settings.port, host: settings.host });
  let workers: FaceWorkers | undefined;
  let timer: NodeJS.Timeout | undefined;
  const counts = { offered: 0, measured: 0, refused: 0 };
  const report = (message: FaceReport) => process.send?.(message);
  process.on('message', async (order: FaceOrder) => {
    if (order.type === 'measure') {
      const faces = new FaceWorkers({ niceness: order.niceness, mostWaiting: 20, pictureMs: 120_000 });
      workers = faces;
      await faces.measure(order.picture);
      timer = setInterval(() => {
        counts.offered += 1;
        faces.measure(order.picture).then(
          () => (counts.measured += 1),
          () => (counts.refused += 1),
        );
      }, 1000 / order.perSecond);
      report({ type: 'measuring' });
    }
    if (order.type === 'stop-measuring') {
      clearInterval(timer);
      report({ type: 'measured', ...counts });
      counts.offered = counts.measured = counts.refused = 0;
      await workers?.close();
    }
  });
  return async () => {
    await app.close();
    await platform.pool.end();
  };
});
