import { afterEach, beforeEach, vi } from 'vitest';
import { StudyClient } from './study-client.ts';
import type { SnapshotReport } from './study-transport.ts';
import { FakeMedia, FakeServer, LESSON_ID, PHONE } from './testing.ts';

/** A client of the fake server with a fake video, made anew before each test of the file that imports this. */
export interface Study {
  server: FakeServer;
  media: FakeMedia;
  client: StudyClient;
  online: boolean;
  takeSnapshot: () => Promise<SnapshotReport>;
}

/** Registers the hooks of a test file: time stands still but for `pass`. */
export function setUpStudy(): Study {
  const study = {} as Study;
  beforeEach(() => {
    vi.useFakeTimers();
    study.server = new FakeServer();
    study.media = new FakeMedia();
    study.online = true;
    study.takeSnapshot = vi.fn(async () => ({ picture: 'cGljdHVyZQ==', failure: null }) as const);
    study.client = new StudyClient({
      lessonVersionId: LESSON_ID,
      device: PHONE,
      transport: study.server,
      random: () => 0.5,
      isOnline: () => study.online,
      takeSnapshot: () => study.takeSnapshot(),
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  return study;
}

/** Lets answers that are ready arrive. */
export const settle = () => vi.advanceTimersByTimeAsync(0);
export const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
export const activitiesOf = ({ server }: Study) => server.beats.map((beat) => beat.activity);

/** Opens the lesson and plays it from where the server says. */
export async function openAndPlay({ client, media }: Study, resumeAtMs = 0): Promise<void> {
  await client.open();
  media.at = resumeAtMs;
  client.attach(media);
  client.play();
  client.mediaPlaying();
  await settle();
}
