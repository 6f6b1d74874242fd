export * from './bucket.ts';
export * from './permissions.ts';
export * from './roles.ts';
