import { uuidv7 } from '../../../platform/ids.ts';

/** The least UUID version 7 of an instant. */
export function leastIdAt(ms: number): string {
  return `${uuidv7(ms).slice(0, 13)}-0000-0000-000000000000`;
}
