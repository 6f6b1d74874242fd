import { recall, remember } from '@antu/web-kit/composables/storage.ts';
import type { StudyLesson } from '../study/study-transport.ts';

export type Rendition = StudyLesson['renditions'][number];
export type Grade = Rendition['name'];
export const GRADES: readonly Grade[] = ['liuchang', 'biaoqing', 'gaoqing'];
const KEY = 'antu.grade';

/** What a browser may tell about its line; only Chromium does. */
interface LineHint {
  saveData?: boolean;
  effectiveType?: string;
}

/** The grade chosen last on this device; without one 标清, or 流畅 on a line that is known to be weak. */
export function preferredGrade(hint: LineHint | undefined): Grade {
  const chosen = recall(KEY);
  const known = GRADES.find((grade) => grade === chosen);
  if (known) return known;
  const weak = hint?.saveData === true || /2g|3g/.test(hint?.effectiveType ?? '');
  return weak ? 'liuchang' : 'biaoqing';
}

export function rememberGrade(grade: Grade): void {
  remember(KEY, grade);
}

/** The grade itself where the video has it, else the nearest below, else the lowest. */
export function nearestGrade(wanted: Grade, renditions: readonly Rendition[]): Grade | null {
  const have = GRADES.filter((grade) => renditions.some((one) => one.name === grade));
  const below = have.filter((grade) => GRADES.indexOf(grade) <= GRADES.indexOf(wanted));
  return below.at(-1) ?? have[0] ?? null;
}

/** Index of the level whose height is nearest; -1 when there are none. */
export function nearestLevel(heightPx: number, levels: readonly { height: number }[]): number {
  let best = -1;
  levels.forEach((level, at) => {
    const distance = Math.abs(level.height - heightPx);
    if (best === -1 || distance < Math.abs((levels[best]?.height ?? 0) - heightPx)) best = at;
  });
  return best;
}

/**
 * Address of one grade's own list out of an HLS master list, for browsers that play HLS themselves and offer no way to
 * choose. Null when the text is not a master list.
 */
export function findVariantUrl(master: string, masterUrl: string, heightPx: number): string | null {
  const variants: { height: number; url: string }[] = [];
  const lines = master.split(/\r?\n/);
  lines.forEach((line, at) => {
    const height = /^#EXT-X-STREAM-INF:.*RESOLUTION=\d+x(\d+)/.exec(line)?.[1];
    const url = lines.slice(at + 1).find((next) => next !== '' && !next.startsWith('#'));
    if (height && url) variants.push({ height: Number(height), url: new URL(url, masterUrl).href });
  });
  return variants[nearestLevel(heightPx, variants)]?.url ?? null;
}
