import type { Journey } from '../lib/journey.ts';
import { studyJourney } from './study.ts';

/** In order: later ones look at what earlier ones left behind. */
export const journeys: readonly Journey[] = [studyJourney];
