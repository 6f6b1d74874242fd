export * from './document-code.ts';
export * from './document-state.ts';
