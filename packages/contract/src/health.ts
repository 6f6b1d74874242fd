import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';

/** Open to load balancers as well; 503 with the reason while the database or its migrations are not ready. */
export const getHealth = defineEndpoint({
  method: 'GET',
  path: '/api/health',
  answer: z.object({
    status: z.literal('ok'),
    version: z.string(),
    database: z.literal('ok'),
    migrations: z.int(),
    time: z.iso.datetime(),
  }),
});
