import { viewAccessSamples } from './views/access-samples.ts';

/** How the access walk asks the scoped routes of this module. */
export const accessSamples = [...viewAccessSamples];
