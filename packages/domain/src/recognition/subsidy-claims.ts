/** A subsidy was claimed for these entries of the ledger. */
export interface SubsidyClaim {
  readonly id: string;
  readonly entryIds: readonly string[];
}

/**
 * Claims that hold an entry already: hours are paid for once, whatever the purpose (platform data against subsidy fraud,
 * Guangdong three-year plan 2020–22). Empty: the claim may be made.
 */
export function conflictingClaims<Claim extends SubsidyClaim>(
  claims: readonly Claim[],
  entryIds: readonly string[],
): Claim[] {
  const wanted = new Set(entryIds);
  return claims.filter((claim) => claim.entryIds.some((id) => wanted.has(id)));
}
