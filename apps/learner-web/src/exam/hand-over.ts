import type { AnswerOutbox } from './answer-outbox.ts';
import type { ServerClock } from './server-clock.ts';
import type { Parcel, SittingRecord } from './sitting-record.ts';
import type { SaveRequest, SittingTransport } from './sitting-transport.ts';

/** A parcel as it goes to the server. */
export const requestOf = ({ seq, answers }: Parcel, deviceToken: string, clock: ServerClock): SaveRequest => ({
  deviceToken,
  seq,
  answers: answers.map(({ item, answer, givenMs }) => ({ item, answer, agoMs: clock.agoMs(givenMs) })),
});

/**
 * Another device has taken the sitting over: brings the server what was given here before that. What it does not take, or cannot be
 * reached for, stays here and goes along when the sitting is taken back. Never rejects.
 * @param isHere false once this page does something else: what comes back then is left alone
 * @param keep writes the record after each change
 */
export async function handOver(
  transport: SittingTransport,
  outbox: AnswerOutbox,
  { deviceToken }: SittingRecord,
  clock: ServerClock,
  isHere: () => boolean,
  keep: () => void,
): Promise<void> {
  for (;;) {
    const parcel = deviceToken !== null && clock.known ? outbox.nextParcel() : null;
    if (deviceToken === null || !parcel) return;
    try {
      const { elsewhere } = await transport.save(requestOf(parcel, deviceToken, clock));
      if (!isHere()) return;
      outbox.acknowledge(parcel.seq, elsewhere?.kept);
      keep();
      if (!elsewhere || elsewhere.kept.length < parcel.answers.length) return;
    } catch {
      return;
    }
  }
}
