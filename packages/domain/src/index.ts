export * from './people/index.ts';
export * from './study/index.ts';
