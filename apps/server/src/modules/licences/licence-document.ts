import {
  addDays,
  bucketOf,
  type DocumentStatus,
  getLicenceCategory,
  issueReasons,
  type LicenceAction,
} from '@antu/domain';
import type { Tx } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import { type Print } from '../../platform/print/open-print.ts';
import { writeFacts } from '../../platform/print/write-facts.ts';
import {
  changeDocument,
  type DocumentContext,
  issueDocument,
  type LoadedDocument,
  type PrintedField,
  registerDocumentKind,
} from '../documents/index.ts';
import { findPersonName } from '../people/index.ts';
import type { DecidedAction } from './apply-action.ts';
import type { LicenceRow } from './licence-rows.ts';

/** 证照类型 of JT/T 415-2006: 410 从业人员资格证; the letter keeps the series apart from others of an authority. */
const SERIES = 'CY410';
export const LICENCE_DOCUMENT = 'licences.qualification';
const NAME_WIDTH = 110;

registerDocumentKind({
  kind: LICENCE_DOCUMENT,
  titleZh: '道路运输从业人员从业资格证',
  titleEn: 'Road transport qualification licence',
  render: drawLicence,
});

/** A China day's first instant. */
const startOf = (day: string): Date => new Date(`${day}T00:00:00+08:00`);

const statusOf: { readonly [Action in LicenceAction]?: DocumentStatus } = {
  suspend: 'suspended',
  restore: 'restored',
  cancel: 'cancelled',
  withdraw: 'withdrawn',
  revoke: 'revoked',
};

export interface WrittenDocument {
  readonly id: string;
  readonly code: string;
}

/** Issues the electronic licence as it stands now, in the place of the one before. */
export async function issueLicenceDocument(
  tx: Tx,
  ctx: DocumentContext,
  licence: LicenceRow,
  { action, reason, requestId }: DecidedAction,
): Promise<WrittenDocument> {
  const bucket = bucketOf(licence.id);
  const { id, code } = await issueDocument(tx, ctx, {
    kind: LICENCE_DOCUMENT,
    personId: licence.person_id,
    issuerId: licence.authority_id,
    series: { code: SERIES },
    fields: await fieldsOf(tx, ctx, licence, reason),
    basis: { licenceId: licence.id, requestId, action, reason },
    ruleSetId: licence.rule_set_id,
    issuedAt: ctx.now(),
    validFrom: startOf(licence.valid_from),
    validUntil: startOf(addDays(licence.valid_until, 1)),
    ...(licence.document_id === null
      ? {}
      : { replaces: { bucket, id: licence.document_id, reason: reason === null ? '换发' : issueReasons[reason].zh } }),
  });
  return { id, code };
}

/** Says of the issued document what was decided about the licence; a carried-over card has none. */
export async function markLicenceDocument(
  tx: Tx,
  ctx: DocumentContext,
  licence: LicenceRow,
  { action, note }: DecidedAction,
): Promise<void> {
  const status = statusOf[action];
  if (licence.document_id === null || status === undefined) return;
  const ref = { bucket: bucketOf(licence.id), id: licence.document_id };
  await changeDocument(tx, ctx, { ...ref, status, reason: note, at: ctx.now() });
}

async function fieldsOf(
  tx: Tx,
  ctx: DocumentContext,
  licence: LicenceRow,
  reason: DecidedAction['reason'],
): Promise<PrintedField[]> {
  const person = await findPersonName(tx, ctx.platform.keys, licence.person_id);
  if (!person) throw new AppError('people.not_found');
  const category = getLicenceCategory(licence.category);
  const open = (key: string, label: string, value: string): PrintedField => ({ key, label, value, show: 'public' });
  return [
    { key: 'name', label: '姓名', value: person.name, show: 'masked', maskedValue: person.nameMasked },
    { key: 'sex', label: '性别', value: person.sex === 'male' ? '男' : '女', show: 'holder' },
    { key: 'birthDate', label: '出生日期', value: person.birthDate, show: 'holder' },
    { key: 'idNumber', label: '证号', value: person.idNumber, show: 'masked', maskedValue: person.idNumberMasked },
    open('category', '从业资格类别', category.nameZh),
    open('categoryCode', '类别代码', category.code),
    open('firstIssuedOn', '初次领证日期', licence.first_issued_on),
    open('validFrom', '有效期起', licence.valid_from),
    open('validUntil', '有效期止', licence.valid_until),
    ...(reason === null ? [] : [open('reason', '发证原因', issueReasons[reason].zh)]),
    open('authority', '发证机关', licence.authority_name),
  ];
}

/** The paper: title, number and the fields in their order. */
function drawLicence(print: Print, { number, fields }: LoadedDocument): void {
  const { doc, left, width } = print;
  doc
    .font('bold')
    .fontSize(22)
    .text('道路运输从业人员从业资格证', left, doc.y + 24, { width, align: 'center' });
  doc
    .font('regular')
    .fontSize(10)
    .fillColor('#555')
    .text(`编号 ${number}`, left, doc.y + 6, { width, align: 'center' });
  doc.y += 28;
  doc.fontSize(12);
  writeFacts(
    print,
    fields.map(({ label, value }) => [label, value] as const),
    { width, nameWidth: NAME_WIDTH },
  );
}
