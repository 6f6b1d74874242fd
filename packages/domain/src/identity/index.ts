export * from './challenge.ts';
export * from './check-limits.ts';
export * from './check-text.ts';
export * from './face-notice.ts';
export * from './frame-times.ts';
export * from './kept-pictures.ts';
export * from './measures.ts';
export * from './problem-order.ts';
