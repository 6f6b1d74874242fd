/** Words of which questions are made that anybody can answer who can count: so that a walk can pass an exam honestly, or fail it. */
const VEHICLES = [
  '大客车',
  '中型客车',
  '旅游包车',
  '半挂货车',
  '厢式货车',
  '油罐车',
  '校车',
  '公交车',
  '出租车',
  '搅拌车',
];
const ROADS = [
  '高速公路',
  '一级公路',
  '山区公路',
  '城市快速路',
  '环城公路',
  '沿海公路',
  '跨江大桥',
  '隧道群',
  '国道',
  '省道',
];

/**
 * Questions as people keep them in a text: three of five are judgements, the others choices; every one about hours, speed and way.
 * @param count at most 2,000
 */
export function makeQuestionText(count: number): string {
  return Array.from({ length: count }, (_, index) => {
    const [vehicle, road] = [VEHICLES[index % 10], ROADS[Math.floor(index / 10) % 10]];
    const [speed, hours] = [30 + (index % 7) * 10, 2 + (Math.floor(index / 7) % 9)];
    const way = speed * hours;
    const begins = `${vehicle}在${road}上以每小时 ${speed} 公里行驶 ${hours} 小时`;
    const source = '【依据】道路运输从业人员理论考试大纲 里程与时间\n【解析】里程等于速度乘以时间。\n【难度】难';
    if (index % 5 < 3) {
      const isRight = index % 2 === 0;
      return `${index + 1}、(判断题)${begins}，共行驶 ${isRight ? way : way + 15} 公里。【答案】:${isRight ? '正确' : '错误'}\n${source}`;
    }
    const options = [way + 10, way, way - 10, way + 25].map((one, at) => `${'ABCD'[at]}、${one} 公里`);
    return `${index + 1}、(单选题)${begins}，共行驶多少？\n${options.join('\n')}\n正确答案:B\n${source}`;
  }).join('\n');
}

/** What is right by the words of a question, as the key that chooses it; null when it is not one of ours. */
export function rightKeyOf(text: string): string | null {
  const found = /以每小时 (\d+) 公里行驶 (\d+) 小时/.exec(text);
  if (!found) return null;
  const way = Number(found[1]) * Number(found[2]);
  const said = /共行驶 (\d+) 公里/.exec(text);
  if (said) return Number(said[1]) === way ? 'A' : 'B';
  return new RegExp(`([A-D])[^A-D]{0,8}?\\b${way} 公里`).exec(text)?.[1] ?? null;
}
