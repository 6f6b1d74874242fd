import type { ImportRowView, QuestionImportView } from '@antu/contract';
import type { BankFixture, Person } from '../../bank/testing/bank-fixture.ts';
import { checkImport } from '../check-import.ts';

type Answer<T> = { status: number; body: T };

/** What a teacher does with a file, through the routes, with the job run in between. */
export interface ImportBench {
  upload(
    content: Buffer,
    options?: { fileName?: string; topicId?: string | null; bankId?: string },
  ): Promise<QuestionImportView>;
  uploadRaw(content: Buffer, query: string, who?: Person): Promise<Answer<QuestionImportView>>;
  check(importId: string): Promise<QuestionImportView>;
  rows(importId: string, query?: string): Promise<ImportRowView[]>;
  /** Uploads, checks and imports what is good. */
  bring(content: Buffer, bankId?: string): Promise<QuestionImportView>;
}

export function importBench(fixture: BankFixture): ImportBench {
  const { teacher, test, topicId } = fixture;
  const uploadRaw: ImportBench['uploadRaw'] = (content, query, who = teacher) =>
    who.client.post<QuestionImportView>(`/api/question-banks/${query}`, content, {
      headers: { 'content-type': 'application/octet-stream' },
    });
  const check: ImportBench['check'] = async (importId) => {
    const { platform } = test;
    const context = { platform, log: platform.log, attempt: 1, isLastAttempt: false, signal: undefined };
    await checkImport.run({ importId }, context);
    return (await teacher.client.get<QuestionImportView>(`/api/question-imports/${importId}`)).body;
  };
  const upload: ImportBench['upload'] = async (content, options = {}) => {
    const { fileName = '题库.txt', bankId = fixture.bankId } = options;
    const topic = options.topicId === null ? '' : `&topicId=${options.topicId ?? topicId}`;
    const answer = await uploadRaw(content, `${bankId}/imports?fileName=${encodeURIComponent(fileName)}${topic}`);
    if (answer.status !== 201) throw new Error(`upload answered ${answer.status}`);
    return check(answer.body.id);
  };
  return {
    upload,
    uploadRaw,
    check,
    rows: async (importId, query = '') =>
      (
        await teacher.client.get<{ items: ImportRowView[] }>(
          `/api/question-imports/${importId}/rows?limit=200&${query}`,
        )
      ).body.items,
    bring: async (content, bankId = fixture.bankId) => {
      const view = await upload(content, { bankId });
      const applied = await teacher.client.post<QuestionImportView>(`/api/question-imports/${view.id}/apply`, {
        expected: view.counts.good,
      });
      if (applied.status !== 200) throw new Error(`apply answered ${applied.status} ${applied.text}`);
      return applied.body;
    },
  };
}
