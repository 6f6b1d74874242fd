/** Texts around a question, Chinese. */
export const zhQuestion = {
  kinds: { judgement: '判断题', single: '单选题', multiple: '多选题', fill: '填空题', case: '案例题' },
  true: '对',
  false: '错',
  several: '选出所有对的，不止一个。',
  blank: '第 {n} 空',
  rightIs: '应填：{words}',
  case: '案例',
  partOf: '第 {n} 问，共 {all} 问',
  fold: '收起',
  unfold: '展开',
  verdict: { right: '您选对了', wrong: '您选的，不对', missed: '这个才对' },
  look: '放大看',
  picture: '题目的图',
  closePicture: '关闭图片',
  pictureFailed: '图没有显示，点一下再试',
} as const;
