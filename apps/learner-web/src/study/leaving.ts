const WAIT_MS = 1_500;

let leaving: Promise<void> = Promise.resolve();

/** Notes that a lesson is being left: what it credited is on its way. */
export function noteLeaving(left: Promise<void>): void {
  leaving = left;
}

/** Waits for the lesson just left, so that the next page shows what it credited; not long, for networks are poor. */
export async function whenLeft(): Promise<void> {
  await Promise.race([leaving, new Promise<void>((resolve) => setTimeout(resolve, WAIT_MS))]);
}
