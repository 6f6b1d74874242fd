export * from './blueprint.ts';
export * from './question.ts';
