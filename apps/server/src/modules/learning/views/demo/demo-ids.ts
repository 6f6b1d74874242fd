import { createHash } from 'node:crypto';

/** A UUID of version 7 that is always the same for a moment and a name. */
export function uuidOf(ms: number, name: string): string {
  const time = ms.toString(16).padStart(12, '0');
  const rest = createHash('sha256').update(`antu-demo/${name}`).digest('hex');
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${rest.slice(0, 3)}-a${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
}
