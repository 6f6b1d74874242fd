import { beat, type Student } from './study-bench.ts';

/** A way to get unearned seconds. */
export type Attack = {
  name: string;
  /** Most seconds that this play can have earned by the rules, worked out by hand from the server's clock. */
  most: number;
  /** One of these must be left in the evidence or in the audit log. */
  marks: readonly string[];
  run(student: Student): Promise<void>;
};

/** Players report every 15 s of server time. */
const BETWEEN_SECONDS = 15;

/** Opens the long lesson, or the one asked for, reports its beginning and lets the time to the next report go by. */
export async function begin(one: Student, lesson = 1): Promise<void> {
  await one.open(lesson);
  await one.send([beat(1, 0)]);
  one.wait(BETWEEN_SECONDS);
}

/** Opens the long lesson and watches its first 15 s honestly. @returns the number of the next report */
export async function watchABit(one: Student): Promise<number> {
  await one.open(1);
  return one.watch(1, 0, BETWEEN_SECONDS);
}

/** Sends a report for each number from `first` to `last`, and lets 15 s go by after each. */
export async function reportOn(
  one: Student,
  [first, last]: readonly [first: number, last: number],
  report: (index: number) => unknown,
): Promise<void> {
  for (let index = first; index <= last; index += 1) {
    await one.send([report(index)]);
    one.wait(BETWEEN_SECONDS);
  }
}
