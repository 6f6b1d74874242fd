import { type Appeal, appealSession, listOwnAppeals } from '@antu/contract';
import { api, useAsync } from '@antu/web-kit';
import { computed, inject, type InjectionKey, provide } from 'vue';

/** The learner's own appeals, for every session on the page. */
export interface Appeals {
  /** Of one session, the newest first. */
  of: (sessionId: string) => readonly Appeal[];
  /** Rejects with ApiError. */
  send: (sessionId: string, text: string) => Promise<void>;
}

const KEY: InjectionKey<Appeals> = Symbol('appeals');

/** Loads the appeals of a page. The hours are shown without waiting for them, and also when they cannot be had. */
export function provideAppeals(): Appeals {
  const { data } = useAsync((signal) => api.call(listOwnAppeals, {}, { signal }));
  const bySession = computed(() => {
    const found = new Map<string, Appeal[]>();
    for (const one of data.value?.items ?? []) found.set(one.sessionId, [...(found.get(one.sessionId) ?? []), one]);
    for (const list of found.values()) list.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
    return found;
  });
  const appeals: Appeals = {
    of: (sessionId) => bySession.value.get(sessionId) ?? [],
    send: async (sessionId, text) => {
      const sent = await api.call(appealSession, { body: { sessionId, text } });
      data.value = { items: [sent, ...(data.value?.items ?? [])] };
    },
  };
  provide(KEY, appeals);
  return appeals;
}

/** The appeals of the page around. */
export function useAppeals(): Appeals {
  const appeals = inject(KEY);
  if (!appeals) throw new Error('no page provides appeals');
  return appeals;
}
