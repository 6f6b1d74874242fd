export * from './endpoint.ts';
export * from './audit.ts';
export * from './auth.ts';
export * from './people.ts';
export * from './permissions.ts';
export * from './roles.ts';
export * from './define-errors.ts';
export * from './errors.ts';
