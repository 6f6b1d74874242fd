export * from './counted-media.ts';
export * from './hour-decision.ts';
export * from './places.ts';
export * from './score-session.ts';
export * from './suspicion-rules.ts';
export * from './settle-awaited.ts';
