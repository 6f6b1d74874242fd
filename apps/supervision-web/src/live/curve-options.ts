import type { EChartsCoreOption } from 'echarts/core';

interface CurveLook {
  readonly emPx: number;
  readonly brand: string;
  readonly soft: string;
  readonly ink: string;
  readonly line: string;
  readonly font: string;
  readonly now: string;
  readonly people: (n: number) => string;
}

const CHINA_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** The curve of one China day from midnight to midnight; the part to come stays empty. */
export function curveOptions(curve: readonly { at: string; learners: number }[], look: CurveLook): EChartsCoreOption {
  const points = curve.map(({ at, learners }) => [Date.parse(at), learners] as const);
  const first = points[0]?.[0] ?? 0;
  const midnight = Math.floor((first + CHINA_OFFSET_MS) / DAY_MS) * DAY_MS - CHINA_OFFSET_MS;
  const last = points.at(-1);
  const clock = (ms: number) => {
    if (ms - midnight >= DAY_MS) return '24:00';
    return new Date(ms + CHINA_OFFSET_MS).toISOString().slice(11, 16).replace(/^0/, '');
  };
  const text = { color: look.ink, fontSize: look.emPx, fontFamily: look.font };
  return {
    animation: false,
    aria: { enabled: false },
    grid: { left: 8, right: 24, top: 18, bottom: 4, containLabel: true },
    xAxis: {
      type: 'value',
      min: midnight,
      max: midnight + DAY_MS,
      interval: DAY_MS / 4,
      axisLabel: { ...text, formatter: clock },
      axisLine: { lineStyle: { color: look.line } },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      splitNumber: 2,
      axisLabel: text,
      splitLine: { lineStyle: { color: look.line } },
    },
    tooltip: {
      trigger: 'axis',
      formatter: (hits: readonly { value: readonly [number, number] }[]) => {
        const value = hits[0]?.value;
        return value ? `${clock(value[0])}  ${look.people(value[1])}` : '';
      },
    },
    series: [
      {
        type: 'line',
        data: points,
        showSymbol: false,
        lineStyle: { color: look.brand, width: 2.25 },
        itemStyle: { color: look.brand },
        areaStyle: { color: look.soft, opacity: 1 },
        ...(last
          ? {
              markPoint: {
                symbol: 'circle',
                symbolSize: 9,
                itemStyle: { color: look.brand, borderColor: '#fff', borderWidth: 2 },
                label: { ...text, color: look.brand, fontWeight: 700, position: 'right', formatter: look.now },
                data: [{ coord: last }],
              },
            }
          : {}),
      },
    ],
  };
}
