import { randomUUID } from 'node:crypto';
import { transaction } from '../../platform/database/pool.ts';
import type { AccessPlace, AccessSample, AccessWorld } from '../../platform/testing/access-sample.ts';
import { systemAuditContext } from '../audit/index.ts';
import { issueDocument, registerDocumentKind } from '../documents/index.ts';

const KIND = 'walk.credential';

/** A document in force of the place's learner. */
async function documentOf({ platform }: AccessWorld, { personId, bodyId }: AccessPlace) {
  registerDocumentKind({ kind: KIND, titleZh: '培训证明', titleEn: 'Certificate', render: () => undefined });
  const now = platform.clock.now();
  const context = { ...systemAuditContext(() => now, randomUUID()), platform };
  const { code } = await transaction(platform.pool, (tx) =>
    issueDocument(tx, context, {
      kind: KIND,
      personId,
      issuerId: bodyId,
      series: { code: 'WALK' },
      fields: [{ key: 'course', label: '培训课程', value: '安全', show: 'public' }],
      basis: {},
      ruleSetId: 'walk',
      issuedAt: now,
      validFrom: now,
      validUntil: null,
    }),
  );
  return { params: { code } };
}

/** How the access walk asks the routes of credentials. */
export const accessSamples: readonly AccessSample[] = [
  { route: 'GET /api/documents/own/:code/credential', build: documentOf },
];
