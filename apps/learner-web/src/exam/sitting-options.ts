import type { PictureTakerOptions } from './picture-taker.ts';
import type { Keeper } from './sitting-record.ts';
import type { SittingTransport } from './sitting-transport.ts';

export interface SittingClientOptions {
  sittingId: string;
  /** Account that is signed in; null where that could not be asked. */
  owner: string | null;
  transport: SittingTransport;
  keeper: Keeper;
  /** Takes a picture in passing. */
  takePicture: PictureTakerOptions['take'];
  /** Grows evenly, ms. */
  stopwatchMs?: () => number;
  /** The device's clock: only for what outlives the page. */
  deviceMs?: () => number;
  /** 0 to 1. */
  random?: () => number;
}
