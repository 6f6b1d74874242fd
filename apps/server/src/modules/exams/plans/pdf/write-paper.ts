import { type AskedQuestion, askQuestion, type QuestionFile } from '@antu/domain';
import { openPrint, type Print } from '../../../../platform/print/open-print.ts';
import { type NumberedItem, type PrintedPaper, sectionsOf } from './sections.ts';

const INDENT = 26;
const TEXT_SIZE = 10.5;
const PICTURE_HEIGHT = 130;
const VIDEO_NOTE = '［此题附有视频，请在机考中作答］';

type AskedSimple = Exclude<AskedQuestion, { kind: 'case' }>;
type AskedOption = Extract<AskedQuestion, { options: unknown }>['options'][number];

/** The questions as a candidate gets them on paper. */
export async function writePaper(paper: PrintedPaper): Promise<Buffer> {
  const print = await openPrint(paper.titleZh, `${paper.titleZh}　试卷编号 ${paper.code}`);
  writeHead(print, paper);
  for (const { heading, items, isMixed } of sectionsOf(paper.items)) {
    print.keep(60);
    print.doc.moveDown(0.8).font('bold').fontSize(11.5).text(heading, print.left, print.doc.y, { width: print.width });
    print.doc.font('regular').fontSize(TEXT_SIZE).moveDown(0.4);
    for (const numbered of items) writeItem(print, paper, numbered, isMixed);
  }
  return print.finish();
}

function writeHead({ doc, left, width }: Print, paper: PrintedPaper): void {
  doc.font('bold').fontSize(18).text(paper.titleZh, left, doc.y, { width, align: 'center' });
  doc.font('regular').fontSize(10).fillColor('#333').moveDown(0.3);
  doc.text(`${paper.organisationName}　${paper.ruleNameZh}`, { width, align: 'center' });
  doc.text(
    `考试时间 ${paper.minutes} 分钟　满分 ${paper.totalPoints} 分　合格 ${paper.passPoints} 分　试卷编号 ${paper.code}`,
    { width, align: 'center' },
  );
  doc.moveDown(0.8).fillColor('#000').fontSize(TEXT_SIZE);
  const y = doc.y;
  const names = ['姓名', '准考证号', '工作单位'];
  for (const [at, name] of names.entries()) {
    const x = left + (width / 3) * at;
    doc.text(name, x, y, { lineBreak: false });
    const from = x + doc.widthOfString(name) + 6;
    doc
      .moveTo(from, y + 15)
      .lineTo(x + width / 3 - 10, y + 15)
      .lineWidth(0.6)
      .stroke('#444');
  }
  doc.fillColor('#000').text('请在答题卡上作答，写在试卷上无效。', left, y + 26, { width });
}

function writeItem(print: Print, paper: PrintedPaper, { number, item }: NumberedItem, isMixed: boolean): void {
  const asked = askQuestion(item.question, item.optionOrders);
  const worth = isMixed ? `（${item.centipoints / 100} 分）` : '';
  if (asked.kind !== 'case') {
    writeSimple(print, paper, `${number}.`, asked, worth);
    return;
  }
  print.keep(print.doc.heightOfString(asked.stem, { width: print.width - INDENT }) + 40);
  writeStem(print, `${number}.`, `${asked.stem}${worth}`);
  writeFiles(print, paper, asked.files);
  for (const [at, part] of asked.parts.entries())
    writeSimple(print, paper, `(${at + 1})`, part, part.kind === 'multiple' ? '（多选）' : '');
}

function writeSimple(print: Print, paper: PrintedPaper, label: string, asked: AskedSimple, worth: string): void {
  const { doc } = print;
  const takesMark = asked.kind !== 'fill' && !/[（(]\s*[)）]/.test(asked.stem);
  const stem = `${asked.stem}${takesMark ? '（　　）' : ''}${worth}`;
  const options = 'options' in asked ? asked.options : [];
  const columns = columnsFor(print, options);
  const rows = Math.ceil(options.length / columns);
  const pictures = [...asked.files, ...options.flatMap(({ file }) => file ?? [])].filter(({ fileId }) =>
    paper.pictures.has(fileId),
  );
  const width = print.width - INDENT;
  const lineHeight = doc.currentLineHeight(true) + 3;
  const optionsHeight =
    columns === 1
      ? options.reduce((sum, one) => sum + doc.heightOfString(textOf(one), { width }) + 3, 0)
      : rows * lineHeight;
  print.keep(doc.heightOfString(stem, { width }) + optionsHeight + pictures.length * (PICTURE_HEIGHT + 6) + 8);
  writeStem(print, label, stem);
  writeFiles(print, paper, asked.files);
  writeOptions(print, paper, options, columns);
  doc.y += 5;
}

function writeStem({ doc, left, width }: Print, label: string, stem: string): void {
  const y = doc.y;
  doc.text(label, left, y, { width: INDENT, lineBreak: false });
  doc.text(stem, left + INDENT, y, { width: width - INDENT, lineGap: 1.5 });
  doc.y += 2;
}

const textOf = ({ key, text }: AskedOption): string => `${key}. ${text}`;

/** Short options stand side by side, as on every printed paper. */
function columnsFor({ doc, width }: Print, options: readonly AskedOption[]): number {
  if (options.length === 0 || options.some(({ file }) => file !== null)) return 1;
  const widest = Math.max(...options.map((one) => doc.widthOfString(textOf(one))));
  const room = width - INDENT;
  return [4, 2].find((columns) => widest < room / columns - 10) ?? 1;
}

function writeOptions(print: Print, paper: PrintedPaper, options: readonly AskedOption[], columns: number): void {
  const { doc, left, width } = print;
  const room = (width - INDENT) / columns;
  for (let at = 0; at < options.length; at += columns) {
    const y = doc.y;
    for (const [column, option] of options.slice(at, at + columns).entries())
      doc.text(textOf(option), left + INDENT + column * room, y, { width: room, lineGap: 1 });
    doc.y += 3;
    const [only] = options.slice(at, at + 1);
    if (columns === 1 && only?.file) writeFiles(print, paper, [only.file]);
  }
}

function writeFiles(print: Print, { pictures }: PrintedPaper, files: readonly QuestionFile[]): void {
  const { doc, left, width } = print;
  for (const { fileId, kind, alt } of files) {
    const picture = pictures.get(fileId);
    if (picture) {
      print.keep(PICTURE_HEIGHT + 6);
      const y = doc.y;
      doc.image(picture, left + INDENT, y, { fit: [width - INDENT, PICTURE_HEIGHT] });
      doc.y = y + PICTURE_HEIGHT + 6;
    } else {
      doc.text(kind === 'video' ? VIDEO_NOTE : `［图片：${alt}］`, left + INDENT, doc.y, { width: width - INDENT });
    }
  }
}
