import type { Limit } from '../study/limits.ts';
import type { SchemeCode } from '../study/rule-sets.ts';
import type { FaceLimits, FaceRuleSet } from './face-limits.ts';

const INSPECTION_TABLE = '广东省应急管理厅 安全生产网络培训平台检查表 (39 项)';
const FACE_RULES = '人脸识别技术应用安全管理办法 (2025-06-01)';
const OPERATION = 'no public text; chosen for operation';
const MEASURED = 'no public text; measured, docs/decisions/0012-face-engine.md';

const stated = <Value>(value: Value, source: string): Limit<Value> => ({ value, certainty: 'stated', source });
const assumed = <Value>(value: Value, source: string): Limit<Value> => ({ value, certainty: 'assumed', source });
const unknown = <Value>(value: Value, source: string): Limit<Value> => ({ value, certainty: 'unknown', source });
const measured = (value: number): Limit<number> => assumed(value, MEASURED);

const common: FaceRuleSet['limits'] = {
  provider: assumed<FaceLimits['provider']>('builtin', OPERATION),
  pictureRetentionDays: unknown(365, `${FACE_RULES}: the shortest time needed, no number`),
  captureRetentionDays: unknown(730, `${FACE_RULES}: the shortest time needed, no number`),

  normalDistance: measured(0.5),
  strictDistance: measured(0.45),
  nearDistance: measured(0.04),
  doubleDistance: measured(0.4),
  sameFaceDistance: measured(0.45),
  sameFaceMovingDistance: measured(0.6),

  faceWidthLeastPx: measured(160),
  brightnessLeast: measured(35),
  brightnessMost: measured(215),
  sharpnessLeast: measured(10),
  frontalYawLeast: measured(0.4),
  frontalYawMost: measured(0.6),
  frontalPitchLeast: measured(0.3),
  frontalPitchMost: measured(0.52),

  turnYawChange: measured(0.1),
  openMouthLeast: measured(0.3),
  openMouthChange: measured(0.15),
  unaskedMouthLeast: measured(0.6),
  closerGrowth: measured(1.25),
  restPart: measured(0.5),
  stepMostSeconds: assumed(8, OPERATION),
  startFramesLeast: assumed(2, OPERATION),
  stepFramesLeast: assumed(2, OPERATION),

  replayGridDistance: measured(0.15),
  loopGridDistance: measured(0.3),
  movedGridDistance: measured(1),
  stillGridDistance: measured(0.03),
  frameLeast: measured(0.85),
  moireLeast: measured(50),

  enrolBrightnessLeast: measured(50),
  enrolBrightnessMost: measured(210),
  enrolSharpnessLeast: measured(40),
  enrolYawLeast: measured(0.42),
  enrolYawMost: measured(0.58),
  enrolMouthMost: measured(0.3),
  enrolEyeLightLeast: measured(0.3),
};

export const faceRuleSets: readonly FaceRuleSet[] = [
  {
    id: 'work-safety.face.2025-06-01',
    scheme: 'work-safety',
    regionPrefix: '',
    validFrom: '2025-06-01',
    limits: common,
  },
  {
    id: 'work-safety.face.44.2025-06-01',
    scheme: 'work-safety',
    regionPrefix: '44',
    validFrom: '2025-06-01',
    limits: {
      ...common,
      captureRetentionDays: stated(730, `${INSPECTION_TABLE}: process data, online at least 24 months`),
    },
  },
  {
    id: 'road-transport.face.2025-06-01',
    scheme: 'road-transport',
    regionPrefix: '',
    validFrom: '2025-06-01',
    limits: common,
  },
  {
    id: 'driver-licence.face.2025-06-01',
    scheme: 'driver-licence',
    regionPrefix: '',
    validFrom: '2025-06-01',
    limits: common,
  },
];

/** The rule set in force, most specific region first, then the youngest; throws RangeError if none is. */
export function findFaceRules(
  scheme: SchemeCode,
  regionCode: string,
  day: string,
  table: readonly FaceRuleSet[] = faceRuleSets,
): FaceRuleSet {
  const best = table
    .filter((one) => one.scheme === scheme && regionCode.startsWith(one.regionPrefix) && one.validFrom <= day)
    .sort((a, b) => b.regionPrefix.length - a.regionPrefix.length || b.validFrom.localeCompare(a.validFrom))[0];
  if (!best) throw new RangeError(`no face rule set for ${scheme} in ${regionCode} on ${day}`);
  return best;
}

/** A rule set by the name that a stored decision carries; throws RangeError for a name that never existed. */
export function getFaceRules(id: string, table: readonly FaceRuleSet[] = faceRuleSets): FaceRuleSet {
  const found = table.find((one) => one.id === id);
  if (!found) throw new RangeError(`no face rule set ${id}`);
  return found;
}
