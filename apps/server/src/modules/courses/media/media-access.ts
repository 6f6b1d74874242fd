import { chinaDateOf, findStudyRuleSet, learnerVisibleStates, type SchemeCode } from '@antu/domain';
import { AppError } from '../../../platform/errors.ts';
import type { Actor } from '../../../platform/http/actor.ts';
import type { Platform } from '../../../platform/module.ts';
import { rowsOf } from '../context.ts';
import { insideReachOf, isInside } from '../policy.ts';

/** What deciding about a request for a media file needs to know. */
interface MediaFacts {
  readonly organisationId: string;
  /** Of the courses with a version that is published, or was and is kept for those who started it, and contains the media. */
  readonly schemes: readonly SchemeCode[];
}

const KEEP_MS = 5000;
const MOST_KEPT = 5000;

interface Kept {
  readonly untilMs: number;
  readonly facts: Promise<MediaFacts | undefined>;
}

const caches = new WeakMap<Platform, Map<string, Kept>>();

/**
 * Refuses unless the actor may see the files of a media asset: everybody who reads courses if a published version contains
 * it, else only its authors and reviewers. Thousands of players ask every four seconds for a segment of the same few
 * videos, so facts about a video are kept for five seconds; who the actor is, is never kept here.
 */
export async function requireMediaAccess(platform: Platform, actor: Actor, mediaId: string): Promise<void> {
  const facts = await getFacts(platform, mediaId);
  if (facts.schemes.length > 0 || isInside(insideReachOf(actor), facts.organisationId)) return;
  throw new AppError('platform.not_allowed');
}

/**
 * Refuses picture and sound outside a study session: to those whom `requireMediaAccess` refuses, and to learners wherever
 * a training asks what was really sent to a session. Whoever holds another role beside looks at it as that.
 */
export async function requireFilmAccess(platform: Platform, actor: Actor, mediaId: string): Promise<void> {
  await requireMediaAccess(platform, actor, mediaId);
  if (actor.memberships.some(({ role }) => role !== 'learner')) return;
  const { schemes } = await getFacts(platform, mediaId);
  const day = chinaDateOf(platform.clock.nowMs());
  const isCounted = actor.memberships.some(({ regionCode }) =>
    schemes.some((scheme) => findStudyRuleSet(scheme, regionCode, day).limits.mediaDelivery.value),
  );
  if (isCounted) throw new AppError('courses.media_in_session_only');
}

/** Refuses media that no course shows to learners (any more). */
export async function requirePublishedMedia(platform: Platform, mediaId: string): Promise<void> {
  const { schemes } = await getFacts(platform, mediaId);
  if (schemes.length === 0) throw new AppError('platform.not_allowed');
}

async function getFacts(platform: Platform, mediaId: string): Promise<MediaFacts> {
  const facts = await factsOf(platform, mediaId);
  if (!facts) throw new AppError('courses.media_not_found', { mediaId });
  return facts;
}

function factsOf(platform: Platform, mediaId: string): Promise<MediaFacts | undefined> {
  const cache = caches.get(platform) ?? new Map<string, Kept>();
  caches.set(platform, cache);
  const nowMs = platform.clock.nowMs();
  const kept = cache.get(mediaId);
  if (kept && kept.untilMs > nowMs) return kept.facts;
  if (cache.size >= MOST_KEPT) cache.clear();
  const facts = readFacts(platform, mediaId);
  cache.set(mediaId, { untilMs: nowMs + KEEP_MS, facts });
  // Only what thousands watch is kept: a failed look-up or an unpublished video is asked again.
  facts.then(
    (found) => (found && found.schemes.length > 0) || cache.delete(mediaId),
    () => cache.delete(mediaId),
  );
  return facts;
}

async function readFacts(platform: Platform, mediaId: string): Promise<MediaFacts | undefined> {
  const [row] = await rowsOf<{ organisation_id: string; schemes: SchemeCode[] }>(
    platform.pool,
    `select m.organisation_id, array(
       select distinct c.scheme from lesson_version l
         join course_version_lesson cl on cl.lesson_version_id = l.id
         join course_version v on v.id = cl.course_version_id
         join course c on c.id = v.course_id
       where l.media_id = m.id and v.state = any($2::text[])) as schemes
     from media_asset m where m.id = $1`,
    [mediaId, learnerVisibleStates],
  );
  return row && { organisationId: row.organisation_id, schemes: row.schemes };
}
