import {
  answerPracticeQuestion,
  type EndpointAnswer,
  getPracticeQuestion,
  type PracticeQuestion,
  type PracticeVerdict,
} from '@antu/contract';
import type { Answer } from '@antu/domain';
import { type Async, api, toApiError, useAsync } from '@antu/web-kit';
import { computed, type ComputedRef, type Ref, ref, shallowRef, type ShallowRef, watch } from 'vue';

/** What is practised: everything or the wrong-answer book, of one topic or of all. */
export interface PracticeChoice {
  readonly source: 'all' | 'book';
  readonly topicId: string | null;
}

export interface Practice extends Async<EndpointAnswer<typeof getPracticeQuestion>> {
  readonly asked: ComputedRef<PracticeQuestion | null>;
  readonly answer: Ref<Answer>;
  /** What came of the answer; null while the question is open. */
  readonly verdict: ShallowRef<PracticeVerdict | null>;
  readonly busy: Ref<boolean>;
  /** Why the last touch did not work, in words; the answer is still there. */
  readonly failure: Ref<string>;
  /** Sends the answer, or null for one who does not know. */
  send(given: Answer): Promise<void>;
  next(): Promise<void>;
}

/** Refusals after which another question is asked: this one cannot be answered any more. */
const GO_ON_CODES: ReadonlySet<string> = new Set(['practice.question_gone', 'practice.answered_elsewhere']);

/** One question after the other, each answered and explained. */
export function usePractice({ source, topicId }: PracticeChoice): Practice {
  const query = { source, ...(topicId === null ? {} : { topicId }) };
  const loaded = useAsync((signal) => api.call(getPracticeQuestion, { query }, { signal }));
  const asked = computed(() => loaded.data.value?.question ?? null);
  const answer = ref<Answer>(null);
  const verdict = shallowRef<PracticeVerdict | null>(null);
  const busy = ref(false);
  const failure = ref('');

  /** Another question is there, also after a second try. */
  watch(loaded.data, () => {
    answer.value = null;
    verdict.value = null;
  });

  async function next() {
    busy.value = true;
    failure.value = '';
    await loaded.reload();
    busy.value = false;
  }

  async function send(given: Answer) {
    const question = asked.value;
    if (!question || busy.value) return;
    busy.value = true;
    failure.value = '';
    answer.value = given;
    const { versionId, turn } = question;
    try {
      verdict.value = await api.call(answerPracticeQuestion, { body: { versionId, turn, answer: given as never } });
    } catch (cause) {
      const refusal = toApiError(cause);
      if (GO_ON_CODES.has(refusal.code)) await next();
      failure.value = refusal.message;
    } finally {
      busy.value = false;
    }
  }

  return { ...loaded, asked, answer, verdict, busy, failure, send, next };
}
