import { HttpConnection, postRequest } from './http-connection.ts';
import type { LoadLearner } from './load-generator.ts';

export type PacedOrder = {
  port: number;
  learners: readonly LoadLearner[];
  connections: number;
  perSecond: number;
  warmSeconds: number;
  seconds: number;
  /** First running number of the reports. */
  firstSeq: number;
};
export type PacedResult = { requests: number; p50Ms: number; p99Ms: number; maxMs: number };

/**
 * Heartbeats at a steady rate, as from learners who know nothing of each other. Latency counts from the moment at which a heartbeat
 * was due, also if it had to wait for a connection. Rejects if any is refused.
 */
export async function runPaced(order: PacedOrder): Promise<PacedResult> {
  const { port, learners, perSecond } = order;
  const free = Array.from({ length: order.connections }, () => new HttpConnection(port));
  const all = [...free];
  const due: number[] = [];
  const latencies: number[] = [];
  const startMs = performance.now();
  const measureFromMs = startMs + order.warmSeconds * 1000;
  const total = Math.round((order.warmSeconds + order.seconds) * perSecond);
  const done = Promise.withResolvers<void>();
  let sent = 0;
  let answered = 0;

  const send = () => {
    while (due.length > 0 && free.length > 0) {
      const dueMs = due.shift() ?? 0;
      const connection = free.pop();
      const learner = learners[sent % learners.length];
      if (!connection || !learner) return;
      const seq = order.firstSeq + Math.floor(sent / learners.length);
      sent += 1;
      const mediaMs = Math.floor(performance.now() - startMs);
      const body = `{"beats":[{"seq":${seq},"mediaMs":${mediaMs},"activity":"playing","touched":true,"ageMs":0}]}`;
      connection.send(
        postRequest(
          `/api/study-sessions/${learner.sessionId}/beats`,
          `cookie: ${learner.cookie}\r\nx-antu-csrf: ${learner.csrf}\r\n`,
          body,
        ),
        ({ status, body: text }) => {
          if (status !== 200) done.reject(new Error(`a heartbeat was refused: ${status} ${text().slice(0, 300)}`));
          if (dueMs >= measureFromMs) latencies.push(performance.now() - dueMs);
          answered += 1;
          free.push(connection);
          if (answered === total) done.resolve();
          else send();
        },
        (error) => done.reject(error),
      );
    }
  };
  let planned = 0;
  const timer = setInterval(() => {
    const nowMs = performance.now();
    for (; planned < total && startMs + (planned * 1000) / perSecond <= nowMs; planned += 1)
      due.push(startMs + (planned * 1000) / perSecond);
    send();
  }, 1);
  try {
    await done.promise;
  } finally {
    clearInterval(timer);
    for (const connection of all) connection.close();
  }
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (part: number) =>
    Number((sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? 0).toFixed(1));
  return { requests: total, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}
