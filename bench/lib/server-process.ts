import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

export type ServerProcess = { port: number; pid: number; stop(): Promise<void>; kill(): Promise<void> };

/** Starts a server script that sends `{ type: 'ready' }`; its port is in PORT. */
export async function startServerProcess(
  file: string,
  environment: Record<string, string>,
  execArgv: string[] = [],
): Promise<ServerProcess> {
  const port = Number(environment.PORT ?? (await findFreePort()));
  const child: ChildProcess = fork(file, [], {
    env: { ...process.env, ...environment, PORT: String(port) },
    execArgv,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await new Promise<void>((resolve, reject) => {
    child.once('message', (message: { type: string; sentence?: string }) =>
      message.type === 'ready' ? resolve() : reject(new Error(message.sentence ?? 'the server did not start')),
    );
    child.once('exit', () => reject(new Error(`${file} ended while it started`)));
  });
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return { port, pid: child.pid ?? 0, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

/** A port that nobody uses now. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
