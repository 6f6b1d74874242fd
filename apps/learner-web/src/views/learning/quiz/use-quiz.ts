import {
  answerQuizQuestion,
  getLessonQuiz,
  getQuizAttempt,
  type LessonQuiz,
  type QuizAttempt,
  startQuizAttempt,
  submitQuizAttempt,
} from '@antu/contract';
import type { Answer } from '@antu/domain';
import { type Async, api, toApiError, useAsync } from '@antu/web-kit';
import { computed, type ComputedRef, onScopeDispose, type Ref, ref, shallowRef, type ShallowRef } from 'vue';
import { ServerClock } from '../../../exam/server-clock.ts';
import { whenLeft } from '../../../study/leaving.ts';

export interface Quiz extends Async<{ quiz: LessonQuiz | null }> {
  readonly quiz: ComputedRef<LessonQuiz | null>;
  /** The attempt on screen, running or over; null: the card with the rules. */
  readonly attempt: ShallowRef<QuizAttempt | null>;
  /** Place of the first question without an answer; as many as there are questions once all are answered. */
  readonly at: ComputedRef<number>;
  /** Time left by the clock of the server, ms. */
  readonly leftMs: Ref<number>;
  readonly busy: Ref<boolean>;
  /** Why the last touch did not work, in words. */
  readonly failure: Ref<string>;
  /** The learner has to show who they are before an attempt begins. */
  readonly asksIdentity: Ref<boolean>;
  start(): Promise<void>;
  /** Shows an attempt that is over. */
  look(attemptId: string): Promise<void>;
  /** Keeps the answer to the question on screen; after the last one the attempt is handed in. */
  give(answer: Answer): Promise<void>;
  handIn(): Promise<void>;
  /** Back to the card, as things stand now. */
  close(): Promise<void>;
}

const TICK_MS = 250;
/** Answers that another device gave first, or that came late: what the server holds is shown. */
const LOOK_AGAIN: ReadonlySet<string> = new Set(['quizzes.answered_otherwise', 'quizzes.over']);

/** The quiz of a lesson: its rules, one attempt after the other. */
export function useQuiz(lessonVersionId: string): Quiz {
  const params = { lessonVersionId };
  const loaded = useAsync(async (signal) => {
    // What was just viewed waits for this quiz, and may still be on its way to the server.
    await whenLeft();
    return api.call(getLessonQuiz, { params }, { signal });
  });
  const attempt = shallowRef<QuizAttempt | null>(null);
  const leftMs = ref(0);
  const busy = ref(false);
  const failure = ref('');
  const asksIdentity = ref(false);
  const clock = new ServerClock(() => performance.now());

  const at = computed(() => {
    const { items, answers } = attempt.value ?? { items: [], answers: [] };
    const first = items.findIndex(({ item }) => !answers.some((one) => one.item === item));
    return first === -1 ? items.length : first;
  });

  function show(next: QuizAttempt, askedMs: number) {
    clock.hear(next.serverNow, askedMs);
    attempt.value = next;
    tick();
  }

  function tick() {
    const open = attempt.value?.result === null ? attempt.value : null;
    if (!open || !clock.known) return;
    leftMs.value = Math.max(0, Date.parse(open.endsAt) - clock.nowMs());
    // The server has ended it: its result is asked for, once.
    if (leftMs.value === 0 && !busy.value && failure.value === '') void look(open.id);
  }
  const timer = setInterval(tick, TICK_MS);
  onScopeDispose(() => clearInterval(timer));

  /** One touch at a time; what goes wrong is said in words. */
  async function touch(work: () => Promise<void>, mend?: (code: string) => Promise<void>) {
    if (busy.value) return;
    busy.value = true;
    failure.value = '';
    try {
      await work();
    } catch (cause) {
      const refusal = toApiError(cause);
      failure.value = refusal.message;
      await mend?.(refusal.code).catch(() => undefined);
    } finally {
      busy.value = false;
    }
  }

  const load = async (attemptId: string) => {
    const askedMs = performance.now();
    show(await api.call(getQuizAttempt, { params: { attemptId } }), askedMs);
  };
  const look = (attemptId: string) => touch(() => load(attemptId));

  const start = () =>
    touch(
      async () => {
        const askedMs = performance.now();
        show(await api.call(startQuizAttempt, { params }), askedMs);
      },
      async (code) => {
        asksIdentity.value = code === 'exams.quiz_identity_needed';
        await loaded.reload();
      },
    );

  const submit = async ({ id }: QuizAttempt) => {
    const askedMs = performance.now();
    show(await api.call(submitQuizAttempt, { params: { attemptId: id } }), askedMs);
  };

  async function give(answer: Answer) {
    const open = attempt.value;
    const asked = open?.items[at.value];
    if (!open || !asked) return;
    await touch(
      async () => {
        const askedMs = performance.now();
        // Answers are read-only lists here and plain ones in the contract.
        const given = answer as QuizAttempt['answers'][number]['answer'];
        const { serverNow } = await api.call(answerQuizQuestion, {
          params: { attemptId: open.id, item: asked.item },
          body: { answer: given },
        });
        show({ ...open, serverNow, answers: [...open.answers, { item: asked.item, answer: given }] }, askedMs);
        if (at.value >= open.items.length) await submit(open);
      },
      async (code) => {
        if (LOOK_AGAIN.has(code)) await load(open.id);
      },
    );
  }

  return {
    ...loaded,
    quiz: computed(() => loaded.data.value?.quiz ?? null),
    attempt,
    at,
    leftMs,
    busy,
    failure,
    asksIdentity,
    start,
    look,
    give,
    handIn: () =>
      touch(async () => {
        if (attempt.value) await submit(attempt.value);
      }),
    close: async () => {
      attempt.value = null;
      failure.value = '';
      await loaded.reload();
    },
  };
}
