import { HttpConnection, postRequest } from './http-connection.ts';

/** A learner whose player reports. */
export type LoadLearner = { sessionId: string; cookie: string; csrf: string };

export type LoadOrder = {
  port: number;
  learners: LoadLearner[];
  connections: number;
  warmSeconds: number;
  seconds: number;
  /** First running number of the reports. */
  firstSeq: number;
};

export type LoadResult = {
  /** All of them, those of the warm-up too. */
  requests: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
  failures: number;
  firstFailure: string | null;
  /** Answers that said that the server counts, in per cent of those looked at. */
  countingPercent: number;
};

/** Milliseconds of latency are counted in steps of a tenth. */
const STEPS = 100_000;

async function run(order: LoadOrder): Promise<LoadResult> {
  const startMs = performance.now();
  const measureFromMs = startMs + order.warmSeconds * 1000;
  const endMs = measureFromMs + order.seconds * 1000;
  const histogram = new Uint32Array(STEPS);
  let answers = 0;
  let requests = 0;
  let failures = 0;
  let firstFailure: string | null = null;
  let looked = 0;
  let counting = 0;

  const drive = (index: number): Promise<void> =>
    new Promise((resolve) => {
      const connection = new HttpConnection(order.port);
      const own = order.learners.filter((_, position) => position % order.connections === index);
      const starts = own.map(() => 0);
      const seqs = own.map(() => order.firstSeq - 1);
      let turn = 0;
      const next = () => {
        const nowMs = performance.now();
        if (nowMs >= endMs || own.length === 0) {
          connection.close();
          resolve();
          return;
        }
        const at = turn++ % own.length;
        const learner = own[at];
        if (!learner) return;
        requests += 1;
        if (starts[at] === 0) starts[at] = nowMs;
        const seq = (seqs[at] ?? 0) + 1;
        seqs[at] = seq;
        const mediaMs = Math.floor(nowMs - (starts[at] ?? nowMs));
        const touched = seq % 30 === 0;
        const body = `{"beats":[{"seq":${seq},"mediaMs":${mediaMs},"activity":"playing","touched":${touched},"ageMs":0}]}`;
        connection.send(
          postRequest(
            `/api/study-sessions/${learner.sessionId}/beats`,
            `cookie: ${learner.cookie}\r\nx-antu-csrf: ${learner.csrf}\r\n`,
            body,
          ),
          ({ status, body: text }) => {
            const doneMs = performance.now();
            if (doneMs >= measureFromMs && doneMs < endMs) {
              answers += 1;
              const step = Math.min(STEPS - 1, Math.floor((doneMs - nowMs) * 10));
              histogram[step] = (histogram[step] ?? 0) + 1;
              if (answers % 500 === 0) {
                looked += 1;
                if (text().includes('"counting"')) counting += 1;
              }
            }
            if (status !== 200) {
              failures += 1;
              firstFailure ??= `${status} ${text().slice(0, 300)}`;
            }
            next();
          },
          (error) => {
            failures += 1;
            firstFailure ??= error.message;
            setTimeout(next, 50);
          },
        );
      };
      next();
    });
  await Promise.all(Array.from({ length: order.connections }, (_, index) => drive(index)));
  return {
    requests,
    perSecond: Math.round(answers / order.seconds),
    p50Ms: percentile(histogram, answers, 0.5),
    p99Ms: percentile(histogram, answers, 0.99),
    maxMs: percentile(histogram, answers, 1),
    failures,
    firstFailure,
    countingPercent: looked === 0 ? 0 : Math.round((100 * counting) / looked),
  };
}

function percentile(histogram: Uint32Array, total: number, part: number): number {
  let seen = 0;
  for (const [step, count] of histogram.entries()) {
    seen += count;
    if (seen >= total * part) return step / 10;
  }
  return STEPS / 10;
}

process.on('message', (order: LoadOrder) => {
  void run(order).then((result) => process.send?.(result, () => process.exit(0)));
});
