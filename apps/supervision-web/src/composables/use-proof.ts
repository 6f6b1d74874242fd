import { getSessionEvidence, getSessionProof } from '@antu/contract';
import { api, ApiError, useAsync } from '@antu/web-kit';
import { computed, onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue';
import { useTexts } from '../locales/index.ts';
import { canCheckHere, checkEvidence, type LocalCheck } from '../proof/check-evidence.ts';
import { readProof } from '../proof/proof-model.ts';
import { saveFile } from './save-file.ts';

/** A running session is asked for again this often; its player reports about as often. */
const LIVE_EVERY_MS = 10_000;

/** The proof of a session, kept fresh while the session runs, with the checks that this device makes itself. */
export function useProof(sessionId: Ref<string>) {
  const { t } = useTexts();
  const params = () => ({ sessionId: sessionId.value });
  const {
    data: proof,
    state,
    error,
    reload,
  } = useAsync((signal) => api.call(getSessionProof, { params: params() }, { signal }));
  const model = computed(() => (proof.value ? readProof(proof.value) : null));

  const local = shallowRef<LocalCheck | null>(null);
  const checking = ref(false);
  const downloading = ref(false);
  const failure = ref('');
  const localNote = computed(() => t(canCheckHere() ? 'proof.check.localNotYet' : 'proof.check.localImpossible'));

  const withEvidence = async (
    flag: Ref<boolean>,
    use: (evidence: Awaited<ReturnType<typeof fetchEvidence>>) => void | Promise<void>,
  ) => {
    flag.value = true;
    failure.value = '';
    try {
      await use(await fetchEvidence());
    } catch (cause) {
      failure.value = cause instanceof ApiError ? cause.message : t('proof.evidenceFailed');
    } finally {
      flag.value = false;
    }
  };
  const fetchEvidence = () => api.call(getSessionEvidence, { params: params() });
  const recheck = () =>
    withEvidence(checking, async (evidence) => {
      await reload();
      local.value = canCheckHere() ? await checkEvidence(evidence.rows) : null;
    });
  const download = () =>
    withEvidence(downloading, (evidence) => {
      saveFile(
        `antu-evidence-${sessionId.value.slice(0, 8)}.json`,
        JSON.stringify(evidence, null, 2),
        'application/json',
      );
    });

  const timer = setInterval(() => {
    if (proof.value?.check.live && document.visibilityState === 'visible') void reload();
  }, LIVE_EVERY_MS);
  onScopeDispose(() => clearInterval(timer));
  watch(sessionId, () => {
    proof.value = undefined;
    local.value = null;
    void reload();
  });
  return { proof, model, state, error, reload, local, localNote, checking, recheck, downloading, download, failure };
}
