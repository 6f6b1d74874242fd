export * from './ask-question.ts';
export * from './blueprint.ts';
export * from './draw-paper.ts';
export * from './mark-answer.ts';
export * from './question.ts';
export * from './seeded-random.ts';
