import type { StudyDevice } from './study-transport.ts';

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger/, 'WeChat'],
  [/HuaweiBrowser/, 'Huawei Browser'],
  [/MiuiBrowser/, 'Mi Browser'],
  [/Edg(?:A|iOS)?\//, 'Edge'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
];

/** Says in a few words what one studies on, for the record; finer prints of a device are nobody's business. */
export function describeDevice(userAgent: string, touchPoints: number): Omit<StudyDevice, 'id'> {
  // iPads call themselves Macs; no Mac has a touch screen.
  const agent = /Macintosh/.test(userAgent) && touchPoints > 1 ? `iPad ${userAgent}` : userAgent;
  const find = (list: typeof SYSTEMS) => list.find(([pattern]) => pattern.test(agent))?.[1];
  const tablet = /iPad/.test(agent) || (/Android|HarmonyOS/.test(agent) && !/Mobile/.test(agent));
  const phone = !tablet && /Mobile|iPhone/.test(agent);
  const name = [find(SYSTEMS), find(BROWSERS)].filter(Boolean).join(' ');
  return { kind: tablet ? 'tablet' : phone ? 'phone' : 'computer', name: name || 'unknown' };
}
