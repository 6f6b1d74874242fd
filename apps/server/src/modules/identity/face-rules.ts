import { chinaDateOf, faceLimitsOf, type FaceLimits, findFaceRules, type SchemeCode } from '@antu/domain';

/** The face rules in force, with the name by which stored decisions refer to them. */
export type FaceRulesInForce = FaceLimits & { id: string };

/** What the face rules of a scheme and region say at an instant: who decides, how alike, how long pictures are kept. */
export function faceRulesAt(scheme: SchemeCode, regionCode: string, atMs: number): FaceRulesInForce {
  const rules = findFaceRules(scheme, regionCode, chinaDateOf(atMs));
  return { ...faceLimitsOf(rules), id: rules.id };
}
