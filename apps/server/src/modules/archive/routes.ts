import { addArchiveNote as noteEndpoint, getOwnArchive, getPersonArchive } from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../platform/http/route.ts';
import { addArchiveNote } from './add-note.ts';
import { readOwnArchive, readPersonArchive } from './read-archive.ts';

export function registerArchiveRoutes(app: FastifyInstance): void {
  serve(app, getOwnArchive, {
    policy: 'archive.own',
    summary: 'One’s own training archive, a year at a time',
    handler: (ctx, { query }) => readOwnArchive(ctx, query),
  });
  serve(app, getPersonArchive, {
    policy: 'archive.read',
    summary: 'What the caller may see of somebody’s training archive',
    handler: (ctx, { params, query }) => readPersonArchive(ctx, params.personId, query),
  });
  serve(app, noteEndpoint, {
    policy: 'archive.note',
    status: 201,
    summary: 'Put a correction beside an entry of the archive',
    handler: (ctx, { params, body }) => addArchiveNote(ctx, params.personId, body),
  });
}
