export * from './may-work.ts';
