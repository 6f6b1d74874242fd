import type { LiveSnapshot } from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import type { RouteContext } from '../../../../platform/http/route.ts';

const EVERY_MS = 2_000;
/** A stream outlives no sign-in: who signed out elsewhere, or lost the role, is asked again this often. */
const ASK_AGAIN_MS = 30_000;

/** Sends snapshots as server-sent events until the reader goes or may no longer look. */
export async function streamSnapshots(
  app: FastifyInstance,
  ctx: RouteContext<'study.watch'>,
  read: () => Promise<LiveSnapshot>,
): Promise<void> {
  const { reply, request } = ctx;
  const first = await read();
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // Reverse proxies would collect events otherwise.
    'x-accel-buffering': 'no',
  });
  const send = (snapshot: LiveSnapshot): boolean => raw.write(`event: snapshot\ndata: ${JSON.stringify(snapshot)}\n\n`);
  send(first);

  let busy = false;
  let askedMs = ctx.nowMs();
  const tick = async (): Promise<void> => {
    // A reader slower than the events gets fewer of them, not a growing queue.
    if (busy || raw.writableNeedDrain) return;
    busy = true;
    try {
      if (ctx.nowMs() - askedMs >= ASK_AGAIN_MS) {
        askedMs = ctx.nowMs();
        // Watching is no activity: it must not keep the sign-in alive.
        request.headers['x-antu-background'] = '1';
        const actor = await app.access.authenticate(request);
        if (!actor || !app.access.authorize(actor, 'study.watch')) return void raw.end();
      }
      send(await read());
    } catch (error) {
      ctx.log.error({ err: error }, 'live stream ended');
      raw.end();
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void tick(), EVERY_MS);
  const stop = (): void => {
    clearInterval(timer);
    open.delete(raw);
  };
  const open = openStreams(app);
  open.add(raw);
  raw.on('close', stop);
}

const streams = new WeakMap<FastifyInstance, Set<{ end(): unknown }>>();

/** Streams never end by themselves: without this the server could not close. */
function openStreams(app: FastifyInstance): Set<{ end(): unknown }> {
  return streams.get(app) ?? new Set();
}

/** To be called before the server starts: ends open streams when it stops. */
export function endStreamsOnClose(app: FastifyInstance): void {
  const open = new Set<{ end(): unknown }>();
  streams.set(app, open);
  app.addHook('preClose', () => {
    for (const one of open) one.end();
  });
}
