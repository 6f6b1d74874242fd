import type { SameTexts } from '@antu/web-kit';
import type { zhQuestion } from './zh-cn-question.ts';

/** Texts around a question, English. */
export const enQuestion: SameTexts<typeof zhQuestion> = {
  kinds: {
    judgement: 'True or false',
    single: 'One answer',
    multiple: 'Several answers',
    fill: 'Fill in',
    case: 'Case',
  },
  true: 'True',
  false: 'False',
  several: 'Choose all that are right, more than one.',
  blank: 'Blank {n}',
  rightIs: 'Right: {words}',
  case: 'Case',
  partOf: 'Question {n} of {all}',
  fold: 'Fold',
  unfold: 'Unfold',
  verdict: { right: 'You chose right', wrong: 'Yours, not right', missed: 'This is right' },
  look: 'Look closely',
  picture: 'Picture of the question',
  closePicture: 'Close the picture',
  pictureFailed: 'Not shown; touch to try again',
};
