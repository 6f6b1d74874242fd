import {
  createOrganisation,
  createPerson,
  getPerson,
  listOrganisations,
  listPeople,
  listRegions,
  resetPersonPassword,
  revealPerson,
} from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../platform/http/route.ts';
import { registerOrganisation } from './register-organisation.ts';
import { createPersonOnRoster } from './create-person.ts';
import { listOrganisationsInReach } from './list-organisations.ts';
import { listChildRegions } from './list-regions.ts';
import { listPeopleInReach, readPerson } from './read-people.ts';
import { resetLearnerPassword } from './reset-password.ts';
import { revealPersonInFull } from './reveal-person.ts';

export function registerPeopleRoutes(app: FastifyInstance): void {
  serve(app, listRegions, {
    policy: 'signed-in',
    summary: 'Regions directly below one, or the provinces',
    handler: (ctx, { query }) => listChildRegions(ctx.pool, query.parent),
  });
  serve(app, listOrganisations, {
    policy: 'organisations.read',
    summary: 'Organisations within reach',
    handler: (ctx, { query }) => listOrganisationsInReach(ctx, query),
  });
  serve(app, createOrganisation, {
    policy: 'organisations.create',
    summary: 'Register an organisation of the own region',
    status: 201,
    handler: (ctx, { body }) => registerOrganisation(ctx, body),
  });
  serve(app, listPeople, {
    policy: 'people.read',
    summary: 'Persons within reach, masked',
    handler: (ctx, { query }) => listPeopleInReach(ctx, query),
  });
  serve(app, getPerson, {
    policy: 'people.read',
    summary: 'One person, masked',
    handler: (ctx, { params }) => readPerson(ctx, params.personId),
  });
  serve(app, createPerson, {
    policy: 'people.create',
    summary: 'Put a person on the roster of an organisation',
    status: 201,
    handler: (ctx, { body }) => createPersonOnRoster(ctx, body),
  });
  serve(app, revealPerson, {
    policy: 'people.reveal',
    summary: 'Name and ID number in full, for a reason that is recorded',
    handler: (ctx, { params, body }) => revealPersonInFull(ctx, params.personId, body.reason),
  });
  serve(app, resetPersonPassword, {
    policy: 'people.reset-password',
    summary: 'A new first password for a learner',
    handler: (ctx, { params }) => resetLearnerPassword(ctx, params.personId),
  });
}
