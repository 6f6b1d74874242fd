import { drawQr } from '../../../platform/print/draw-qr.ts';
import { openPrint } from '../../../platform/print/open-print.ts';
import { writeFacts } from '../../../platform/print/write-facts.ts';
import { chinaDayText } from './china-times.ts';

/** What stands on the printed result. */
export interface Certificate {
  readonly number: string;
  readonly examTitle: string;
  readonly ruleName: string;
  readonly organisationName: string;
  readonly name: string;
  readonly idNumberMasked: string;
  readonly ticketNumber: string;
  readonly satAt: Date;
  readonly points: number;
  readonly totalPoints: number;
  readonly passPoints: number;
  readonly passed: boolean;
  /** Above 1: changed by an appeal. */
  readonly version: number;
  readonly decidedAt: Date;
}

const QR_SIDE = 150;
const NAME_WIDTH = 96;

/** 考试合格证明 for who has passed, 考试成绩单 for who has not; A4. */
export async function writeCertificate(certificate: Certificate): Promise<Buffer> {
  const { number, passed, version } = certificate;
  const title = passed ? '考试合格证明' : '考试成绩单';
  const print = await openPrint(`${title} ${number}`, `${title}　编号 ${number}`);
  const { doc, left, width } = print;
  doc
    .font('bold')
    .fontSize(24)
    .text(title, left, doc.y + 40, { width, align: 'center' });
  doc
    .font('regular')
    .fontSize(10)
    .fillColor('#555')
    .text(`编号 ${number}`, left, doc.y + 6, { width, align: 'center' });
  doc.y += 36;
  doc.fontSize(13);
  writeFacts(
    print,
    [
      ['姓名', certificate.name],
      ['证件号', certificate.idNumberMasked],
      ['考试', certificate.examTitle],
      ['考试种类', certificate.ruleName],
      ['考试日期', chinaDayText(certificate.satAt)],
      ['准考证号', certificate.ticketNumber],
      ['成绩', `${certificate.points} 分（满分 ${certificate.totalPoints} 分，${certificate.passPoints} 分合格）`],
      ['结论', passed ? '合格' : '不合格'],
      ...(version > 1 ? ([['说明', `经申诉复核，第 ${version} 版成绩`]] as const) : []),
      ['组织单位', certificate.organisationName],
      ['出具日期', chinaDayText(certificate.decidedAt)],
    ],
    { width, nameWidth: NAME_WIDTH },
  );
  const y = doc.y + 28;
  drawQr(doc, number, { x: left + width - QR_SIDE, y, side: QR_SIDE });
  doc.font('regular').fontSize(10).fillColor('#555');
  doc.text('二维码是本证明的编号。成绩经复核改变时编号随之改变，以平台上的记录为准。', left, y + 16, {
    width: width - QR_SIDE - 24,
  });
  return print.finish();
}
