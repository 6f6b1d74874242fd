import type { AccessSample } from '../../platform/testing/access-sample.ts';
import { appealAccessSamples } from './appeals/access-samples.ts';
import { bankAccessSamples } from './bank/access-samples.ts';
import { importAccessSamples } from './import/access-samples.ts';
import { documentAccessSamples } from './documents/access-samples.ts';
import { examAccessSamples } from './dates/access-samples.ts';
import { examIdentityAccessSamples } from './identity/access-samples.ts';
import { planAccessSamples } from './plans/access-samples.ts';
import { quizAccessSamples } from './quizzes/access-samples.ts';
import { sittingAccessSamples } from './sittings/access-samples.ts';
import { statisticsAccessSamples } from './statistics/access-samples.ts';

/** How the access walk asks the scoped routes of this module. */
export const accessSamples: readonly AccessSample[] = [
  ...bankAccessSamples,
  ...importAccessSamples,
  ...planAccessSamples,
  ...quizAccessSamples,
  ...examAccessSamples,
  ...examIdentityAccessSamples,
  ...sittingAccessSamples,
  ...appealAccessSamples,
  ...documentAccessSamples,
  ...statisticsAccessSamples,
];
