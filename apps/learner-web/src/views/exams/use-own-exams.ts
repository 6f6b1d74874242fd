import { type EndpointAnswer, getOwnExams } from '@antu/contract';
import { type Async, api, useAsync } from '@antu/web-kit';
import { onScopeDispose, type Ref, ref } from 'vue';
import { ServerClock } from '../../exam/server-clock.ts';

export type OwnExams = EndpointAnswer<typeof getOwnExams>;

/** The learner's exams, and server time renewed every second. */
export function useOwnExams(): Async<OwnExams> & { nowMs: Ref<number> } {
  const clock = new ServerClock(() => performance.now());
  const nowMs = ref(Date.now());
  const tick = () => {
    if (clock.known) nowMs.value = clock.nowMs();
  };
  const loaded = useAsync(
    async (signal) => {
      const askedMs = performance.now();
      const answer = await api.call(getOwnExams, {}, { signal });
      clock.hear(answer.now, askedMs);
      tick();
      return answer;
    },
    { isEmpty: ({ exams, spared, results }) => exams.length + spared.length + results.length === 0 },
  );
  const timer = setInterval(tick, 1_000);
  onScopeDispose(() => clearInterval(timer));
  return { ...loaded, nowMs };
}
