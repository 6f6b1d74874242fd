import { describe, expect, it } from 'vitest';
import type { Question } from '../question.ts';
import type { DraftRow } from './draft-row.ts';
import { readText } from './read-text.ts';

const read = (text: string) => {
  const result = readText(text);
  if ('code' in result) throw new Error(result.en);
  return result;
};
/** A question in a line: kind, stem, options, answer. */
const short = (question: Question | null): unknown => {
  if (question === null) return null;
  if (question.kind === 'case') return ['case', question.stem, ...question.parts.map(short)];
  const answer = question.kind === 'fill' ? question.accepted : question.answer;
  const options = 'options' in question ? [question.options.map(({ text }) => text).join('|')] : [];
  return [question.kind, question.stem, ...options, answer];
};
const questionsOf = (text: string): unknown[] => read(text).drafts.map(({ question }) => short(question));
const codesOf = ({ problems }: DraftRow): string[] => problems.map(({ code, row }) => `${row}:${code}`);

const layouts: readonly (readonly [string, string, readonly unknown[]])[] = [
  [
    'a tag before the stem and the answer behind it',
    '1、(判断题)夜间会车应当使用远光灯。【答案】:错误\n2、（判断题）酒后不得驾驶。【答案】：正确',
    [
      ['judgement', '夜间会车应当使用远光灯。', false],
      ['judgement', '酒后不得驾驶。', true],
    ],
  ],
  [
    'options on several lines, the answer below',
    '1. 雾天行车应当（ ）。\nA、开远光灯\nB、开雾灯\nC、加速\nD、停在路中\n正确答案:B',
    [['single', '雾天行车应当（ ）。', '开远光灯|开雾灯|加速|停在路中', 'B']],
  ],
  [
    'options on one line, several right',
    '12．出车前应检查（　　）。\nA.轮胎  B.制动  C.灯光  D.座椅颜色\n答案：ＡＢＣ\n解析：座椅颜色与安全无关。',
    [['multiple', '出车前应检查（　　）。', '轮胎|制动|灯光|座椅颜色', ['A', 'B', 'C']]],
  ],
  [
    'options in the line of the stem',
    '3、灭火器压力表指针在（ ）区为正常。A、红 B、绿 C、黄 答案：B',
    [['single', '灭火器压力表指针在（ ）区为正常。', '红|绿|黄', 'B']],
  ],
  [
    'answers in the brackets of the stem under headings that give the kind',
    '一、单项选择题（每题2分，共4分）\n1、超车时应从（ B ）侧超越。\nA.右 B.左\n2.行车中爆胎，应（A）。\nA.握稳方向盘\nB.急刹车\n二、判断题\n1、疲劳时可以继续驾驶。（×）\n2、应当系好安全带（ √ ）。',
    [
      ['single', '超车时应从（　）侧超越。', '右|左', 'B'],
      ['single', '行车中爆胎，应（　）。', '握稳方向盘|急刹车', 'A'],
      ['judgement', '疲劳时可以继续驾驶。', false],
      ['judgement', '应当系好安全带。', true],
    ],
  ],
  [
    'full-width letters and digits',
    '１、（单选题）限速标志是什么形状？\nＡ．圆形\nＢ．方形\n答案：Ａ',
    [['single', '限速标志是什么形状？', '圆形|方形', 'A']],
  ],
  [
    'a table of answers at the end',
    '一、单选题\n1、甲\nA、一 B、二\n2、乙\nA、一 B、二\n3、丙\nA、一 B、二\n二、判断题\n1、丁\n2、戊\n答案：\n一、单选题\n1-3 ABA\n二、判断题\n1.√ 2.×',
    [
      ['single', '甲', '一|二', 'A'],
      ['single', '乙', '一|二', 'B'],
      ['single', '丙', '一|二', 'A'],
      ['judgement', '丁', true],
      ['judgement', '戊', false],
    ],
  ],
  [
    'a table on the line of its label, groups for several right answers',
    '1、甲（ ）\nA、一 B、二 C、三\n2、乙（ ）\nA、一 B、二 C、三\n答案：1-2 AB C',
    [
      ['multiple', '甲（ ）', '一|二|三', ['A', 'B']],
      ['single', '乙（ ）', '一|二|三', 'C'],
    ],
  ],
  [
    'blanks with several wordings',
    '1、（填空题）警告标志放在车后____米以外，夜间____米以外。\n答案：50|五十；150\n2、(填空)驾驶人连续驾驶不得超过（ ）小时。\n答案：4',
    [
      ['fill', '警告标志放在车后____米以外，夜间____米以外。', [['50', '五十'], ['150']]],
      ['fill', '驾驶人连续驾驶不得超过____小时。', [['4']]],
    ],
  ],
  [
    'a case with questions in brackets',
    '1、【案例题】一辆客车在雨天爆胎。\n（1）首先应当（ ）。\nA、急刹 B、握稳方向\n答案：B\n（2）（判断题）应当打开双闪。\n答案：对\n2、（判断题）应急车道可以随意停车。答案：错',
    [
      [
        'case',
        '一辆客车在雨天爆胎。',
        ['single', '首先应当（ ）。', '急刹|握稳方向', 'B'],
        ['judgement', '应当打开双闪。', true],
      ],
      ['judgement', '应急车道可以随意停车。', false],
    ],
  ],
  [
    'a judgement written as a choice',
    '一、判断题\n1、应当让行人先行。\nA.正确\nB.错误\n答案：A',
    [['judgement', '应当让行人先行。', true]],
  ],
  [
    'no numbers at all',
    '高速公路上可以倒车。\n答案：错\n\n雨天应当\nA、减速\nB、加速\n答案：A',
    [
      ['judgement', '高速公路上可以倒车。', false],
      ['single', '雨天应当', '减速|加速', 'A'],
    ],
  ],
  [
    'a stem over several lines and a list in the explanation',
    '1、下列说法\n正确的是（ ）\nA、一\nB、二\n答案：A\n解析：理由：\n1、第一条\n2、第二条\n2、第二题\nA、一\nB、二\n答案：B',
    [
      ['single', '下列说法\n正确的是（ ）', '一|二', 'A'],
      ['single', '第二题', '一|二', 'B'],
    ],
  ],
  [
    'several layouts in one file',
    '1、(判断题)甲。【答案】:错误\n2．乙（ C ）\nA、一\nB、二\nC、三\n3) 丙\nA. 一   B. 二\n【正确答案】A,B\n【解析】略',
    [
      ['judgement', '甲。', false],
      ['single', '乙（　）', '一|二|三', 'C'],
      ['multiple', '丙', '一|二', ['A', 'B']],
    ],
  ],
];

describe('a text as people keep it', () => {
  it.each(layouts)('%s', (_name, text, questions) => {
    expect(questionsOf(text)).toEqual(questions);
    expect(read(text).drafts.flatMap(codesOf)).toEqual([]);
  });

  it('takes facts beside the answer', () => {
    const [draft] = read(
      '1、甲\nA、一\nB、二\n答案：A 难度：难\n【知识点】应急处置\n依据：道路交通安全法第四十八条',
    ).drafts;
    expect(draft?.facts).toMatchObject({ difficulty: 3, topic: '应急处置', clause: '道路交通安全法第四十八条' });
  });

  it.each([
    ['1、甲\nA、一\nB、二', ['1:answer-missing']],
    ['1、甲（A）乙（B）\nA、一\nB、二', ['1:answer-ambiguous', '1:answer-missing']],
    ['1、（单选题）甲\nA、一\nB、二\n答案：AB', ['1:answer-not-single']],
    ['1、（简答题）甲\n答案：乙', ['1:kind-not-supported']],
    ['1、甲\nA、一\nB、二\n答案：A\n答案：B', ['5:answer-contradicts']],
    ['1、甲\nA、一\nB、二\n答案：张三', ['1:answer-unreadable']],
    ['1、（判断题）甲\uFFFD。答案：对', ['1:characters-lost']],
    [
      '1、甲\nA、一\nB、二\n1、乙（ ）\nA、一\nB、二\n答案：1-1 A',
      ['1:table-ambiguous', '1:answer-missing', '4:table-ambiguous', '4:answer-missing'],
    ],
  ])('says what is wrong, and in which line: %j', (text, codes) => {
    expect(read(text).drafts.flatMap(codesOf)).toEqual(codes);
  });

  it('notes lines that belong to nothing and numbers that jump', () => {
    const { drafts, notes } = read('题库\n2026 年\n1、甲。答案：对\n4、乙。答案：错');
    expect(drafts).toHaveLength(2);
    expect(notes.map(({ code, row }) => `${row}:${code}`)).toEqual([
      '1:line-ignored',
      '2:line-ignored',
      '4:number-jumps',
    ]);
  });

  it('refuses what is no text of questions', () => {
    expect(readText(`1、${'甲'.repeat(5_000)}`)).toMatchObject({ code: 'line-too-long' });
    expect(readText('\n'.repeat(100_001))).toMatchObject({ code: 'too-many-rows' });
  });
});
