import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { FaceWorkers } from '../apps/server/src/modules/identity/engine/work/face-workers.ts';
import { faceLimitsOf, faceRuleSets } from '../packages/domain/src/index.ts';
import { cpuSecondsOf } from './lib/cpu-time.ts';
import { measureInterference, medianOf } from './lib/face-interference.ts';
import { comparePairs, type DescribedPicture, type PairCounts, type PairKind } from './lib/face-pairs.ts';
import { collectFacePictures } from './lib/face-pictures.ts';

/** How well faces are told apart, what a picture costs, and what that costs those who study meanwhile. */
const { values } = parseArgs({
  options: {
    pictures: { type: 'string', default: '60' },
    learners: { type: 'string', default: '2000' },
    connections: { type: 'string', default: '60' },
    /** Per second: those of 20,000 learners. */
    heartbeats: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    'per-second': { type: 'string', default: '10' },
    niceness: { type: 'string', default: '10' },
    /** Leaves the heartbeats out. */
    alone: { type: 'boolean', default: false },
  },
});
const say = (line: string) => console.log(line);
const round = (value: number | null, digits = 3) => (value === null ? null : Number(value.toFixed(digits)));
const [ruleSet] = faceRuleSets;
if (!ruleSet) throw new Error('no face rules');
const limits = faceLimitsOf(ruleSet);

say(
  `${availableParallelism()} cores, load before: ${loadavg()
    .map((one) => one.toFixed(1))
    .join(' ')}`,
);
const directory = await mkdtemp(join(tmpdir(), 'antu-faces-'));
const workers = new FaceWorkers({ niceness: 0, pictureMs: 120_000 });
try {
  const pictures = await collectFacePictures(directory);
  const [first] = pictures;
  if (!first) throw new Error('no portraits: set ANTU_FACES, or be where apt-get can download python3-skimage');
  const described: DescribedPicture[] = [];
  for (const picture of pictures) {
    const found = await workers.measure(picture.bytes);
    const descriptor = found === 'unreadable' ? null : found.descriptor;
    if (descriptor) described.push({ ...picture, descriptor });
    else say(`no single face: ${picture.name}`);
  }
  const sources = new Set(pictures.map(({ source }) => source)).size;
  say(
    `${sources} portraits of ${new Set(pictures.map(({ person }) => person)).size} people, ${described.length} of ${pictures.length} pictures described`,
  );
  const kinds: readonly PairKind[] = ['natural', 'copies', 'changed'];
  const pairs: Record<string, number | null> = {};
  for (const kind of kinds) {
    const normal = comparePairs(described, kind, limits.normalDistance);
    const strict = comparePairs(described, kind, limits.strictDistance);
    const shown = (counts: PairCounts) => `${counts.falseRejects} false rejects, ${counts.falseAccepts} false accepts`;
    say(
      `${kind}: ${normal.same} same (at most ${round(normal.sameMost)}), ${normal.different} different (at least ${round(normal.differentLeast)}); ` +
        `at ${limits.normalDistance}: ${shown(normal)}; at ${limits.strictDistance}: ${shown(strict)}`,
    );
    pairs[`${kind}_same`] = normal.same;
    pairs[`${kind}_different`] = normal.different;
    pairs[`${kind}_false_rejects`] = normal.falseRejects;
    pairs[`${kind}_false_accepts`] = normal.falseAccepts;
  }

  const cost = await costOfPicture(first.bytes);
  say(`a picture of 480 x 640: ${JSON.stringify(cost)}`);
  const picture = await cameraPicture(first.bytes);
  const interference = values.alone
    ? null
    : await measureInterference({
        picture,
        learners: Number(values.learners),
        connections: Number(values.connections),
        heartbeatsPerSecond: Number(values.heartbeats),
        seconds: Number(values.seconds),
        rounds: Number(values.rounds),
        perSecond: Number(values['per-second']),
        niceness: Number(values.niceness),
        say,
      });
  if (interference) say(`heartbeats: ${JSON.stringify(interference)}`);
  say(
    JSON.stringify({
      bench: 'face',
      ms_per_check: round(cost.medianMs, 0),
      cpu_ms_per_check: round(cost.cpuMs, 0),
      ...pairs,
      ...(interference
        ? {
            heartbeat_p99_ms: interference.p99Ms,
            heartbeat_p99_with_faces_ms: interference.p99WithFacesMs,
            p99_ratio: round(interference.p99WithFacesMs / interference.p99Ms),
            pictures_per_second: round(interference.picturesPerSecond, 1),
          }
        : {}),
    }),
  );
} finally {
  await workers.close();
  await rm(directory, { recursive: true, force: true });
}

/** A picture as the learner's camera sends it. */
function cameraPicture(bytes: Buffer): Promise<Buffer> {
  return sharp(bytes).resize(480, 640, { fit: 'contain' }).jpeg({ quality: 85 }).toBuffer();
}

/** One after the other in one process at ordinary priority, its models loaded before. */
async function costOfPicture(bytes: Buffer): Promise<{ medianMs: number; worstMs: number; cpuMs: number }> {
  const picture = await cameraPicture(bytes);
  const count = Number(values.pictures);
  const [pid = 0] = workers.pids;
  await workers.measure(picture);
  const cpuBefore = cpuSecondsOf(pid);
  const times: number[] = [];
  for (let done = 0; done < count; done += 1) {
    const startedMs = performance.now();
    await workers.measure(picture);
    times.push(performance.now() - startedMs);
  }
  const cpuMs = ((cpuSecondsOf(pid) - cpuBefore) * 1000) / count;
  return { medianMs: Math.round(medianOf(times)), worstMs: Math.round(Math.max(...times)), cpuMs: Math.round(cpuMs) };
}
