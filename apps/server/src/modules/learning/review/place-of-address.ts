import type { Place } from '@antu/domain';

type Search = (address: string) => { country: string; province: string; city: string } | null;
let search: Search | undefined;

/**
 * Where an IP address lies, from the data inside the package `ip2region` (MIT): nothing is asked over the network.
 *
 * Null for private, reserved and unknown addresses and for those abroad: what is not known raises no suspicion. Mobile networks
 * often route through the province of the card: a place is a hint for a person, never a proof.
 */
export async function placeOfAddress(address: string): Promise<Place | null> {
  search ??= await loadSearch();
  const found = search(address);
  if (found?.country !== '中国' || found.province === '') return null;
  return { province: found.province, city: found.city === '' ? null : found.city };
}

/** Loaded when it is needed: eleven megabytes that only the worker ever asks for. */
async function loadSearch(): Promise<Search> {
  const { default: ip2region } = await import('ip2region');
  const database = new ip2region.default();
  return (address) => database.search(address);
}
