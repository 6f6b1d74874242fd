export * from './licence-categories.ts';
export * from './licence-requests.ts';
export * from './licence-rules.ts';
export * from './licence-status.ts';
export * from './licence-term.ts';
