import type { z } from 'zod';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What one HTTP route accepts and answers. Server, web apps and tests read the same description. */
export interface Endpoint {
  method: HttpMethod;
  /** Path with `:name` for every key of `params`, such as `/api/courses/:courseId`. */
  path: string;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  answer: z.ZodType;
}

type Part<E extends Endpoint, K extends 'params' | 'query' | 'body'> = E[K] extends z.ZodType
  ? Record<K, z.input<E[K]>>
  : { [P in K]?: never };

/** Arguments of a call to the endpoint: exactly the parts that it describes. */
export type EndpointInput<E extends Endpoint> = Part<E, 'params'> & Part<E, 'query'> & Part<E, 'body'>;

/** Parsed answer of the endpoint. */
export type EndpointAnswer<E extends Endpoint> = z.output<E['answer']>;

/** Describes an endpoint once and keeps the exact types of its schemas. */
export function defineEndpoint<const E extends Endpoint>(endpoint: E): E {
  return endpoint;
}
