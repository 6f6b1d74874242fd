import { listRegions } from '@antu/contract';
import { api, useSession } from '@antu/web-kit';
import { computed, reactive, type Ref, watch } from 'vue';
import { regionPathOf } from '../live/region-path.ts';

const names = reactive(new Map<string, string>());
const asked = new Set<string>();

/** Keeps names of regions that any page has met, so that crumbs need not ask again. */
export function rememberRegions(regions: readonly { code: string; name: string }[]): void {
  for (const { code, name } of regions) names.set(code, name);
}

async function learnChildren(parent: string): Promise<void> {
  if (asked.has(parent)) return;
  asked.add(parent);
  try {
    rememberRegions((await api.call(listRegions, { query: { parent } })).items);
  } catch {
    // A crumb then shows the code; the next page that needs the name asks again.
    asked.delete(parent);
  }
}

/** The regions from the officer's own down to the one on screen, named. */
export function useRegionPath(code: Ref<string | undefined>) {
  const { me } = useSession();
  const scope = computed(() => me.value?.region?.code ?? '');
  const path = computed(() => (scope.value === '' ? [] : regionPathOf(code.value ?? scope.value, scope.value)));
  watch(
    path,
    (codes) => {
      if (me.value?.region) rememberRegions([me.value.region]);
      for (const [at, one] of codes.entries()) {
        const parent = codes[at - 1];
        if (parent && !names.has(one)) void learnChildren(parent);
      }
    },
    { immediate: true },
  );
  return { scope, path: computed(() => path.value.map((one) => ({ code: one, name: names.get(one) ?? one }))) };
}
