/** A small picture that wants to stand under its moment. */
export interface Thumb<Key> {
  readonly key: Key;
  /** Where its moment is, in percent of the plot. */
  readonly leftPercent: number;
  /** Must be seen: keeps its words and its place when there is little room. */
  readonly weighty: boolean;
}

export interface PlacedThumb<Key> {
  readonly key: Key;
  /** Left edge of the picture, px from the left of the plot. */
  readonly leftPx: number;
  readonly worded: boolean;
}

export interface ThumbSizes {
  readonly plotPx: number;
  readonly thumbPx: number;
  /** Room that the words beside a picture take; 0: pictures never have words. */
  readonly wordsPx: number;
}

const AIR_PX = 4;

/**
 * Places small pictures under their moments in the order of time, none over another, all inside the plot. Where room is
 * short first the words of ordinary ones go, then all words, then ordinary pictures themselves: what is left out stands in
 * the table and appears when the time line is zoomed.
 */
export function placeThumbs<Key>(thumbs: readonly Thumb<Key>[], sizes: ThumbSizes): PlacedThumb<Key>[] {
  const { plotPx, thumbPx, wordsPx } = sizes;
  const inOrder = thumbs.toSorted((a, b) => a.leftPercent - b.leftPercent);
  const tries: ((one: Thumb<Key>) => boolean)[] =
    wordsPx > 0 ? [() => true, (one) => one.weighty, () => false] : [() => false];
  for (const hasWords of tries) {
    const boxes = inOrder.map((one) => ({
      ...one,
      worded: hasWords(one),
      widthPx: thumbPx + (hasWords(one) ? wordsPx : 0),
    }));
    const needPx = boxes.reduce((sum, one) => sum + one.widthPx + AIR_PX, -AIR_PX);
    if (needPx <= plotPx) return sweep(boxes, sizes);
  }
  const room = Math.max(0, Math.floor((plotPx + AIR_PX) / (thumbPx + AIR_PX)));
  const kept = new Set(inOrder.toSorted((a, b) => Number(b.weighty) - Number(a.weighty)).slice(0, room));
  return sweep(
    inOrder.filter((one) => kept.has(one)).map((one) => ({ ...one, worded: false, widthPx: thumbPx })),
    sizes,
  );
}

/** Pushes boxes to the right until none overlaps, then back to the left as far as the end of the plot asks. */
function sweep<Key>(
  boxes: readonly (Thumb<Key> & { worded: boolean; widthPx: number })[],
  { plotPx, thumbPx }: ThumbSizes,
): PlacedThumb<Key>[] {
  let free = 0;
  const placed = boxes.map((box) => {
    const leftPx = Math.max(free, (box.leftPercent * plotPx) / 100 - thumbPx / 2);
    free = leftPx + box.widthPx + AIR_PX;
    return { key: box.key, worded: box.worded, widthPx: box.widthPx, leftPx };
  });
  let end = plotPx;
  for (const box of placed.toReversed()) {
    box.leftPx = Math.min(box.leftPx, end - box.widthPx);
    end = box.leftPx - AIR_PX;
  }
  return placed.map(({ key, worded, leftPx }) => ({ key, worded, leftPx }));
}
