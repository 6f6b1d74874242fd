export * from './certificate-conditions.ts';
export * from './certificate-rules.ts';
