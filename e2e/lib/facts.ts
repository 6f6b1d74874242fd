import type { LearningHomeFacts } from './fact-types.ts';
import type { Product } from './product.ts';
import type { Visitor } from './stage.ts';

/** Asks the product as the visitor, with the visitor's cookie. */
export async function ask<Answer>(visitor: Visitor, product: Product, path: string): Promise<Answer> {
  const answer = await visitor.context.request.get(product.url + path);
  if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

/** Tells the product something as the visitor. */
export async function tell<Answer>(
  visitor: Visitor,
  product: Product,
  method: 'POST' | 'PUT',
  path: string,
  data?: unknown,
): Promise<Answer> {
  const { csrfToken } = await ask<{ csrfToken: string }>(visitor, product, '/api/auth/me');
  const headers = { 'x-antu-csrf': csrfToken };
  const answer = await visitor.context.request.fetch(product.url + path, {
    method,
    headers,
    ...(data === undefined ? {} : { data }),
  });
  if (!answer.ok()) throw new Error(`${method} ${path} answered ${answer.status()}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

/** The obligation that the home page of this learner offers first. */
export async function firstObligation(
  visitor: Visitor,
  product: Product,
): Promise<LearningHomeFacts['obligations'][0]> {
  const { obligations } = await ask<LearningHomeFacts>(visitor, product, '/api/learning/home');
  const first = obligations.find((one) => one.next !== null);
  if (!first) throw new Error('nothing to study in the demo');
  return first;
}
