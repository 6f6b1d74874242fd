import { canonicalJson, mayFollow } from '@antu/domain';
import { judgeSignature, type PublicKeyEntry } from '@antu/proof';
import { z } from 'zod';
import type { Command, Platform } from '../../platform/module.ts';
import {
  type DocumentRow,
  documentText,
  type EventRow,
  eventText,
  findEventRows,
  parseSignatures,
} from './document-rows.ts';
import { photoKeyOf, readPhoto } from './photo-files.ts';
import { openBasis, openFields, sha256 } from './sealed-parts.ts';

type Report = (what: { readonly table: string; readonly id: string; readonly what: string }) => void;

const BATCH = 500;
const holder = z.object({ personId: z.string() });

export interface DocumentVerdict {
  documents: number;
  events: number;
  differences: number;
}

/** Recomputes hash, signatures and order of decisions of every document from what is stored. Numbers of a series must have no gaps. */
export async function verifyDocuments(platform: Platform, report: Report): Promise<DocumentVerdict> {
  const verdict: DocumentVerdict = { documents: 0, events: 0, differences: 0 };
  const count: Report = (difference) => {
    verdict.differences += 1;
    report(difference);
  };
  let after: readonly [number, string] = [-1, '00000000-0000-0000-0000-000000000000'];
  for (;;) {
    const { rows } = await platform.pool.query<DocumentRow>(
      `select * from issued_document where (bucket, id) > ($1, $2) order by bucket, id limit ${BATCH}`,
      [...after],
    );
    for (const row of rows) {
      verdict.documents += 1;
      for (const what of await problemsOfDocument(platform, row)) count({ table: 'issued_document', id: row.id, what });
      const events = await findEventRows(platform.pool, row);
      verdict.events += events.length;
      for (const { id, what } of await problemsOfEvents(platform, row, events))
        count({ table: 'document_event', id, what });
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) break;
    after = [last.bucket, last.id];
  }
  for (const { id, what } of await problemsOfSeries(platform)) count({ table: 'document_series', id, what });
  return verdict;
}

async function problemsOfDocument(platform: Platform, row: DocumentRow): Promise<string[]> {
  const { keys, signing } = platform;
  const problems: string[] = [];
  try {
    const basis = openBasis(keys, row.basis_sealed, row.id);
    const text = documentText(row, openFields(keys, row.fields_sealed, row.id), basis);
    if (!sha256(text).equals(row.hash)) problems.push('content does not fit its hash');
    if (holder.parse(JSON.parse(basis)).personId !== row.person_id) problems.push('belongs to somebody else');
    problems.push(...(await problemsOfSignatures(signing.published(), text, row.signatures)));
    if (row.photo_key !== null) {
      if (row.photo_key !== photoKeyOf(row.person_id, row.id)) problems.push('names the photo of another document');
      const photo = await readPhoto(platform, row.photo_key);
      if (photo && row.photo_hash && !sha256(photo).equals(row.photo_hash))
        problems.push('photo does not fit its hash');
    }
  } catch {
    problems.push('cannot be opened');
  }
  return problems;
}

async function problemsOfEvents(
  { keys, signing }: Platform,
  document: DocumentRow,
  events: readonly EventRow[],
): Promise<{ id: string; what: string }[]> {
  const problems: { id: string; what: string }[] = [];
  let previous: EventRow | undefined;
  for (const event of events) {
    const add = (what: string): unknown => problems.push({ id: event.id, what });
    if (event.seq !== (previous?.seq ?? 0) + 1) add('a decision before it is missing');
    if (!mayFollow(previous?.status ?? null, event.status)) add('may not follow the decision before it');
    try {
      const basis = openBasis(keys, event.basis_sealed, event.id);
      const text = eventText(event, document.code, basis, previous?.hash ?? document.hash);
      if (!sha256(text).equals(event.hash)) add('content does not fit its hash');
      for (const what of await problemsOfSignatures(signing.published(), text, event.signatures)) add(what);
    } catch {
      add('cannot be opened');
    }
    previous = event;
  }
  return problems;
}

async function problemsOfSignatures(keys: readonly PublicKeyEntry[], text: string, stored: string): Promise<string[]> {
  const signatures = parseSignatures(stored);
  const problems: string[] = [];
  if (canonicalJson(signatures.map(({ algorithm }) => algorithm)) !== '["Ed25519","SM2"]')
    problems.push('does not carry both signatures');
  for (const signature of signatures) {
    const verdict = await judgeSignature(keys, 'document', Buffer.from(text), signature);
    if (verdict !== 'valid') problems.push(`signature ${signature.algorithm}: ${verdict}`);
  }
  return problems;
}

async function problemsOfSeries({ pool }: Platform): Promise<{ id: string; what: string }[]> {
  const { rows } = await pool.query<{ id: string }>(
    `select s.issuer_id || ' ' || s.code || ' ' || s.year as id
     from document_series s left join issued_document d
       on d.issuer_id = s.issuer_id and d.series_code = s.code and d.series_year = s.year
     group by s.issuer_id, s.code, s.year, s.last_number
     having count(distinct d.series_number) <> s.last_number or count(d.series_number) <> s.last_number
       or max(d.series_number) <> s.last_number`,
  );
  return rows.map(({ id }) => ({ id, what: 'numbers are missing or twice there' }));
}

export const verifyDocumentsCommand: Command = {
  name: 'verify-documents',
  summary: 'recompute hashes, signatures and states of every issued document',
  async run(platform) {
    const verdict = await verifyDocuments(platform, ({ table, id, what }) =>
      process.stdout.write(`${table} (${id}) ${what}\n`),
    );
    const { documents, events, differences } = verdict;
    process.stdout.write(`${documents} documents, ${events} decisions: ${differences} differences\n`);
    return differences === 0 ? 0 : 1;
  },
};
