import { optionKeys } from '@antu/domain';
import { openPrint, type Print } from '../../../../platform/print/open-print.ts';
import { type AnswerPlace, answerPlacesOf, type PrintedPaper, sectionsOf } from './sections.ts';

const LABEL_WIDTH = 34;
const BUBBLE = { width: 17, height: 11, gap: 4 };
const ROW_HEIGHT = 20;
const TICKET_DIGITS = 12;

/** What a candidate fills in: a row of fields to blacken for each choice, lines for each blank. */
export async function writeSheet(paper: PrintedPaper): Promise<Buffer> {
  const print = await openPrint(`${paper.titleZh} 答题卡`, `${paper.titleZh}　答题卡　试卷编号 ${paper.code}`);
  writeHead(print, paper);
  for (const { heading, items } of sectionsOf(paper.items)) {
    const places = items.flatMap(answerPlacesOf);
    print.keep(60);
    const { doc, left, width } = print;
    const [title = ''] = heading.split('（');
    doc.moveDown(0.6).font('bold').fontSize(11).fillColor('#000').text(title, left, doc.y, { width });
    doc.font('regular').fontSize(9).moveDown(0.3);
    writePlaces(print, places);
  }
  return print.finish();
}

function writeHead({ doc, left, width }: Print, paper: PrintedPaper): void {
  doc.font('bold').fontSize(18).text('答　题　卡', left, doc.y, { width, align: 'center' });
  doc.font('regular').fontSize(10.5).moveDown(0.2);
  doc.text(`${paper.titleZh}　试卷编号 ${paper.code}`, { width, align: 'center' });
  const top = doc.y + 10;
  for (const [at, name] of ['姓名', '工作单位', '座位号'].entries()) {
    const y = top + at * 24;
    doc.text(name, left, y, { lineBreak: false });
    doc
      .moveTo(left + 54, y + 15)
      .lineTo(left + 210, y + 15)
      .lineWidth(0.6)
      .stroke('#444');
  }
  const ticketLeft = left + width - TICKET_DIGITS * 20;
  doc.fillColor('#000').text('准考证号', ticketLeft, top, { lineBreak: false });
  for (let digit = 0; digit < TICKET_DIGITS; digit += 1)
    doc
      .rect(ticketLeft + digit * 20, top + 18, 18, 20)
      .lineWidth(0.7)
      .stroke('#222');
  doc.rect(ticketLeft, top + 50, 11, 11).stroke('#222');
  doc
    .fillColor('#000')
    .fontSize(9)
    .text('缺考（监考人填涂）', ticketLeft + 16, top + 49, { lineBreak: false });
  doc.text(
    '用 2B 铅笔把所选方格涂满涂黑，改动时擦净；填空写在横线上。不要折叠，不要在其他地方做记号。',
    left,
    top + 76,
    {
      width,
    },
  );
}

function writePlaces(print: Print, places: readonly AnswerPlace[]): void {
  const { doc } = print;
  let row: AnswerPlace[] = [];
  const flush = (): void => {
    if (row.length > 0) writeRow(print, row);
    row = [];
  };
  for (const place of places) {
    if (place.part.kind === 'fill') {
      flush();
      writeBlanks(print, place.label, place.part.accepted.length);
      continue;
    }
    const perRow = place.optionCount > 4 ? 2 : 4;
    const fitsRow = row.every(({ optionCount }) => optionCount > 4 === place.optionCount > 4);
    if (row.length >= perRow || !fitsRow) flush();
    row.push(place);
  }
  flush();
  doc.y += 2;
}

/** 对 and 错 for a statement, letters for options. */
const fieldsOf = ({ part, optionCount }: AnswerPlace): readonly string[] =>
  part.kind === 'judgement' ? ['对', '错'] : optionKeys.slice(0, optionCount);

function writeRow({ doc, left, width, keep }: Print, row: readonly AnswerPlace[]): void {
  keep(ROW_HEIGHT);
  const y = doc.y;
  const room = width / (row.some(({ optionCount }) => optionCount > 4) ? 2 : 4);
  for (const [at, place] of row.entries()) {
    const x = left + at * room;
    doc
      .fontSize(9)
      .fillColor('#000')
      .text(place.label, x, y + 2, { width: LABEL_WIDTH - 6, align: 'right', lineBreak: false });
    for (const [field, sign] of fieldsOf(place).entries()) {
      const fieldX = x + LABEL_WIDTH + field * (BUBBLE.width + BUBBLE.gap);
      doc
        .roundedRect(fieldX, y + 2, BUBBLE.width, BUBBLE.height, 2)
        .lineWidth(0.6)
        .stroke('#222');
      doc.fontSize(7).fillColor('#222');
      doc.text(sign, fieldX, y + 2.4, { width: BUBBLE.width, align: 'center', lineBreak: false });
    }
  }
  doc.y = y + ROW_HEIGHT;
}

function writeBlanks({ doc, left, width, keep }: Print, label: string, blanks: number): void {
  const room = (width - LABEL_WIDTH) / 2;
  const rows = Math.ceil(blanks / 2);
  keep(rows * 26);
  const y = doc.y;
  doc
    .fontSize(9)
    .fillColor('#000')
    .text(label, left, y + 6, { width: LABEL_WIDTH - 6, align: 'right', lineBreak: false });
  for (let blank = 0; blank < blanks; blank += 1) {
    const x = left + LABEL_WIDTH + (blank % 2) * room;
    const lineY = y + Math.floor(blank / 2) * 26 + 18;
    if (blanks > 1) doc.text(`(${blank + 1})`, x, lineY - 12, { lineBreak: false });
    doc
      .moveTo(x + (blanks > 1 ? 20 : 0), lineY)
      .lineTo(x + room - 14, lineY)
      .lineWidth(0.6)
      .stroke('#444');
  }
  doc.y = y + rows * 26;
}
