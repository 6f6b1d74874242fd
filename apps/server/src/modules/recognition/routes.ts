import { claimSubsidy as claimEndpoint, getOwnPurposes, getPersonPurposes } from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../platform/http/route.ts';
import { claimSubsidy } from './claim-subsidy.ts';
import { readOwnPurposes, readPersonPurposes } from './read-purposes.ts';

export function registerRecognitionRoutes(app: FastifyInstance): void {
  serve(app, getOwnPurposes, {
    policy: 'recognition.own',
    summary: 'Purposes for which one’s own hours count, and what is missing',
    handler: (ctx) => readOwnPurposes(ctx),
  });
  serve(app, getPersonPurposes, {
    policy: 'recognition.read',
    summary: 'Purposes for which somebody’s hours count, and what is missing',
    handler: (ctx, { params }) => readPersonPurposes(ctx, params.personId),
  });
  serve(app, claimEndpoint, {
    policy: 'recognition.claim',
    status: 201,
    summary: 'Claim the subsidy for the hours of a purpose; each hour once',
    handler: (ctx, { params, body }) => claimSubsidy(ctx, params.personId, body.purpose),
  });
}
