/** Moves of a finger; nothing happens for a direction without one. */
export interface Swipes {
  left?: () => void;
  right?: () => void;
  up?: () => void;
  down?: () => void;
}

/** A finger must go this far, and this much further along than across, or it was scrolling. */
const LEAST_PX = 64;
const STRAIGHT = 2;
/** Where a finger moves something of its own. */
const OWN_MOVES = 'input[type="text"], textarea, video, dialog .zoom, .case__words';

/** Listeners for an element that can be swiped; one finger, mouse and pen leave it alone. */
export function useSwipe(swipes: Swipes): {
  touchstart: (event: TouchEvent) => void;
  touchend: (event: TouchEvent) => void;
} {
  let start: { x: number; y: number } | null = null;
  return {
    touchstart(event) {
      const [touch] = event.touches;
      const own = event.target instanceof Element && event.target.closest(OWN_MOVES) !== null;
      start = touch && event.touches.length === 1 && !own ? { x: touch.clientX, y: touch.clientY } : null;
    },
    touchend(event) {
      const [touch] = event.changedTouches;
      if (!start || !touch) return;
      const x = touch.clientX - start.x;
      const y = touch.clientY - start.y;
      start = null;
      if (Math.abs(x) >= LEAST_PX && Math.abs(x) > STRAIGHT * Math.abs(y)) (x < 0 ? swipes.left : swipes.right)?.();
      else if (Math.abs(y) >= LEAST_PX && Math.abs(y) > STRAIGHT * Math.abs(x)) (y < 0 ? swipes.up : swipes.down)?.();
    },
  };
}
