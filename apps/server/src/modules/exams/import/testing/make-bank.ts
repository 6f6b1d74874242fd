import { optionKeys, type ExportedQuestion, type OptionKey, type Question } from '@antu/domain';

const topics = ['防御性驾驶', '应急处置', '车辆安全检查', '道路交通安全法规'] as const;
const scenes = ['雨天', '夜间', '山区道路', '高速公路', '隧道内', '冰雪路面', '学校门前', '铁路道口'] as const;
const acts = ['减速慢行', '保持车距', '开启雾灯', '鸣号提醒', '握稳方向盘', '平稳制动'] as const;

const pick = <Item>(list: readonly Item[], index: number): Item => list[index % list.length] as Item;

function questionAt(index: number): Question {
  const scene = pick(scenes, index);
  const name = `${scene}行车（第 ${index + 1} 题）`;
  const options = optionKeys
    .slice(0, 4)
    .map((key, at) => ({ key, text: `${pick(acts, index + at)}，${at + 1} 次`, file: null }));
  const kind = pick(['judgement', 'single', 'multiple', 'fill', 'case'] as const, index);
  if (kind === 'judgement')
    return { kind, stem: `${name}应当${pick(acts, index)}。`, files: [], answer: index % 2 === 0 };
  if (kind === 'single')
    return {
      kind,
      stem: `${name}首先应当怎样做？`,
      files: [],
      options,
      answer: pick(optionKeys.slice(0, 4), index) as OptionKey,
    };
  if (kind === 'multiple') return { kind, stem: `${name}可以怎样做？`, files: [], options, answer: ['A', 'C'] };
  if (kind === 'fill')
    return { kind, stem: `${name}与前车保持____米以上。`, files: [], accepted: [[String(50 + (index % 50)), '足够']] };
  return {
    kind,
    stem: `${name}时前车突然停下。`,
    files: [],
    parts: [
      { kind: 'judgement', stem: '应当立即变道。', files: [], answer: false },
      { kind: 'single', stem: '首先应当怎样做？', files: [], options, answer: 'B' },
    ],
  };
}

/** A bank of so many questions of all kinds, made up by rule: no two are the same. */
export const makeBank = (count: number, topicTitles: readonly string[] = topics): readonly ExportedQuestion[] =>
  Array.from({ length: count }, (_, index) => ({
    question: questionAt(index),
    facts: {
      scheme: 'road-transport',
      topicId: '',
      posts: [],
      difficulty: pick([1, 2, 3] as const, index),
      clause: `道路交通安全法第 ${(index % 90) + 10} 条`,
      explanation: `${pick(scenes, index)}视线和附着力都会变差。`,
      validFrom: '2026-01-01',
      validUntil: index % 3 === 0 ? '2030-12-31' : null,
      exclusionGroup: index % 10 === 0 ? `组 ${index % 7}` : null,
    },
    topic: pick(topicTitles, index),
  }));
