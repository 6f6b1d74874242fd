/** Texts of questions as they are shown, Chinese. */
export const zhCn = {
  kind: { judgement: '判断', single: '单选', multiple: '多选', fill: '填空', case: '案例' },
  answer: '正确答案：{answer}',
  true: '正确',
  false: '错误',
  blank: '第 {n} 空',
  part: '第 {n} 小题',
  right: '正确答案',
} as const;
