import { text } from 'node:stream/consumers';
import type { FileStorage } from '../../../platform/storage/storage.ts';
import { mediaFolder, playlistSegments } from '../../courses/index.ts';
import { generationCache } from '../generation-cache.ts';

/** A file with picture and sound, and the stretch of the lesson that it shows. */
export type MediaSegment = {
  /** Folder of one grade below that of the video. */
  readonly rendition: string;
  readonly path: string;
  readonly fromMs: number;
  readonly toMs: number;
};

export type RenditionSegments = {
  /** The segment of this path, if the playlist beside it names it. */
  find(mediaId: string, path: string): Promise<MediaSegment | undefined>;
};

/** Grades whose playlists are remembered, twice over at most: more than are watched at a time. */
const REMEMBERED = 500;

/** Reads playlists from the storage, each once: a finished video never changes. */
export function renditionSegments(storage: FileStorage): RenditionSegments {
  const cache = generationCache<Promise<ReadonlyMap<string, MediaSegment>>>(REMEMBERED);
  return {
    async find(mediaId, path) {
      const rendition = path.slice(0, path.lastIndexOf('/') + 1);
      const key = `${mediaFolder(mediaId)}/${rendition}index.m3u8`;
      const known = cache.get(key);
      if (known) return (await known).get(path);
      const reading = read(storage, key, rendition);
      cache.set(key, reading);
      const segments = await reading.catch((error: unknown) => {
        cache.delete(key);
        throw error;
      });
      if (segments.size === 0) cache.delete(key);
      return segments.get(path);
    },
  };
}

async function read(storage: FileStorage, key: string, rendition: string): Promise<ReadonlyMap<string, MediaSegment>> {
  const file = await storage.get(key);
  const segments = file ? playlistSegments(await text(file.stream)) : [];
  return new Map(
    segments.map(({ path, fromMs, toMs }) => [rendition + path, { rendition, path: rendition + path, fromMs, toMs }]),
  );
}
