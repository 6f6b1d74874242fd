/** Where and when something of an archive happened. */
export interface ArchivePlace {
  /** China day. */
  readonly day: string;
  /** Training body or issuer; null: nobody's. */
  readonly bodyId: string | null;
}

/** A stretch of employment, China days, both included; without `to` it goes on. */
export interface Employment {
  readonly organisationId: string;
  readonly from: string;
  readonly to: string | null;
}

/**
 * Who looks. `whole`: the person, or an authority that reaches the person. The others reach by organisation: an employer
 * sees its own time of employment, a body what happened there.
 */
export type ArchiveViewer =
  | { readonly whole: true }
  | { readonly whole: false; readonly employerIds: readonly string[]; readonly bodyIds: readonly string[] };

/** Whether a viewer who reaches the person may see the entry. */
export function maySeeInArchive(
  viewer: ArchiveViewer,
  entry: ArchivePlace,
  employments: readonly Employment[],
): boolean {
  if (viewer.whole) return true;
  if (entry.bodyId !== null && viewer.bodyIds.includes(entry.bodyId)) return true;
  return employments.some(
    ({ organisationId, from, to }) =>
      viewer.employerIds.includes(organisationId) && from <= entry.day && (to === null || entry.day <= to),
  );
}
