import type { Journey } from '../lib/journey.ts';
import { examJourney } from './exam.ts';
import { exportJourney } from './export.ts';
import { hiddenJourney } from './hidden.ts';
import { identityJourney } from './identity.ts';
import { lighthouseJourney } from './lighthouse.ts';
import { mediaJourney } from './media.ts';
import { offlineJourney } from './offline.ts';
import { presenceJourney } from './presence.ts';
import { quizJourney } from './quiz.ts';
import { reviewJourney } from './review.ts';
import { screensJourney } from './screens.ts';
import { studyJourney } from './study.ts';
import { uploadJourney } from './upload.ts';

/** In order: later ones look at what earlier ones left behind. */
export const journeys: readonly Journey[] = [
  studyJourney,
  hiddenJourney,
  offlineJourney,
  mediaJourney,
  presenceJourney,
  uploadJourney,
  quizJourney,
  examJourney,
  exportJourney,
  identityJourney,
  reviewJourney,
  screensJourney,
  lighthouseJourney,
];
