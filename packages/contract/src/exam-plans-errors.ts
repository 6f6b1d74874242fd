import type { PlanProblemCode } from '@antu/domain';
import { defineErrors } from './define-errors.ts';

/** What is wrong with a plan, in words. `{wanted}` and `{found}` are the numbers of the problem. */
export const PLAN_PROBLEM_TEXTS: Readonly<Record<PlanProblemCode, { readonly zh: string; readonly en: string }>> = {
  'no-questions': { zh: '试卷还没有题目。', en: 'The paper has no questions yet.' },
  'too-many-questions': {
    zh: '一份试卷最多 {wanted} 题，现有 {found} 题。',
    en: 'A paper holds at most {wanted} questions; there are {found}.',
  },
  points: {
    zh: '总分应为 {wanted} 分，现为 {found} 分。',
    en: 'The points add up to {found}; the rules say {wanted}.',
  },
  questions: {
    zh: '规则为 {wanted} 题，现为 {found} 题。',
    en: 'There are {found} questions; the rules say {wanted}.',
  },
  'judgement-questions': {
    zh: '规则为判断题 {wanted} 题，现为 {found} 题。',
    en: 'There are {found} true-or-false questions; the rules say {wanted}.',
  },
  'single-questions': {
    zh: '规则为单选题 {wanted} 题，现为 {found} 题。',
    en: 'There are {found} single-choice questions; the rules say {wanted}.',
  },
  'question-twice': { zh: '有题目选了不止一次。', en: 'A question was picked more than once.' },
  'question-gone': {
    zh: '所选 {wanted} 题中只有 {found} 题目前可用。',
    en: 'Of {wanted} questions that were picked {found} may be asked today.',
  },
  'one-group': {
    zh: '所选题目中有互相提示的题（同一互斥组），一份试卷只能用其中一题。',
    en: 'Some questions give one another away (same exclusion group); a paper holds one of them.',
  },
};

/** Refusals of paper plans, besides those that `exams-errors.ts` shares with exams. */
export const examPlanErrors = defineErrors({
  'exams.plan_not_valid': { status: 422, zh: '方案不能保存：{summary}', en: 'The plan cannot be kept: {summaryEn}' },
  'exams.plan_topic_foreign': {
    status: 422,
    zh: '所选知识点不属于这类培训。',
    en: 'A topic is not of the training that these rules are for.',
  },
  'exams.plan_replaced': {
    status: 409,
    zh: '这个方案已经修改过或停用，请打开最新的方案。',
    en: 'This plan was changed or retired meanwhile. Open the newest one.',
  },
});
