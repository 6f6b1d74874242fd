import { createRequire } from 'node:module';
import type { Place } from '@antu/domain';

type Search = (address: string) => { country: string; province: string; city: string } | null;
let search: Search | undefined;

/**
 * Where an IP address lies, from the data inside the package `ip2region` (MIT): nothing is asked over the network.
 *
 * Null for private, reserved and unknown addresses and for those abroad: what is not known raises no suspicion. Mobile networks
 * often route through the province of the card: a place is a hint for a person, never a proof.
 */
export function placeOfAddress(address: string): Place | null {
  search ??= loadSearch();
  const found = search(address);
  if (found?.country !== '中国' || found.province === '') return null;
  return { province: found.province, city: found.city === '' ? null : found.city };
}

/** Loaded when it is needed: eleven megabytes that only the worker ever asks for. */
function loadSearch(): Search {
  // Required and not imported: as a CommonJS module it looks different to every tool that imports it.
  const { default: Database } = createRequire(import.meta.url)('ip2region') as typeof import('ip2region');
  const database = new Database();
  return (address) => database.search(address);
}
