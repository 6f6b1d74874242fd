import type { BoardRow } from '@antu/contract';

/**
 * What kind of device a browser says it runs on; finer prints of a device are nobody's business. iPads call themselves Macs and
 * are taken for computers.
 */
export function deviceKindOf(userAgent: string): BoardRow['device'] {
  if (userAgent === '') return null;
  const isTablet = /iPad|Tablet/.test(userAgent) || (/Android|HarmonyOS/.test(userAgent) && !/Mobile/.test(userAgent));
  if (isTablet) return 'tablet';
  return /Mobile|iPhone/.test(userAgent) ? 'phone' : 'computer';
}
