import type { Limit } from '../study/limits.ts';

/** How a check runs, the other ways, and the law's threshold of stored faces. Units in the names. */
export interface CheckLimits {
  /** Movements asked for after looking straight ahead. */
  readonly promptsPerCheck: number;
  readonly framesPerStep: number;
  /** What the learner has for a movement. */
  readonly stepSeconds: number;
  /** Added on the server's clock for pictures that travel over a slow network. */
  readonly transferSeconds: number;
  /** A check that is not finished after this is void. */
  readonly challengeSeconds: number;
  /** What a provider has for its answer; afterwards it counts as away. */
  readonly judgeSeconds: number;
  /** Checks that one person may begin within `checksWindowSeconds`. */
  readonly mostChecks: number;
  readonly checksWindowSeconds: number;
  /** How long the bytes of a picture are remembered: the same ones again are a replay. */
  readonly replayDays: number;
  readonly codeSeconds: number;
  readonly codeTries: number;
  /** Different people who have to agree before a review passes. */
  readonly reviewVotes: number;
  /** People whose faces are stored, from which on the operator has to file with the authority for cyberspace. */
  readonly fileFromFaces: number;
  /** Share of `fileFromFaces`, percent, from which on the gauge warns. */
  readonly warnFromPercent: number;
}

/** Limits of a time. Stored checks name `id`; a change is a new row, never an edit. */
export interface CheckRuleSet {
  readonly id: string;
  /** First China day on which it applies, YYYY-MM-DD. */
  readonly validFrom: string;
  readonly limits: { readonly [Name in keyof CheckLimits]: Limit<CheckLimits[Name]> };
}

const INSPECTION_TABLE = '广东省应急管理厅 安全生产网络培训平台检查表 (39 项)';
const OPERATION = 'no public text; chosen for operation';
const FACE_RULES = '人脸识别技术应用安全管理办法';

const assumed = (value: number, source: string = OPERATION): Limit<number> => ({ value, certainty: 'assumed', source });

export const checkRuleSets: readonly CheckRuleSet[] = [
  {
    id: 'identity.check.2026-11-25',
    validFrom: '2026-11-25',
    limits: {
      promptsPerCheck: assumed(2, `${INSPECTION_TABLE} 10: 活体检测, how is not said`),
      framesPerStep: assumed(3),
      stepSeconds: assumed(8),
      transferSeconds: assumed(15),
      challengeSeconds: assumed(300),
      judgeSeconds: assumed(30),
      mostChecks: assumed(20),
      checksWindowSeconds: assumed(600),
      replayDays: assumed(90),
      codeSeconds: assumed(120),
      codeTries: assumed(5),
      reviewVotes: assumed(2, `${FACE_RULES}: another way must exist; how is not said`),
      fileFromFaces: { value: 100_000, certainty: 'verified', source: `${FACE_RULES} 第十五条` },
      warnFromPercent: assumed(80),
    },
  },
];

/** The youngest rule set in force on a China day; days before the first one get the first: there were no checks then. */
export function findCheckRules(day: string, table: readonly CheckRuleSet[] = checkRuleSets): CheckRuleSet {
  const [first, ...later] = [...table].sort((a, b) => a.validFrom.localeCompare(b.validFrom));
  if (!first) throw new RangeError('no rule set for identity checks');
  return later.findLast((one) => one.validFrom <= day) ?? first;
}

/** The bare numbers of a rule set. */
export function checkLimitsOf({ limits }: CheckRuleSet): CheckLimits {
  return {
    promptsPerCheck: limits.promptsPerCheck.value,
    framesPerStep: limits.framesPerStep.value,
    stepSeconds: limits.stepSeconds.value,
    transferSeconds: limits.transferSeconds.value,
    challengeSeconds: limits.challengeSeconds.value,
    judgeSeconds: limits.judgeSeconds.value,
    mostChecks: limits.mostChecks.value,
    checksWindowSeconds: limits.checksWindowSeconds.value,
    replayDays: limits.replayDays.value,
    codeSeconds: limits.codeSeconds.value,
    codeTries: limits.codeTries.value,
    reviewVotes: limits.reviewVotes.value,
    fileFromFaces: limits.fileFromFaces.value,
    warnFromPercent: limits.warnFromPercent.value,
  };
}

/** How near the stored faces are to the number that must be filed. */
export function faceGaugeState(
  storedFaces: number,
  { fileFromFaces, warnFromPercent }: Pick<CheckLimits, 'fileFromFaces' | 'warnFromPercent'>,
): 'below' | 'near' | 'reached' {
  if (storedFaces >= fileFromFaces) return 'reached';
  return storedFaces * 100 >= fileFromFaces * warnFromPercent ? 'near' : 'below';
}
