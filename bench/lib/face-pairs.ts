import { faceDistance } from '../../packages/domain/src/index.ts';
import type { FacePicture } from './face-pictures.ts';

export type DescribedPicture = FacePicture & { descriptor: readonly number[] };
export type PairCounts = {
  same: number;
  different: number;
  /** Smallest and largest distance of either kind; null if there is none. */
  sameMost: number | null;
  differentLeast: number | null;
  falseRejects: number;
  falseAccepts: number;
};

/**
 * `natural`: two files as they are. `copies`: a file as it is and a changed copy of itself. `changed`: a file as it is and a changed
 * copy of another file: a good enrolment and a poor check, in other clothes, light and years.
 */
export type PairKind = 'natural' | 'copies' | 'changed';

export function comparePairs(pictures: readonly DescribedPicture[], kind: PairKind, mostDistance: number): PairCounts {
  const same: number[] = [];
  const different: number[] = [];
  for (const [later, one] of pictures.entries())
    for (const other of pictures.slice(0, later)) {
      if (kindOf(one, other) !== kind) continue;
      (one.person === other.person ? same : different).push(faceDistance(one.descriptor, other.descriptor));
    }
  return {
    same: same.length,
    different: different.length,
    sameMost: same.length === 0 ? null : Math.max(...same),
    differentLeast: different.length === 0 ? null : Math.min(...different),
    falseRejects: same.filter((distance) => distance > mostDistance).length,
    falseAccepts: different.filter((distance) => distance <= mostDistance).length,
  };
}

function kindOf(one: FacePicture, other: FacePicture): PairKind | null {
  const untouched = [one, other].filter(({ change }) => change === 'as it is').length;
  if (untouched === 2) return 'natural';
  if (untouched === 0) return null;
  return one.source === other.source ? 'copies' : 'changed';
}
