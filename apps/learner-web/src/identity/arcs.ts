const CENTRE = { x: 132, y: 168 } as const;
const RADIUS = { x: 124, y: 160 } as const;
/** Between two arcs, degrees. */
const GAP = 12;

/** Arcs around the oval, one a step, clockwise from the top, as paths in a box of 264 by 336. */
export function arcsOf(count: number): string[] {
  const whole = 360 / Math.max(1, count);
  return Array.from({ length: count }, (_, at) => {
    const [x1, y1] = pointAt(at * whole + GAP / 2);
    const [x2, y2] = pointAt((at + 1) * whole - GAP / 2);
    const large = whole - GAP > 180 ? 1 : 0;
    return `M${x1} ${y1}A${RADIUS.x} ${RADIUS.y} 0 ${large} 1 ${x2} ${y2}`;
  });
}

/** @param degrees clockwise from the top */
function pointAt(degrees: number): [number, number] {
  const angle = ((degrees - 90) * Math.PI) / 180;
  const round = (value: number) => Math.round(value * 10) / 10;
  return [round(CENTRE.x + RADIUS.x * Math.cos(angle)), round(CENTRE.y + RADIUS.y * Math.sin(angle))];
}
