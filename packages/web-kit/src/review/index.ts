export { default as CaseDesk } from './case-desk.vue';
export { default as CasePage } from './case-page.vue';
export type { CaseLinks } from './case-links.ts';
export { type CaseCounts, useCaseCounts } from './use-case-counts.ts';
