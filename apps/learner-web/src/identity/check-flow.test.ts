import { CameraError } from '@antu/web-kit/camera/camera-fault.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HttpFailure } from '../study/testing.ts';
import { CheckFlow } from './check-flow.ts';
import type { CheckPhase } from './check-view.ts';
import { FakeCamera, FakeJudge } from './testing.ts';

let camera: FakeCamera;
let judge: FakeJudge;
let flow: CheckFlow;
let phases: CheckPhase[];
const onVerdict = vi.fn(async (_challengeId: string, _verdict: unknown) => undefined as void);

beforeEach(() => {
  vi.useFakeTimers();
  camera = new FakeCamera();
  judge = new FakeJudge();
  onVerdict.mockReset();
  flow = new CheckFlow({ transport: judge, camera, onVerdict });
  phases = [];
  flow.subscribe(({ phase }) => phases.at(-1) !== phase && phases.push(phase));
});
afterEach(() => {
  vi.useRealTimers();
});
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const refusal = (code: string, status = 409) => Object.assign(new Error(code), { status, code });

describe('a check that passes', () => {
  it('asks step by step, tells the verdict, and needs less than ten seconds', async () => {
    judge.delayMs = 700;
    const startMs = performance.now();
    const done = flow.start();
    await vi.runAllTimersAsync();
    await done;
    expect(phases).toEqual(['opening', 'step', 'sending', 'step', 'sending', 'step', 'sending', 'settling', 'passed']);
    expect(judge.received.map(({ step, frames }) => [step, frames.length])).toEqual([
      [-1, 3],
      [0, 3],
      [1, 3],
    ]);
    expect(onVerdict).toHaveBeenCalledWith(expect.any(String), expect.objectContaining({ outcome: 'passed' }));
    expect(performance.now() - startMs).toBeLessThan(10_000);
    expect(camera.running).toBe(false);
  });

  it('takes every picture at another moment, with times that rise over the whole check', async () => {
    void flow.start();
    await vi.runAllTimersAsync();
    const frames = judge.received.flatMap((one) => one.frames);
    const times = frames.map((one) => one.atMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(times).size).toBe(9);
    expect(new Set(frames.map((one) => one.picture)).size).toBe(9);
  });

  it('waits a little for a movement that is still under way', async () => {
    judge.prompts = ['turn-left'];
    const begin = performance.now();
    // Turns from the first prompt on until 2.7 s after it.
    camera.brightness = () => 60 + Math.min(2_700, Math.max(0, performance.now() - begin - 1_500)) / 16;
    void flow.start();
    await vi.runAllTimersAsync();
    const last = judge.received[1]?.frames.at(-1)?.atMs ?? 0;
    expect(last).toBeGreaterThan(1_500 + 2_500);
    expect(last).toBeLessThan(1_500 + 3_300);
  });

  it('does not keep quick people waiting', async () => {
    judge.prompts = ['turn-left'];
    const begin = performance.now();
    camera.brightness = () => (performance.now() - begin < 2_500 ? 60 : 160);
    void flow.start();
    await vi.runAllTimersAsync();
    expect(judge.received[1]?.frames.at(-1)?.atMs).toBeLessThan(1_500 + 1_800);
  });

  it('makes smaller pictures after a slow upload', async () => {
    judge.delayMs = 3_000;
    void flow.start();
    await vi.runAllTimersAsync();
    expect(camera.qualities.slice(0, 3)).toEqual([0.8, 0.8, 0.8]);
    expect(camera.qualities.slice(3)).toEqual(Array.from({ length: 6 }, () => 0.55));
  });
});

describe('a check that does not pass', () => {
  it('tells why, keeps what the camera saw, and can be tried again', async () => {
    judge.verdict = { type: 'verdict', outcome: 'failed', problems: ['too-dark', 'no-face'] };
    void flow.start();
    await vi.runAllTimersAsync();
    expect(flow.view).toMatchObject({ phase: 'failed', problems: ['too-dark', 'no-face'] });
    expect(flow.view.lastPicture).toMatch(/^picture-/);
    expect(onVerdict).toHaveBeenCalledOnce();
    judge.verdict = { type: 'verdict', outcome: 'passed', problems: [] };
    void flow.start();
    await vi.runAllTimersAsync();
    expect(flow.view.phase).toBe('passed');
    expect(judge.begin).toHaveBeenCalledTimes(2);
  });

  it('explains a camera that does not open, without using up a try', async () => {
    camera.fault = new CameraError('denied');
    await flow.start();
    expect(flow.view).toMatchObject({ phase: 'trouble', fault: 'denied' });
    expect(judge.begin).not.toHaveBeenCalled();
    camera.fault = null;
    void flow.start();
    await vi.runAllTimersAsync();
    expect(flow.view.phase).toBe('passed');
  });

  it('notices that the camera is taken away', async () => {
    void flow.start();
    await pass(1_000);
    camera.onLost?.();
    expect(flow.view).toMatchObject({ phase: 'trouble', fault: 'in-use' });
    await vi.runAllTimersAsync();
    expect(judge.received).toEqual([]);
  });

  it.each(['identity.too_many_checks', 'identity.wrong_step', 'identity.challenge_not_found'])(
    'takes %s for an answer at once',
    async (code) => {
      judge.failures = [refusal(code, code === 'identity.too_many_checks' ? 429 : 409)];
      void flow.start();
      await vi.runAllTimersAsync();
      expect(flow.view.phase).toBe('broken');
      expect(judge.begin).toHaveBeenCalledOnce();
    },
  );
});

describe('a check on a bad network', () => {
  it('sends the same pictures again and says so', async () => {
    void flow.start();
    await pass(1_400);
    judge.failures = [new HttpFailure(0), new HttpFailure(503)];
    await pass(500);
    expect(flow.view).toMatchObject({ phase: 'sending', slow: true });
    await pass(3_100);
    expect(flow.view).toMatchObject({ phase: 'step', slow: false });
    const [first, second, third] = judge.sendFrames.mock.calls.map((call) => call[1]);
    expect(second).toEqual(first);
    expect(third).toEqual(first);
  });

  it('gives up before the server would count it against the learner', async () => {
    void flow.start();
    await pass(1_500);
    judge.failures = Array.from({ length: 50 }, () => new HttpFailure(0));
    await pass(25_000);
    expect(flow.view.phase).toBe('broken');
    expect(onVerdict).not.toHaveBeenCalled();
  });

  it('tells a verdict again instead of doing the steps again', async () => {
    onVerdict.mockRejectedValue(new HttpFailure(0));
    void flow.start();
    await pass(80_000);
    expect(flow.view.phase).toBe('broken');
    onVerdict.mockReset();
    void flow.start();
    await vi.runAllTimersAsync();
    expect(flow.view.phase).toBe('passed');
    expect(judge.begin).toHaveBeenCalledOnce();
  });
});

describe('leaving in the middle', () => {
  it('sends nothing more and says on return that the steps have to be done again', async () => {
    void flow.start();
    await pass(1_000);
    flow.stop(true);
    expect(flow.view).toMatchObject({ phase: 'intro', interrupted: 'free' });
    expect(camera.running).toBe(false);
    await vi.runAllTimersAsync();
    expect(judge.received).toEqual([]);
  });

  it('says that it costs a try once a prompt was seen', async () => {
    void flow.start();
    await pass(2_000);
    expect(flow.view.challenge?.prompt).toBe('turn-left');
    flow.stop(true);
    expect(flow.view.interrupted).toBe('costly');
  });

  it('leaves what has ended as it is', async () => {
    void flow.start();
    await vi.runAllTimersAsync();
    flow.stop(true);
    expect(flow.view.phase).toBe('passed');
  });
});

describe('the other ways', () => {
  it('answers with a code on a challenge of its own, and lets a wrong one be corrected', async () => {
    await expect(flow.answerWithCode('000000')).rejects.toThrow('wrong');
    expect(onVerdict).not.toHaveBeenCalled();
    await flow.answerWithCode('123456');
    expect(judge.begin).toHaveBeenCalledOnce();
    expect(flow.view.phase).toBe('passed');
    expect(onVerdict).toHaveBeenCalledOnce();
  });

  it('uses the challenge that was begun with the face', async () => {
    void flow.start();
    await pass(2_000);
    flow.stop();
    await flow.answerForReview('face', 'card');
    expect(judge.begin).toHaveBeenCalledOnce();
    expect(flow.view.phase).toBe('pending');
  });

  it('begins anew after a verdict', async () => {
    judge.verdict = { type: 'verdict', outcome: 'failed', problems: ['no-face'] };
    void flow.start();
    await vi.runAllTimersAsync();
    await flow.answerWithCode('123456');
    expect(judge.begin).toHaveBeenCalledTimes(2);
  });
});
