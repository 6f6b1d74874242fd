export * from './courses/index.ts';
export * from './exams/index.ts';
export * from './identity/index.ts';
export * from './licences/index.ts';
export * from './people/index.ts';
export * from './review/index.ts';
export * from './standing/index.ts';
export * from './study/index.ts';
