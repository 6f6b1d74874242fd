export * from './study/index.ts';
