import { grades, makeMediaWorld, segmentName, Viewer } from './media-world.ts';

/**
 * A way to get seconds of a video that was never sent to the session. The player of each passes every check of identity: it is
 * the picture that is missing, not the person.
 */
export type MediaAttack = {
  name: string;
  /** Most seconds that this play can have earned. */
  most: number;
  /** One of these must be left in the evidence or in the audit log. */
  marks: readonly string[];
  run(viewer: Viewer, seconds: number): Promise<void>;
};

const missing = ['refused: media-missing'] as const;

export const mediaAttacks: readonly MediaAttack[] = [
  {
    name: 'a robot that only posts heartbeats',
    most: 0,
    marks: missing,
    run: async (one, seconds) => {
      await one.play(seconds);
      await one.finish();
    },
  },
  {
    name: 'heartbeats and all the lists',
    most: 0,
    marks: missing,
    run: async (one, seconds) => {
      await one.play(seconds, async () => {
        await one.get('master.m3u8');
        for (const grade of grades) await one.get(`${grade}/index.m3u8`);
      });
      await one.finish();
    },
  },
  {
    name: 'heartbeats and a HEAD of every segment',
    most: 0,
    marks: missing,
    run: async (one, seconds) => {
      await one.play(seconds, (second) => one.head(`gaoqing/${segmentName(second / 4)}`));
      await one.finish();
    },
  },
  {
    name: 'only the first segment, in every grade',
    most: 4,
    marks: missing,
    run: async (one, seconds) => {
      for (const grade of grades) await one.segment(0, grade);
      await one.play(seconds, () => one.segment(0));
      await one.finish();
    },
  },
  {
    name: 'the smallest ranges of every segment',
    most: 0,
    marks: missing,
    run: async (one, seconds) => {
      await one.play(seconds, async (second) => {
        const path = `gaoqing/${segmentName(second / 4)}`;
        await one.get(path, { range: 'bytes=0-0' });
        await one.get(path, { range: 'bytes=-1' });
        await one.get(path, { range: 'bytes=1-1023' });
      });
      await one.finish();
    },
  },
  {
    name: 'parts of a segment in several grades that only together would be one',
    most: 0,
    marks: missing,
    run: async (one, seconds) => {
      await one.play(seconds, async (second) => {
        await one.get(`biaoqing/${segmentName(second / 4)}`, { range: 'bytes=0-14999' });
        await one.get(`gaoqing/${segmentName(second / 4)}`, { range: 'bytes=15000-199999' });
      });
      await one.finish();
    },
  },
  {
    name: 'what a browser is said to have already',
    most: 0,
    marks: missing,
    run: async (one, seconds) => {
      const honest = await Viewer.begin(one.bench, one.media);
      const tags = await Promise.all(
        one.media.segmentSeconds.map(async (_, index) => (await honest.segment(index)).headers['etag'] ?? ''),
      );
      await one.play(seconds, (second) =>
        // With a HEAD or a tiny range nothing has to be taken in even if the server does not believe it.
        Promise.all([
          one.head(`liuchang/${segmentName(second / 4)}`, { 'if-none-match': tags[second / 4] ?? '' }),
          one.get(`liuchang/${segmentName(second / 4)}`, {
            'if-none-match': tags[second / 4] ?? '',
            range: 'bytes=0-0',
          }),
        ]),
      );
      await one.finish();
    },
  },
  {
    name: 'the addresses of somebody else’s session',
    most: 0,
    marks: ['audit: media of somebody else’s session', 'anomaly: foreign-session'],
    run: async (one, seconds) => {
      const victim = await Viewer.begin(one.bench, one.media);
      one.seenSessions.push(victim.sessionId);
      await one.play(seconds, (second) => one.client.get(`${victim.folder}liuchang/${segmentName(second / 4)}`));
      await one.finish();
    },
  },
  {
    name: 'a made-up address: one’s own session, the code of somebody else’s',
    most: 0,
    marks: ['audit: made-up media address', 'anomaly: foreign-session'],
    run: async (one, seconds) => {
      const victim = await Viewer.begin(one.bench, one.media);
      const folder = victim.folder.replace(victim.sessionId, one.sessionId);
      await one.play(seconds, (second) => one.client.get(`${folder}liuchang/${segmentName(second / 4)}`));
      await one.finish();
    },
  },
  {
    name: 'a friend who fetches everything in their own session',
    most: 0,
    marks: missing,
    run: async (one, seconds) => {
      const friend = await Viewer.begin(one.bench, one.media);
      await one.play(seconds, (second) => friend.segment(second / 4));
      await one.finish();
    },
  },
  {
    name: 'everything fetched in one session, the heartbeats in the next',
    most: 0,
    marks: missing,
    run: async (one, seconds) => {
      for (const [index] of one.media.segmentSeconds.entries()) await one.segment(index);
      one.seenSessions.push(one.sessionId);
      await one.finish();
      one.wait(10);
      await one.open();
      await one.play(seconds);
      await one.finish();
    },
  },
  {
    name: 'the segments of another video under a good address',
    most: 0,
    marks: ['audit: made-up media address'],
    run: async (one, seconds) => {
      const other = await makeMediaWorld(one.bench);
      const folder = one.folder.replace(one.media.mediaId, other.mediaId);
      await one.play(seconds, (second) => one.client.get(`${folder}liuchang/${segmentName(second / 4)}`));
      await one.finish();
    },
  },
];
