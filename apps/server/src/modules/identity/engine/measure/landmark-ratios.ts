import type { Point } from './face-models.ts';

export type LandmarkRatios = { readonly yaw: number; readonly pitch: number; readonly mouthOpen: number };

/**
 * Turn, tilt and mouth out of the 68 landmarks. All are ratios along the face's own axes, so that neither the distance to the
 * camera nor turning the picture in its plane changes them, and a flat picture that is turned hardly does.
 */
export function landmarkRatios(landmarks: readonly Point[]): LandmarkRatios {
  const at = (index: number): Point => {
    const point = landmarks[index];
    if (!point) throw new RangeError(`landmarks: no point ${index}`);
    return point;
  };
  const middleOf = (from: number, to: number): Point => {
    const points = landmarks.slice(from, to + 1);
    return {
      x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
      y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
    };
  };
  const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);
  const gap = (distance(at(61), at(67)) + distance(at(62), at(66)) + distance(at(63), at(65))) / 3;
  // Lips that overlap have the lower one's edge above the upper one's: closed, not open.
  const isOpen = along(at(27), at(8), at(66)) > along(at(27), at(8), at(62));
  return {
    yaw: along(at(0), at(16), at(30)),
    pitch: along(middleOf(17, 26), at(8), at(30)),
    mouthOpen: isOpen ? gap / Math.max(1, distance(at(48), at(54))) : 0,
  };
}

/** Where the foot of the perpendicular from `point` lies on the way from `from` (0) to `to` (1). */
function along(from: Point, to: Point, point: Point): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const square = dx * dx + dy * dy;
  return square === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / square;
}
