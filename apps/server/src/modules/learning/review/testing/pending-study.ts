import { createHash, randomUUID } from 'node:crypto';
import { bucketOf, type IdentityCheckFact, identityCheckText, placeInBucket } from '@antu/domain';
import { uuidv7 } from '../../../../platform/ids.ts';
import { advanceSession, type CheckVerdict, untouched, type Wish } from '../../advance-session.ts';
import { findStudyLesson } from '../../find-lesson.ts';
import { loadLiveSessions } from '../../live-session.ts';
import { openStudy } from '../../open-session.ts';
import { writeChanges } from '../../write-changes.ts';
import type { ReviewBench } from './review-bench.ts';

/** Study under checks of identity of which one is left to people; driven without a camera. */
export class PendingStudy {
  readonly review: ReviewBench;
  readonly personId: string;
  /** Happens between what an opening reads and what it writes. */
  whileOpening: () => Promise<void> = async () => undefined;
  sessionId = '';
  /** The pending check of identity, once one was asked. */
  identityCheckId = '';
  #seq = 1;
  #mediaMs = 0;

  constructor(review: ReviewBench, personId: string) {
    this.review = review;
    this.personId = personId;
  }

  get #nowMs(): number {
    return this.review.bench.test.clock.nowMs();
  }

  /** Opens a session that begins right after a passed check of the sign-in. */
  async open(lesson = 0, fromSeconds = 0): Promise<void> {
    const { pool, world } = this.review;
    this.review.bench.test.clock.advance(1000);
    const found = await findStudyLesson(
      pool,
      bucketOf(this.personId),
      this.personId,
      world.lessons[lesson]?.lessonVersionId ?? '',
    );
    const { session } = await openStudy(pool, {
      personId: this.personId,
      lesson: found,
      device: { kind: 'phone', name: 'test', id: null },
      clientNowMs: null,
      address: '203.0.113.9',
      nowMs: this.#nowMs,
      findCheckOfSignIn: async () => {
        await this.whileOpening();
        return this.#verdict('passed');
      },
    });
    this.sessionId = session.sessionId;
    this.#seq = 1;
    this.#mediaMs = fromSeconds * 1000;
    await this.#report('playing');
  }

  /** Watches until a check is asked for, and leaves it to people. */
  async watchUntilDeferred(mostSeconds = 900): Promise<void> {
    for (let done = 0; done < mostSeconds; done += 15) {
      const checkId = (await this.#live())?.checkId;
      if (checkId) return this.#defer(checkId);
      await this.watch(15);
    }
    throw new Error('no check was asked for');
  }

  async watch(seconds: number): Promise<void> {
    for (let done = 0; done < seconds; done += 15) {
      this.review.bench.test.clock.advance(15_000);
      this.#mediaMs += 15_000;
      await this.#report('playing');
    }
  }

  /** Watches and passes every check on the way. */
  async watchPassing(seconds: number): Promise<void> {
    for (let done = 0; done < seconds; done += 15) {
      const checkId = (await this.#live())?.checkId;
      if (checkId) {
        const verdicts = [await this.#verdict('passed', checkId)];
        await this.#wish({ type: 'check', checkId, verdicts, nowMs: this.#nowMs });
      }
      await this.watch(15);
    }
  }

  close(): Promise<void> {
    return this.#wish({ type: 'end', reason: 'left', atMs: this.#nowMs, nowMs: this.#nowMs });
  }

  /** People decide the pending check. */
  async decideReview(state: 'approved' | 'rejected', reason = ''): Promise<void> {
    const bucket = bucketOf(this.personId);
    await this.review.owner.query(
      'update identity_review set state = $3, decided_at = $4 where bucket = $1 and id = $2',
      [bucket, this.identityCheckId, state, new Date(this.#nowMs)],
    );
    await this.review.owner.query(
      `insert into identity_review_vote (bucket, review_id, account_id, approve, reason, at) values ($1, $2, $3, $4, $5, $6)`,
      [bucket, this.identityCheckId, randomUUID(), state === 'approved', reason, new Date(this.#nowMs)],
    );
  }

  async #defer(checkId: string): Promise<void> {
    const verdict = await this.#verdict('pending', checkId);
    this.identityCheckId = verdict.id;
    await this.review.owner.query(
      `insert into identity_review (bucket, id, person_id, organisation_id, region_code, purpose, session_id, face_capture_id,
         id_card_capture_id, state, asked_at)
       values ($1, $2, $3, $4, null, 'study', $5, $2, $2, 'open', $6)`,
      [
        bucketOf(this.personId),
        verdict.id,
        this.personId,
        this.review.world.organisationId,
        this.sessionId,
        new Date(this.#nowMs),
      ],
    );
    await this.#wish({ type: 'check', checkId, verdicts: [verdict], nowMs: this.#nowMs });
    await this.#report('playing');
  }

  /** Writes a verdict as the identity module does. */
  async #verdict(outcome: CheckVerdict['outcome'], checkId: string | null = null): Promise<CheckVerdict> {
    const fact: IdentityCheckFact = {
      id: placeInBucket(uuidv7(this.#nowMs), bucketOf(this.personId)),
      personId: this.personId,
      purpose: checkId === null ? 'sign-in' : 'study',
      sessionId: checkId === null ? null : this.sessionId,
      checkId,
      loginSessionId: 'test',
      scheme: 'work-safety',
      ruleSetId: 'test',
      method: outcome === 'pending' ? 'review' : 'face',
      provider: null,
      outcome,
      detail: '{"checkRuleSetId":"test","problems":[],"signs":[]}',
      supervisorAccountId: null,
      address: '203.0.113.9',
      askedAtMs: this.#nowMs,
      decidedAtMs: this.#nowMs,
    };
    const hashHex = createHash('sha256').update(identityCheckText(fact)).digest('hex');
    await this.review.owner.query(
      `insert into identity_check (bucket, id, person_id, purpose, session_id, check_id, login_session_id, scheme, rule_set_id, method,
         provider, outcome, detail, supervisor_account_id, address, asked_at, decided_at, hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, null, $11, $12, null, $13, $14, $14, decode($15, 'hex'))`,
      [
        bucketOf(fact.id),
        fact.id,
        fact.personId,
        fact.purpose,
        fact.sessionId,
        fact.checkId,
        fact.loginSessionId,
        fact.scheme,
        fact.ruleSetId,
        fact.method,
        fact.outcome,
        fact.detail,
        fact.address,
        new Date(this.#nowMs),
        hashHex,
      ],
    );
    return { id: fact.id, outcome, hashHex, decidedAtMs: this.#nowMs };
  }

  #report(activity: 'playing' | 'paused'): Promise<void> {
    const claim = { seq: this.#seq++, mediaMs: this.#mediaMs, activity, touched: true, ageMs: 0 };
    return this.#wish({ type: 'beats', claims: [claim], nowMs: this.#nowMs });
  }

  async #wish(wish: Wish): Promise<void> {
    const before = await this.#live();
    if (!before) throw new Error('the session is over');
    const written = await writeChanges(this.review.pool, [
      { before, after: advanceSession(untouched(before), wish, []) },
    ]);
    if (written.size !== 1) throw new Error('somebody else was faster');
  }

  async #live() {
    const sessions = await loadLiveSessions(this.review.pool, [
      { bucket: bucketOf(this.personId), personId: this.personId },
    ]);
    return sessions.get(this.personId);
  }
}
