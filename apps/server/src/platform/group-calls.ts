import { WriteGroup } from './write-group.ts';

interface Call<Request, Answer> {
  readonly request: Request;
  resolve(answer: Answer | undefined): void;
  reject(error: unknown): void;
}

export interface GroupedCalls<Request, Answer> {
  /** Resolves with the answer at the place of the request in its batch. */
  call(request: Request): Promise<Answer | undefined>;
  /** Resolves when nothing waits and nothing is on its way. */
  drain(): Promise<void>;
}

/**
 * Does what many ask for at the same moment in one go: what arrives while a batch is on its way is the next one.
 * @param work answers the requests of a batch by place; when it rejects, all of them are rejected
 * @param windowMs how long a batch gathers
 */
export function groupCalls<Request, Answer>(
  work: (requests: readonly Request[]) => Promise<readonly (Answer | undefined)[]>,
  windowMs: number,
): GroupedCalls<Request, Answer> {
  const group = new WriteGroup<Call<Request, Answer>>(async (batch) => {
    try {
      const answers = await work(batch.map(({ request }) => request));
      for (const [at, { resolve }] of batch.entries()) resolve(answers[at]);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    return [];
  }, windowMs);
  return {
    call: (request) => new Promise((resolve, reject) => group.add({ request, resolve, reject })),
    drain: () => group.drain(),
  };
}
