import type { Journey } from '../lib/journey.ts';
import { hiddenJourney } from './hidden.ts';
import { offlineJourney } from './offline.ts';
import { presenceJourney } from './presence.ts';
import { screensJourney } from './screens.ts';
import { studyJourney } from './study.ts';

/** In order: later ones look at what earlier ones left behind. */
export const journeys: readonly Journey[] = [
  studyJourney,
  hiddenJourney,
  offlineJourney,
  presenceJourney,
  screensJourney,
];
