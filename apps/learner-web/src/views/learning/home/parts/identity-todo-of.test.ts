import type { Enrolment, IdentityStanding } from '@antu/contract';
import { expect, it } from 'vitest';
import { identityTodoOf } from './identity-todo-of.ts';

const enrolment = (state: Enrolment['state']): Enrolment => ({
  state,
  source: null,
  enrolledAt: null,
  refusedBecause: null,
  hasPicture: state !== 'none',
});
const asked: IdentityStanding['schemes'] = ['work-safety'];
const open = { required: true, passedAt: null };
const passed = { required: true, passedAt: '2026-11-25T08:00:00Z' };
const notAsked = { required: false, passedAt: null };

it.each([
  ['no training asks for it', [], 'none', open, false, null],
  ['nothing enrolled', asked, 'none', open, false, 'enrol'],
  ['refused', asked, 'refused', passed, false, 'refused'],
  ['chose another way, sign-in open', asked, 'none', open, true, 'signIn'],
  ['chose another way, sign-in confirmed', asked, 'none', passed, true, null],
  ['waits for the company', asked, 'waiting', passed, false, null],
  ['waits for the company, sign-in open', asked, 'waiting', open, false, 'signIn'],
  ['enrolled, sign-in open', asked, 'active', open, false, 'signIn'],
  ['enrolled and confirmed', asked, 'active', passed, false, null],
  ['sign-in not asked for', asked, 'active', notAsked, false, null],
] as const)('%s', (_name, schemes, state, signIn, without, todo) => {
  expect(identityTodoOf({ schemes: [...schemes], enrolment: enrolment(state), signIn }, without)).toBe(todo);
});
