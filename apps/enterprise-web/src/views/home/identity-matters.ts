import { listIdentityReviews, listWaitingEnrolments } from '@antu/contract';
import { api } from '@antu/web-kit';
import type { useTexts } from '../../locales/index.ts';
import type { Matter } from './matters.ts';

/** What waits for somebody to say who a person is. */
export interface IdentityCounts {
  photos: number;
  /** On which this account may still vote. */
  reviews: number;
}

/** Enough to count exactly in every organisation of ordinary size; beyond it the server's number of all open ones stands. */
const COUNTED = 30;

export async function countIdentityMatters(organisationId: string, signal: AbortSignal): Promise<IdentityCounts> {
  const [waiting, reviews] = await Promise.all([
    api.call(listWaitingEnrolments, { params: { organisationId }, query: { limit: 1 } }, { signal }),
    api.call(listIdentityReviews, { query: { organisationId, limit: COUNTED } }, { signal }),
  ]);
  const own = reviews.items.filter((one) => one.mayVote).length;
  return { photos: waiting.total, reviews: reviews.nextCursor === null ? own : reviews.total };
}

/** A row for photos and one for reviews; nothing where nothing waits. */
export function listIdentityMatters(counts: IdentityCounts | undefined, t: ReturnType<typeof useTexts>['t']): Matter[] {
  const { photos, reviews } = counts ?? { photos: 0, reviews: 0 };
  const plain = { tone: 'wait' as const, icon: 'face' as const, due: t('home.noLimit'), dueNote: '' };
  const found: Matter[] = [];
  if (photos > 0)
    found.push({
      ...plain,
      key: 'identity-photos',
      title: t('identity.home.photos', { n: photos }),
      text: t('identity.home.photosText'),
      action: t('identity.home.goPhotos'),
      to: { name: 'identity-photos' },
    });
  if (reviews > 0)
    found.push({
      ...plain,
      key: 'identity-reviews',
      icon: 'users',
      title: t('identity.home.reviews', { n: reviews }),
      text: t('identity.home.reviewsText'),
      action: t('identity.home.goReviews'),
      to: { name: 'identity-reviews' },
    });
  return found;
}
