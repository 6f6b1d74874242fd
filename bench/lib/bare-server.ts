import Fastify from 'fastify';

/** The yardstick: a Fastify server that parses the same body and answers at once, nothing else. */
const app = Fastify({ logger: false });
app.post<{ Body: { beats: unknown[] } }>('/api/study-sessions/:sessionId/beats', async (request) => ({
  beats: request.body.beats.length,
}));
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
process.send?.({ type: 'ready' });
