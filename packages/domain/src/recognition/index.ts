export * from './purpose-rules.ts';
export * from './recognise.ts';
export * from './subsidy-claims.ts';
export * from './training-cycle.ts';
