import {
  chinaDateOf,
  type FaceLimits,
  faceLimitsOf,
  findFaceRules,
  type FrameMeasures,
  judgeCheck,
  type JudgedFrame,
  judgeEnrolment,
  schemeCodes,
} from '@antu/domain';
import type { Clock } from '../../../platform/clock.ts';
import type {
  CapturedFrame,
  EnrolAnswer,
  EnrolRequest,
  IdentityProvider,
  JudgeAnswer,
  JudgeRequest,
} from './provider.ts';
import { decodeTemplate, encodeTemplate } from './template-codec.ts';
import { FaceWorkers, type FaceWorkersOptions } from './work/face-workers.ts';

export type BuiltinOptions = FaceWorkersOptions & { clock: Clock };

/** What is answered when pictures could not be measured, and not because of the pictures. */
const away: JudgeAnswer = {
  outcome: 'pending',
  problems: ['provider-away'],
  signs: [],
  distance: null,
  bestFrame: null,
  detail: {},
};

/** Measures the pictures here and lets the rules of `@antu/domain` decide. Nothing leaves the machine. */
export function createBuiltinProvider({ clock, ...options }: BuiltinOptions): IdentityProvider {
  const workers = new FaceWorkers(options);

  return {
    name: 'builtin',
    async enrol(request: EnrolRequest): Promise<EnrolAnswer> {
      const [measures] =
        (await measureAll(workers, [request.picture], { everybody: true, signal: request.signal })) ?? [];
      if (!measures) return { outcome: 'pending' };
      if (measures === 'unreadable') return { outcome: 'refused', problems: ['unreadable'] };
      const problems = judgeEnrolment(measures, limitsFor(request, clock));
      const { descriptor } = measures;
      if (problems.length > 0) return { outcome: 'refused', problems };
      if (!descriptor) return { outcome: 'refused', problems: ['no-face'] };
      return {
        outcome: 'accepted',
        template: { provider: 'builtin', bytes: encodeTemplate([descriptor]) },
        detail: describeFace(measures),
      };
    },

    async judge(request: JudgeRequest): Promise<JudgeAnswer> {
      const { frames, prompts, template } = request;
      const limits = limitsFor(request, clock);
      if (template.provider !== 'builtin') return { ...away, outcome: 'failed', problems: ['not-enrolled'] };
      const startedMs = performance.now();
      const all = await measureAll(
        workers,
        frames.map(({ bytes }) => bytes),
        { everybody: false, signal: request.signal },
      );
      if (!all) return away;
      const judged = frames.flatMap((frame, at) => toJudged(frame, all[at]));
      if (judged.length < frames.length || frames.length === 0)
        return { ...away, outcome: 'failed', problems: ['unreadable'] };
      const strictness = request.strict === true ? 'strict' : 'normal';
      const templates = decodeTemplate(template.bytes);
      const verdict = judgeCheck({ prompts, frames: judged, templates, strictness }, limits);
      return { ...verdict, detail: describeCheck(judged, performance.now() - startedMs) };
    },

    close: () => workers.close(),
  };
}

type How = { everybody: boolean; signal: AbortSignal | undefined };

/** Null if the work could not be done; throws only what the signal brought. */
async function measureAll(
  workers: FaceWorkers,
  pictures: readonly Buffer[],
  { everybody, signal }: How,
): Promise<readonly (FrameMeasures | 'unreadable')[] | null> {
  try {
    return await workers.measureAll(pictures, { everybody, signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    return null;
  }
}

const toJudged = ({ step, atMs }: CapturedFrame, measures: FrameMeasures | 'unreadable' | undefined): JudgedFrame[] =>
  measures === undefined || measures === 'unreadable' ? [] : [{ step, atMs, measures }];

/** Throws RangeError for a scheme or a day without rules: nothing is decided then. */
function limitsFor({ scheme, regionCode }: { scheme?: string; regionCode?: string }, clock: Clock): FaceLimits {
  const code = schemeCodes.find((one) => one === (scheme ?? 'road-transport'));
  if (!code) throw new RangeError(`no scheme ${scheme}`);
  return faceLimitsOf(findFaceRules(code, regionCode ?? '', chinaDateOf(clock.nowMs())));
}

const describeFace = ({ faceWidthPx, brightness, sharpness, yaw, pitch }: FrameMeasures) => ({
  faceWidthPx,
  brightness,
  sharpness,
  yaw,
  pitch,
});

/** Numbers for the evidence; nothing in them tells who it was. */
function describeCheck(frames: readonly JudgedFrame[], workMs: number): Record<string, number> {
  const seen = frames.map(({ measures }) => measures).filter(({ faces }) => faces === 1);
  if (seen.length === 0) return { frames: frames.length, seen: 0, workMs };
  const range = (values: readonly number[]) => ({ least: Math.min(...values), most: Math.max(...values) });
  const yaw = range(seen.map((one) => one.yaw));
  const width = range(seen.map((one) => one.faceWidthPx));
  return {
    frames: frames.length,
    seen: seen.length,
    yawLeast: yaw.least,
    yawMost: yaw.most,
    widthLeast: width.least,
    widthMost: width.most,
    mouthMost: Math.max(...seen.map((one) => one.mouthOpen)),
    workMs,
  };
}
