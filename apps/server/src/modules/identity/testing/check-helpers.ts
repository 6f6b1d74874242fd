import type { IdentityChallenge } from '@antu/contract';
import type { IdentityWorld, Learner } from './identity-world.ts';

export type StoredCheck = { id: string; outcome: string; method: string; detail: string; hash: Buffer };
export type StoredCapture = {
  step: number | null;
  kind: string;
  storage_key: string | null;
  keep_until: Date;
  taken_at: Date;
};

export const checksOf = (world: IdentityWorld, { personId }: Learner): Promise<StoredCheck[]> =>
  world.rows<StoredCheck>('select * from identity_check where person_id = $1 order by id', [personId]);

export const capturesOf = (world: IdentityWorld, { personId }: Learner): Promise<StoredCapture[]> =>
  world.rows<StoredCapture>('select * from identity_capture where person_id = $1 order by id', [personId]);

export const filesOf = async (world: IdentityWorld, { personId }: Learner): Promise<string[]> =>
  (await world.files()).filter((file) => file.includes(personId));

/** A challenge with its first steps taken, so that `step` is due and two seconds of it are over. */
export async function reach(world: IdentityWorld, learner: Learner, step: number): Promise<IdentityChallenge> {
  let challenge = await world.begin(learner);
  while (challenge.step < step) {
    world.test.clock.advance(2000);
    const answer = await world.send(learner, challenge);
    if (answer.body.type !== 'next') throw new Error(answer.text);
    challenge = answer.body.challenge;
  }
  world.test.clock.advance(2000);
  return challenge;
}
