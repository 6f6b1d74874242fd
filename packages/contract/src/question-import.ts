import { type ImportProblem, importColumns } from '@antu/domain';
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { listQuestions } from './question-bank.ts';

const id = z.uuid();
const column = z.enum(importColumns);
/** Largest file that an import takes. */
export const IMPORT_FILE_MIB = 20;

export const importStates = ['checking', 'checked', 'applied', 'refused', 'dropped', 'undone'] as const;
/** Problems of one kind: those of a column, twins, near-identical questions (a hint only), and the rest. */
export const importGroups = [...importColumns, 'duplicate', 'similar', 'other'] as const;
export type ImportGroup = (typeof importGroups)[number];

/** `ImportProblem` of the domain. */
export const importProblemSchema: z.ZodType<ImportProblem> = z.object({
  code: z.custom<ImportProblem['code']>((code) => typeof code === 'string'),
  level: z.enum(['stop', 'hint']),
  row: z.int(),
  column: column.nullable(),
  letter: z.string().nullable(),
  zh: z.string(),
  en: z.string(),
});

export const questionImportSchema = z.object({
  id,
  bank: z.object({ id, titleZh: z.string() }),
  fileName: z.string(),
  sizeBytes: z.int(),
  /** Null until the file was looked at. */
  format: z.enum(['xlsx', 'text', 'qti']).nullable(),
  state: z.enum(importStates),
  /** Why the file as a whole was not read. */
  refusal: z.object({ zh: z.string(), en: z.string() }).nullable(),
  /** Questions in all, those that can be imported, and those of them with something worth a look. */
  counts: z.object({ total: z.int(), good: z.int(), hinted: z.int() }),
  /** How many questions have a problem of each group that keeps them out; `similar`: how many are worth a look for being near-identical. */
  groups: z.array(z.object({ group: z.enum(importGroups), count: z.int() })),
  /** About the file rather than one of its questions. */
  notes: z.array(importProblemSchema),
  author: z.string(),
  createdAt: z.string(),
  checkMs: z.int().nullable(),
  appliedAt: z.string().nullable(),
  /** Applied, and none of its questions was touched since. */
  mayUndo: z.boolean(),
});
export type QuestionImportView = z.infer<typeof questionImportSchema>;

export const importRowSchema = z.object({
  /** Number of the question in the file, from 0. */
  position: z.int(),
  isGood: z.boolean(),
  mayMend: z.boolean(),
  /** One; of a case one for its stem and one for each of its questions. */
  rows: z.array(
    z.object({
      row: z.int(),
      sheet: z.string().nullable(),
      file: z.string().nullable(),
      letters: z.partialRecord(column, z.string()),
      cells: z.partialRecord(column, z.string()),
    }),
  ),
  problems: z.array(importProblemSchema),
});
export type ImportRowView = z.infer<typeof importRowSchema>;

const bankParams = z.object({ bankId: id });
const importParams = z.object({ importId: id });

/** POST with the bytes, content-type application/octet-stream. Not callable through `call`. */
export const questionImportPath = (bankId: string): string => `/api/question-banks/${bankId}/imports`;
export const questionImportQuery = z.object({
  fileName: z.string().trim().min(1).max(200),
  /** For questions that name no topic. */
  topicId: id.optional(),
});
export const listQuestionImports = defineEndpoint({
  method: 'GET',
  path: '/api/question-banks/:bankId/imports',
  params: bankParams,
  answer: z.object({ items: z.array(questionImportSchema) }),
});
export const getQuestionImport = defineEndpoint({
  method: 'GET',
  path: '/api/question-imports/:importId',
  params: importParams,
  answer: questionImportSchema,
});
export const listImportRows = defineEndpoint({
  method: 'GET',
  path: '/api/question-imports/:importId/rows',
  params: importParams,
  query: z.object({
    /** Position of the first row to show. */
    from: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    only: z.enum(['all', 'bad', 'good', 'hinted']).default('all'),
    group: z.enum(importGroups).optional(),
  }),
  answer: z.object({ items: z.array(importRowSchema), nextFrom: z.int().nullable(), total: z.int() }),
});
/** Writes another text in a cell; every question is checked again. */
export const mendImportRow = defineEndpoint({
  method: 'PUT',
  path: '/api/question-imports/:importId/rows/:position',
  params: importParams.extend({ position: z.coerce.number().int().min(0) }),
  body: z.object({ part: z.int().min(0).max(20), column, text: z.string().max(4_000) }),
  answer: z.object({ import: questionImportSchema, row: importRowSchema }),
});
/** Imports the good questions, all in one transaction. `expected`: how many the asker saw. */
export const applyQuestionImport = defineEndpoint({
  method: 'POST',
  path: '/api/question-imports/:importId/apply',
  params: importParams,
  body: z.object({ expected: z.int().min(1) }),
  answer: questionImportSchema,
});
export const dropQuestionImport = defineEndpoint({
  method: 'POST',
  path: '/api/question-imports/:importId/drop',
  params: importParams,
  answer: questionImportSchema,
});
/** Takes back everything an import wrote, while nobody touched any of it. */
export const undoQuestionImport = defineEndpoint({
  method: 'POST',
  path: '/api/question-imports/:importId/undo',
  params: importParams,
  answer: questionImportSchema,
});

/** GET: the questions that cannot be imported, with the reasons, as a sheet that can be mended and imported. */
export const badImportRowsPath = (importId: string): string => `/api/question-imports/${importId}/bad-rows`;
/** GET: the template with the topics of the bank's scheme. */
export const importTemplatePath = (bankId: string): string => `/api/question-banks/${bankId}/import-template`;
/** GET: questions of a bank as a file; filters as in the list. */
export const questionExportPath = (bankId: string): string => `/api/question-banks/${bankId}/export`;
export const exportFormats = ['xlsx', 'text', 'qti'] as const;
export const questionExportQuery = listQuestions.query
  .omit({ cursor: true, limit: true })
  .extend({ format: z.enum(exportFormats) });
