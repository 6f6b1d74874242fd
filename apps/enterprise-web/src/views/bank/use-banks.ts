import { listQuestionBanks, listSyllabi, type QuestionBankView, type SyllabusView } from '@antu/contract';
import { api, recall, remember, useAsync } from '@antu/web-kit';
import { computed, ref } from 'vue';

const REMEMBERED = 'antu.bank';
const chosenId = ref(recall(REMEMBERED) ?? '');

/** Makes a bank the one that pages of banks show, now and next time on this device. */
export function chooseBank(bankId: string): void {
  chosenId.value = bankId;
  remember(REMEMBERED, bankId);
}

/** The banks that the signed-in person reads, and the one that was chosen last on this device. */
export function useBanks() {
  const loaded = useAsync((signal) => api.call(listQuestionBanks, {}, { signal }));
  const banks = computed<readonly QuestionBankView[]>(() => loaded.data.value?.items ?? []);
  const bank = computed(() => banks.value.find(({ id }) => id === chosenId.value) ?? banks.value[0]);
  return { ...loaded, banks, bank, choose: chooseBank };
}

export type TopicGroup = Pick<SyllabusView, 'id' | 'titleZh' | 'titleEn' | 'topics'>;

/** Syllabi of a scheme with their topics. */
export async function loadTopics(scheme: QuestionBankView['scheme'], signal?: AbortSignal): Promise<TopicGroup[]> {
  const { items } = await api.call(listSyllabi, { query: { scheme } }, signal ? { signal } : {});
  return items;
}
