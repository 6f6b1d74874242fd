import { randomUUID } from 'node:crypto';
import { checkIdNumber } from '@antu/domain';
import type { KeyRing } from '../../../platform/crypto/key-ring.ts';
import { type Pool, transaction } from '../../../platform/database/pool.ts';
import { writeFacts } from '../../../platform/print/write-facts.ts';
import { insertPerson } from '../../people/index.ts';
import { registerDocumentKind } from '../document-kinds.ts';
import type { DocumentToIssue } from '../issue-document.ts';

export interface DocumentWorld {
  readonly personId: string;
  readonly issuerId: string;
}

const REGION = '440104';

/** A training body and a learner. */
export async function makeDocumentWorld(owner: Pool, keys: KeyRing): Promise<DocumentWorld> {
  const issuerId = randomUUID();
  await owner.query(
    `insert into region (code, name, level, parent_code, path, data_date) values
       ('440000', '广东省', 'province', null, '/440000/', '2026-01-01'),
       ('440100', '广州市', 'city', '440000', '/440000/440100/', '2026-01-01'),
       ('440104', '越秀区', 'county', '440100', '/440000/440100/440104/', '2026-01-01') on conflict do nothing`,
  );
  await owner.query(
    `insert into organisation (id, name, type, uscc, region_code, created_at)
     values ($1, '安途培训中心', 'training-body', '91440101MA5ANTU115', $2, now())`,
    [issuerId, REGION],
  );
  const idNumber = checkIdNumber('440106199001010013');
  if (!idNumber.valid) throw new Error('no ID number');
  const { id } = await transaction(owner, (tx) =>
    insertPerson(tx, keys, { name: '王建国', idNumber, regionCode: REGION, now: new Date() }),
  );
  return { personId: id, issuerId };
}

/** A training certificate with every way of showing a value. */
export const documentToIssue = ({ personId, issuerId }: DocumentWorld): DocumentToIssue => ({
  kind: 'test.certificate',
  personId,
  issuerId,
  series: { code: 'PX' },
  fields: [
    { key: 'name', label: '姓名', value: '王建国', show: 'masked', maskedValue: '王*国' },
    { key: 'idNumber', label: '身份证号', value: '440106199001010013', show: 'holder' },
    { key: 'course', label: '培训课程', value: '道路旅客运输安全', show: 'public' },
  ],
  basis: { hours: 24, ledgerEntries: ['0198f0aa-0000-7000-8000-000000000001'] },
  ruleSetId: 'test-2026',
  issuedAt: new Date('2026-11-26T02:00:00Z'),
  validFrom: new Date('2026-11-25T16:00:00Z'),
  validUntil: new Date('2029-11-25T16:00:00Z'),
});

/** A plain paper for the kind of `documentToIssue`. */
export const registerTestKind = (): void =>
  registerDocumentKind({
    kind: 'test.certificate',
    titleZh: '培训合格证明',
    titleEn: 'Certificate of training',
    render(print, { number, fields }) {
      const { doc, left, width } = print;
      doc
        .font('bold')
        .fontSize(24)
        .text('培训合格证明', left, doc.y + 40, { width, align: 'center' });
      doc.y += 36;
      doc.fontSize(13);
      const facts = fields.map(({ label, value }) => [label, value] as const);
      writeFacts(print, [['编号', number], ...facts], { width, nameWidth: 96 });
    },
  });
