export * from './archive-view.ts';
export * from './retention-rules.ts';
