import { createHash } from 'node:crypto';
import {
  bucketOf,
  chinaDateOf,
  type Draw,
  findCheckRules,
  type IdentityOpening,
  placeInBucket,
  type SchemeCode,
} from '@antu/domain';
import type { CheckDetail, NewCheck } from '../../../identity/index.ts';
import { hashOfCheck } from '../../../identity/index.ts';
import { drawOf, seedHashOf } from '../../check-draw.ts';
import { uuidOf } from './demo-ids.ts';
import type { DemoIdentity } from './play-lesson.ts';

export interface DemoVerdict {
  readonly fact: NewCheck;
  readonly detail: CheckDetail;
}

/**
 * Checks of a session of the demo. Its people are invented and have no faces: somebody on site confirmed each of them with a
 * code, which is a way the law asks for anyway.
 */
export class DemoChecks implements DemoIdentity {
  readonly verdicts: DemoVerdict[] = [];
  readonly draw: Draw;
  /** Base64. */
  readonly seed: string;
  readonly #seedHex: string;
  readonly #of: { personId: string; sessionId: string; scheme: SchemeCode; address: string; name: string };

  constructor(of: { personId: string; sessionId: string; scheme: SchemeCode; address: string; name: string }) {
    this.#of = of;
    const bytes = createHash('sha256').update(`antu-demo/seed/${of.name}`).digest().subarray(0, 16);
    this.#seedHex = bytes.toString('hex');
    this.seed = bytes.toString('base64');
    this.draw = drawOf(this.#seedHex);
  }

  opening(lessonChecked: boolean): IdentityOpening {
    return { start: 'needed', lessonChecked, seedHash: seedHashOf(this.#seedHex) };
  }

  pass(askedAtMs: number, decidedAtMs: number): { checkId: string; digest: string } {
    const { personId, sessionId, scheme, address, name } = this.#of;
    const { id: checkRuleSetId } = findCheckRules(chinaDateOf(askedAtMs));
    const fact: NewCheck = {
      id: placeInBucket(uuidOf(askedAtMs, `check/${name}/${askedAtMs}`), bucketOf(personId)),
      personId,
      purpose: 'study',
      sessionId,
      checkId: uuidOf(askedAtMs, `asked/${name}/${askedAtMs}`),
      loginSessionId: null,
      scheme,
      ruleSetId: checkRuleSetId,
      method: 'on-site',
      provider: null,
      outcome: 'passed',
      supervisorAccountId: null,
      address,
      askedAtMs,
      decidedAtMs,
    };
    const detail: CheckDetail = { checkRuleSetId, problems: [], signs: [] };
    this.verdicts.push({ fact, detail });
    return { checkId: fact.id, digest: hashOfCheck(fact, detail).slice(0, 32) };
  }
}
