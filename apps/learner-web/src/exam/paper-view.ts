import type { SittingPaper, SittingView } from '@antu/contract';
import type { AnswerOutbox } from './answer-outbox.ts';
import { answeredOf } from './question/answers.ts';
import type { ItemView } from './sitting-view.ts';

/** Every question of the paper with how it stands on this device. @param flags items marked for later */
export function itemsOf(paper: SittingPaper | null, outbox: AnswerOutbox, flags: readonly number[]): ItemView[] {
  return (paper?.items ?? []).map(({ item, points, question }) => {
    const answer = outbox.answerOf(item);
    return {
      item,
      points,
      question,
      answer,
      answered: answeredOf(question, answer),
      saved: outbox.isSaved(item),
      givenMs: outbox.givenMsOf(item),
      flagged: flags.includes(item),
    };
  });
}

/** What an answer of the server says of a sitting; that of a save says less. */
export type News = Partial<SittingView> & Pick<SittingView, 'now'>;

/** The facts with what the server says now, and the time that it has added meanwhile. */
export function factsAfter(before: SittingView, news: News): { facts: SittingView; addedSeconds: number } {
  const { now, endsAt, state, leaves, message, watched, identityAwaits, handedOver } = { ...before, ...news };
  const addedMs = before.endsAt && endsAt ? Date.parse(endsAt) - Date.parse(before.endsAt) : 0;
  const addedSeconds = Math.max(0, Math.round(addedMs / 1000));
  const extraSeconds = before.extraSeconds + addedSeconds;
  return {
    facts: { ...before, now, endsAt, state, leaves, message, watched, identityAwaits, handedOver, extraSeconds },
    addedSeconds,
  };
}

/** Whether the sitting goes on under another paper than the one that is here. A save says nothing of it: it is refused. */
export const goesOnElsewhere = (paper: SittingPaper, { deviceMark }: News): boolean =>
  deviceMark !== undefined && deviceMark !== null && deviceMark !== paper.deviceMark;

/** What a paper says of its sitting, without questions and answers. */
export function factsOf({
  items: _items,
  answers: _answers,
  deviceToken: _token,
  ...facts
}: SittingPaper): SittingView {
  return facts;
}
