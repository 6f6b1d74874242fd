/** What a learner may be asked to do in front of the camera. Order is part of stored challenges: append only. */
export const livenessPrompts = ['turn-left', 'turn-right', 'come-closer', 'open-mouth'] as const;
export type LivenessPrompt = (typeof livenessPrompts)[number];

/** Prompts that a flat picture cannot follow: every challenge has one of them, because a photo can be brought closer. */
const turns: readonly LivenessPrompt[] = ['turn-left', 'turn-right'];

/**
 * Prompts of a challenge in random order, none twice, at least one turn of the head.
 * @param count how many, 1 to 4
 * @param random uniform numbers of at least 0 and below 1; asked up to `count + 2` times
 */
export function drawPrompts(count: number, random: () => number): LivenessPrompt[] {
  const pick = <Item>(list: readonly Item[]): Item => {
    const found = list[Math.min(list.length - 1, Math.floor(random() * list.length))];
    if (found === undefined) throw new RangeError('challenge: nothing left to draw from');
    return found;
  };
  const drawn: LivenessPrompt[] = [pick(turns)];
  while (drawn.length < count) drawn.push(pick(livenessPrompts.filter((one) => !drawn.includes(one))));
  const first = Math.floor(random() * drawn.length);
  return [...drawn.slice(first), ...drawn.slice(0, first)];
}
