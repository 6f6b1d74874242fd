import { randomUUID } from 'node:crypto';
import { failed, freshPictures, passed, pending } from '../../identity/testing/fake-provider.ts';
import type { IdentifiedStudent } from './identified-student.ts';

/** A way to get hours for somebody who was not there. */
export type IdentityAttack = {
  name: string;
  /** Each of these must be left in the evidence. */
  marks: readonly string[];
  /** @returns the most seconds this play can have earned: what lies between passed checks; nothing: none */
  run(student: IdentifiedStudent): Promise<number | void>;
};

const sees = (student: IdentifiedStudent, answer: typeof passed) => {
  student.bench.identity.provider.onJudge = () => answer;
};

/** Signs in rightly, opens, and plays until the first check. */
async function untilCheck(student: IdentifiedStudent): Promise<void> {
  sees(student, passed);
  await student.signInCheck();
  await student.open();
  await student.playUntilCheck();
}

const path = (student: IdentifiedStudent, rest: string) => `/api/study-sessions/${student.sessionId}/checks/${rest}`;

/** Goes on reporting for two minutes as if nothing had been asked. */
async function playOn(student: IdentifiedStudent, beats = 8): Promise<void> {
  for (let n = 0; n < beats && student.status?.state !== 'ended'; n += 1) {
    student.wait(20);
    await student.beat();
  }
}

const missed = ['check-asked', 'closed: identity-missed', 'refused: identity-unconfirmed'];

export const identityAttacks: readonly IdentityAttack[] = [
  {
    name: 'the request of the check is blocked in the browser: silence',
    marks: missed,
    run: async (one) => {
      await untilCheck(one);
      await playOn(one);
    },
  },
  {
    name: 'leaving at the check and opening again, six times',
    marks: missed,
    run: async (one) => {
      for (let n = 0; n < 6; n += 1) {
        await untilCheck(one);
        await one.leave();
      }
    },
  },
  {
    name: 'taking the session over at the check',
    marks: missed,
    run: async (one) => {
      await untilCheck(one);
      await one.open();
    },
  },
  {
    name: 'vanishing at the check',
    marks: missed,
    run: async (one) => {
      await untilCheck(one);
      one.wait(400);
    },
  },
  {
    name: 'touching and answering the presence question instead',
    marks: missed,
    run: async (one) => {
      await untilCheck(one);
      const body = { promptId: randomUUID(), beat: { seq: 900, mediaMs: 0, activity: 'playing', touched: true } };
      await one.client.post(`/api/study-sessions/${one.sessionId}/presence`, body);
      await playOn(one);
    },
  },
  {
    name: 'another person in front of the camera',
    marks: ['check-failed', 'closed: identity-failed', 'refused: identity-unconfirmed'],
    run: async (one) => {
      await untilCheck(one);
      sees(one, { ...failed, problems: ['other-person'] });
      for (let n = 0; n < 3; n += 1) await one.passCheck();
    },
  },
  {
    name: 'failing in the dark and telling the server only of the one that was passed',
    marks: ['check-failed', 'closed: identity-failed'],
    run: async (one) => {
      await untilCheck(one);
      sees(one, failed);
      for (let n = 0; n < 3; n += 1) await one.show();
      sees(one, passed);
      const { challengeId } = await one.show();
      await one.settleCheck(challengeId);
    },
  },
  {
    name: 'a verdict that nobody gave',
    marks: ['anomaly: wrong-check', 'closed: identity-missed'],
    run: async (one) => {
      await untilCheck(one);
      await one.settleCheck(randomUUID());
      await playOn(one);
    },
  },
  {
    name: 'the verdict of a challenge that was not finished',
    marks: ['anomaly: wrong-check', 'closed: identity-missed'],
    run: async (one) => {
      await untilCheck(one);
      const { challengeId } = await one.begin();
      await one.settleCheck(challengeId);
      await playOn(one);
    },
  },
  {
    name: 'the passed check of the sign-in once more',
    marks: ['anomaly: wrong-check', 'closed: identity-missed'],
    run: async (one) => {
      sees(one, passed);
      const challenge = await one.bench.identity.begin(one.learner);
      await one.bench.identity.pass(one.learner, challenge);
      await one.open();
      await one.playUntilCheck();
      await one.settleCheck(challenge.challengeId);
      await playOn(one);
    },
  },
  {
    name: 'the passed check of an earlier session',
    marks: ['anomaly: wrong-check', 'closed: identity-missed'],
    run: async (one) => {
      await untilCheck(one);
      const { challengeId } = await one.show();
      // Never told to its own session: that one ends with its check open.
      await untilCheck(one);
      await one.settleCheck(challengeId);
      await playOn(one);
    },
  },
  {
    name: 'pictures sent to a challenge with the number of another one',
    marks: ['closed: identity-missed'],
    run: async (one) => {
      await untilCheck(one);
      const first = await one.begin();
      const second = await one.begin();
      const answer = await one.bench.identity.send(one.learner, second, { nonce: first.nonce });
      if (answer.status < 400) throw new Error('a foreign nonce was taken');
      await playOn(one);
    },
  },
  {
    name: 'the recorded pictures of a check that was passed',
    marks: ['check-passed', 'check-failed', 'closed: identity-failed'],
    run: async (one) => {
      const { identity } = one.bench;
      const recorded = new Map<number, string[]>();
      const play = async () => {
        let challenge = await one.begin();
        for (;;) {
          one.wait(2);
          const pictures = recorded.get(challenge.step) ?? (await freshPictures(3));
          recorded.set(challenge.step, pictures);
          const frames = await identity.frames(challenge.step, pictures);
          const answer = await identity.send(one.learner, challenge, { frames });
          if (answer.status !== 200 || answer.body.type !== 'next') break;
          challenge = answer.body.challenge;
        }
        await one.settleCheck(challenge.challengeId);
      };
      await untilCheck(one);
      await play();
      const earned = one.status?.creditedSeconds ?? 0;
      await one.playUntilCheck();
      for (let tries = 0; tries < 3; tries += 1) await play();
      return earned;
    },
  },
  {
    name: 'the provider does not answer in time',
    marks: ['check-deferred'],
    run: async (one) => {
      await untilCheck(one);
      one.bench.identity.provider.onJudge = () => new Promise(() => undefined);
      await one.passCheck();
      await playOn(one, 3);
      await one.leave();
    },
  },
  {
    name: 'the provider answers garbage',
    marks: [],
    run: async (one) => {
      await untilCheck(one);
      one.bench.identity.provider.onJudge = () => JSON.parse('{"outcome":"PASSED","problems":null}');
      await one.passCheck();
      await one.leave();
    },
  },
  {
    name: 'every check left to people who never look',
    marks: ['check-deferred'],
    run: async (one) => {
      for (let n = 0; n < 3; n += 1) {
        await untilCheck(one);
        sees(one, pending);
        await one.passCheck();
        await one.playUntilCheck();
        await one.leave();
      }
    },
  },
  {
    name: 'consent withdrawn in the middle, so that there is nothing to compare with',
    marks: ['check-asked'],
    run: async (one) => {
      await untilCheck(one);
      await one.client.delete('/api/identity/consent');
      const { challengeId } = await one.begin();
      await one.settleCheck(challengeId);
      await playOn(one);
    },
  },
  {
    name: 'a guessed code of the supervisor',
    marks: ['closed: identity-missed'],
    run: async (one) => {
      await untilCheck(one);
      const { challengeId } = await one.begin();
      for (let guess = 0; guess < 12; guess += 1) {
        const code = String(100_000 + guess);
        await one.client.post(`/api/identity/challenges/${challengeId}/code`, { code });
      }
      await one.settleCheck(challengeId);
      await playOn(one);
    },
  },
  {
    name: 'claiming that every report is late, so that no moment to ask ever comes',
    marks: ['check-asked'],
    run: async (one) => {
      sees(one, passed);
      await one.signInCheck();
      await one.open();
      await one.playUntilCheck(1_500, { ageMs: 1_000 });
      await playOn(one);
    },
  },
  {
    name: 'a session opened on another device without a check of its sign-in',
    marks: [],
    run: async (one) => {
      const answer = await one.open();
      if (answer.status !== 403) throw new Error(`opened with ${answer.status}`);
    },
  },
  {
    name: 'a check of somebody else’s session',
    marks: ['closed: identity-missed'],
    run: async (one) => {
      await untilCheck(one);
      const other = await one.bench.identity.addEnrolled();
      const begun = await other.client.post(path(one, `${one.status?.check?.id}/challenges`));
      if (begun.status !== 404) throw new Error(`somebody else began the check: ${begun.status}`);
      await playOn(one);
    },
  },
  {
    name: 'no picture at all, an empty one, and one that is none',
    marks: ['check-failed', 'closed: identity-missed'],
    run: async (one) => {
      await untilCheck(one);
      for (const picture of ['', Buffer.from('no picture').toString('base64'), 'A'.repeat(2_200_000)]) {
        const challenge = await one.begin();
        const frames = [{ atMs: 1_000, picture }];
        await one.bench.identity.send(one.learner, challenge, { frames });
        await one.settleCheck(challenge.challengeId);
      }
      await playOn(one);
    },
  },
];
