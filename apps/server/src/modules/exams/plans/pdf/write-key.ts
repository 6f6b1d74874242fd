import { openPrint, type Print } from '../../../../platform/print/open-print.ts';
import { type AnswerPlace, answerPlacesOf, type NumberedItem, type PrintedPaper, sectionsOf } from './sections.ts';

const COLUMNS = { number: 40, answer: 150, points: 44 };

/** What is right, with points and clauses, for those who mark by hand. */
export async function writeKey(paper: PrintedPaper): Promise<Buffer> {
  const print = await openPrint(`${paper.titleZh} 答案`, `${paper.titleZh}　答案（保密）　试卷编号 ${paper.code}`);
  const { doc, left, width } = print;
  doc.font('bold').fontSize(16).text(`${paper.titleZh}　参考答案`, left, doc.y, { width, align: 'center' });
  doc.font('regular').fontSize(10).moveDown(0.3);
  doc.text(`试卷编号 ${paper.code}　满分 ${paper.totalPoints} 分　合格 ${paper.passPoints} 分　考试结束前保密`, {
    width,
    align: 'center',
  });
  for (const { heading, items } of sectionsOf(paper.items)) {
    print.keep(70);
    doc.moveDown(0.8).font('bold').fontSize(11).text(heading, left, doc.y, { width });
    doc.font('regular').fontSize(9.5).moveDown(0.3);
    writeRow(print, ['题号', '答案', '分值', '依据'], '#666');
    for (const numbered of items) writeItem(print, numbered);
  }
  return print.finish();
}

function writeItem(print: Print, numbered: NumberedItem): void {
  const { item } = numbered;
  const places = answerPlacesOf(numbered);
  const points = String(item.centipoints / 100);
  for (const [at, place] of places.entries())
    writeRow(print, [place.label, answerText(place), at === 0 ? points : '', at === 0 ? item.facts.clause : '']);
}

/** 对, B, ACD, or every wording that counts for each blank. */
function answerText({ part, right }: AnswerPlace): string {
  if (part.kind === 'fill') return part.accepted.map((wordings) => wordings.join(' / ')).join('；');
  if (part.kind === 'judgement') return part.answer ? '对' : '错';
  return Array.isArray(right) ? right.join('') : String(right);
}

function writeRow(
  { doc, left, width, keep }: Print,
  [number, answer, points, clause]: readonly [string, string, string, string],
  colour = '#000',
): void {
  const clauseX = COLUMNS.number + COLUMNS.answer + COLUMNS.points;
  const height =
    Math.max(
      doc.heightOfString(answer, { width: COLUMNS.answer - 8 }),
      doc.heightOfString(clause, { width: width - clauseX }),
      doc.currentLineHeight(true),
    ) + 5;
  keep(height);
  const y = doc.y;
  doc.fillColor(colour);
  doc.text(number, left, y, { width: COLUMNS.number, lineBreak: false });
  doc.text(answer, left + COLUMNS.number, y, { width: COLUMNS.answer - 8 });
  doc.text(points, left + COLUMNS.number + COLUMNS.answer, y, { width: COLUMNS.points, lineBreak: false });
  doc.text(clause, left + clauseX, y, { width: width - clauseX });
  doc.y = y + height;
  doc
    .moveTo(left, doc.y - 3)
    .lineTo(left + width, doc.y - 3)
    .lineWidth(0.3)
    .stroke('#ccc');
}
