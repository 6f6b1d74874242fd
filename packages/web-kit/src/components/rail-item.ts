import type { IconName } from './icons.ts';

/** One entry of a console's rail. */
export interface RailItem {
  /** Path inside the app, such as `/people`. */
  to: string;
  label: string;
  icon: IconName;
  /** Things that wait there; 0 shows nothing. */
  count?: number;
  /** Stands below the line: settings, logs, exports. */
  apart?: boolean;
}
