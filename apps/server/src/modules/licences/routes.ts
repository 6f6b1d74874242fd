import {
  carryOverCards,
  decideLicenceRequest,
  getLicence,
  getOwnLicences,
  licencePhotoPath,
  listLicenceRequests,
  listLicences as listEndpoint,
  requestLicence,
  requestOwnLicence,
  scanLicence as scanEndpoint,
  showOwnLicence,
} from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { route, serve } from '../../platform/http/route.ts';
import { carryOver } from './carry-over.ts';
import { decideRequest } from './decide-request.ts';
import { listLicences, readLicence } from './list-licences.ts';
import { listRequests } from './list-requests.ts';
import { requestForPerson, requestForSelf } from './make-request.ts';
import { listOwnLicences } from './own-licences.ts';
import { scanLicence, sendPhoto } from './scan-licence.ts';
import { showLicence } from './show-licence.ts';

export function registerLicenceRoutes(app: FastifyInstance): void {
  serve(app, listEndpoint, {
    policy: 'licences.read',
    summary: 'Qualification licences of people within reach',
    handler: (ctx, { query }) => listLicences(ctx, query),
  });
  serve(app, getOwnLicences, {
    policy: 'licences.own',
    summary: 'Qualification licences of one’s own',
    handler: (ctx) => listOwnLicences(ctx),
  });
  serve(app, getLicence, {
    policy: 'licences.read',
    summary: 'A qualification licence with what was done to it',
    handler: (ctx, { params }) => readLicence(ctx, params.licenceId),
  });
  serve(app, requestOwnLicence, {
    policy: 'licences.own',
    status: 201,
    summary: 'Ask for renewal, another card, a change or the end of a licence of one’s own',
    handler: (ctx, { params, body }) => requestForSelf(ctx, params.licenceId, body),
  });
  serve(app, showOwnLicence, {
    policy: 'licences.own',
    summary: 'A code that is good for a minute, to show a licence of one’s own',
    handler: (ctx, { params }) => showLicence(ctx, params.licenceId),
  });
  serve(app, scanEndpoint, {
    policy: 'licences.scan',
    summary: 'What an officer at the roadside sees of a scanned code',
    handler: (ctx, { body }) => scanLicence(ctx, body.text),
  });
  route(app, {
    method: 'GET',
    url: licencePhotoPath,
    policy: 'licences.scan',
    summary: 'The photo of a licence holder',
    schema: { params: z.object({ licenceId: z.uuid() }), answer: 'raw' },
    handler: (ctx, { params }) => sendPhoto(ctx, params.licenceId),
  });
  serve(app, requestLicence, {
    policy: 'licences.request',
    status: 201,
    summary: 'File a request about somebody’s licence, to be decided by another officer',
    handler: (ctx, { body }) => requestForPerson(ctx, body),
  });
  const policy = 'licences.decide';
  serve(app, listLicenceRequests, {
    policy,
    summary: 'Requests about licences, open ones the oldest first',
    handler: (ctx, { query }) => listRequests(ctx, query),
  });
  serve(app, decideLicenceRequest, {
    policy,
    summary: 'Grant or refuse a request about a licence',
    handler: (ctx, { params, body }) => decideRequest(ctx, params.requestId, body),
  });
  serve(app, carryOverCards, {
    policy,
    summary: 'Carry paper and IC cards of before into the register, with a report by row',
    handler: (ctx, { body }) => carryOver(ctx, body),
  });
}
