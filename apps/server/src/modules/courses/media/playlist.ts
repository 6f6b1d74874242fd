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
