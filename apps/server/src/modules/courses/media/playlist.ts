/** Length of an HLS media playlist: the sum of its segments, in milliseconds. Null while it is not closed. */
export function playlistMs(playlist: string): number | null {
  const lines = playlist.split(/\r?\n/);
  if (!lines.includes('#EXT-X-ENDLIST')) return null;
  let seconds = 0;
  for (const line of lines) {
    const length = /^#EXTINF:([\d.]+)/.exec(line)?.[1];
    if (length !== undefined) seconds += Number(length);
  }
  return Math.round(seconds * 1000);
}

export interface PlaylistVariant {
  readonly path: string;
  readonly bitsPerSecond: number;
  readonly heightPx: number | null;
}

/** The variants that an HLS master playlist names. */
export function masterVariants(playlist: string): PlaylistVariant[] {
  const lines = playlist.split(/\r?\n/);
  return lines.flatMap((line, index) => {
    const path = lines[index + 1]?.trim();
    if (!line.startsWith('#EXT-X-STREAM-INF:') || !path || path.startsWith('#')) return [];
    const height = /RESOLUTION=\d+x(\d+)/.exec(line)?.[1];
    return [
      {
        path,
        bitsPerSecond: Number(/[:,]BANDWIDTH=(\d+)/.exec(line)?.[1] ?? 0),
        heightPx: height === undefined ? null : Number(height),
      },
    ];
  });
}

/** A segment of a media playlist with its place on the time line of the video, in milliseconds. */
export interface PlaylistSegment {
  /** As the playlist writes it: relative to the playlist's own folder. */
  readonly path: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The segments that an HLS media playlist names, in order. A length without a name after it is none. */
export function playlistSegments(playlist: string): PlaylistSegment[] {
  const segments: PlaylistSegment[] = [];
  let atSeconds = 0;
  let seconds: number | null = null;
  for (const line of playlist.split(/\r?\n/).map((one) => one.trim())) {
    const length = /^#EXTINF:([\d.]+)/.exec(line)?.[1];
    if (length !== undefined) seconds = Number(length);
    if (line === '' || line.startsWith('#') || seconds === null) continue;
    // Rounded from the sum, as `playlistMs` does: neighbours touch, and the last one ends where the video does.
    const fromMs = Math.round(atSeconds * 1000);
    atSeconds += seconds;
    segments.push({ path: line, fromMs, toMs: Math.round(atSeconds * 1000) });
    seconds = null;
  }
  return segments;
}
