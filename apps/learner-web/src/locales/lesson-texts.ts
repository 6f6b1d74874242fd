import { defineTexts } from '@antu/web-kit';
import { enLesson } from './en-lesson.ts';
import { zhLesson } from './zh-cn-lesson.ts';

/** Texts of the lesson page in the language on screen; the first screen does without them. */
export const useLessonTexts = defineTexts(zhLesson, enLesson);
