export * from './readiness.ts';
export * from './renditions.ts';
export * from './review-rules.ts';
export * from './version-state.ts';
export * from './video-container.ts';
