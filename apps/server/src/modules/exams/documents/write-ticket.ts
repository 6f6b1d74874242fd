import { drawQr } from '../../../platform/print/draw-qr.ts';
import { openPrint } from '../../../platform/print/open-print.ts';
import { writeFacts } from '../../../platform/print/write-facts.ts';
import { chinaSpanText } from './china-times.ts';

/** What stands on a ticket. */
export interface Ticket {
  readonly examTitle: string;
  readonly ruleName: string;
  readonly organisationName: string;
  readonly name: string;
  readonly idNumberMasked: string;
  readonly number: string;
  /** Number and seal, for the QR. */
  readonly code: string;
  readonly place: { readonly mode: 'online' | 'place'; readonly address: string | null };
  readonly seat: number | null;
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly minutes: number;
  readonly totalPoints: number;
  readonly passPoints: number;
  readonly mostLeaves: number | null;
  readonly identityAtStart: boolean;
  readonly pledge: boolean;
}

const QR_SIDE = 118;

/** 准考证 on A5. */
export async function writeTicket(ticket: Ticket): Promise<Buffer> {
  const print = await openPrint(`准考证 ${ticket.number}`, `准考证号 ${ticket.number}`, 'A5');
  const { doc, left, width } = print;
  doc.font('bold').fontSize(20).text('准　考　证', left, doc.y, { width, align: 'center' });
  doc.fontSize(12).text(ticket.examTitle, left, doc.y + 4, { width, align: 'center' });
  doc.font('regular').fontSize(9).fillColor('#555');
  doc.text(`${ticket.ruleName}　${ticket.organisationName}`, left, doc.y + 2, { width, align: 'center' });
  const top = doc.y + 14;
  drawQr(doc, ticket.code, { x: left + width - QR_SIDE, y: top - 10, side: QR_SIDE });
  doc.fontSize(11);
  doc.y = top;
  writeFacts(
    print,
    [['姓名', ticket.name], ['证件号', ticket.idNumberMasked], ['准考证号', ticket.number], ...seatOf(ticket)],
    { width: width - QR_SIDE - 8, nameWidth: 62 },
  );
  doc.y = Math.max(doc.y, top + QR_SIDE - 6);
  writeFacts(
    print,
    [
      ['时间', chinaSpanText(ticket.opensAt, ticket.closesAt)],
      ['地点', ticket.place.mode === 'online' ? '线上考试，用本人账号登录' : (ticket.place.address ?? '')],
      ['答题时间', `${ticket.minutes} 分钟，满分 ${ticket.totalPoints} 分，${ticket.passPoints} 分合格`],
    ],
    { width, nameWidth: 62 },
  );
  doc
    .font('bold')
    .fontSize(11)
    .text('考场规则', left, doc.y + 6, { width });
  doc.font('regular').fontSize(9.5).y += 3;
  for (const [at, rule] of rulesOf(ticket).entries()) {
    doc.text(`${at + 1}. ${rule}`, left, doc.y + 2, { width });
  }
  return print.finish();
}

function seatOf({ place, seat }: Ticket): [string, string][] {
  if (place.mode === 'online') return [];
  return [['座位号', seat === null ? '报名截止后排定' : String(seat)]];
}

function rulesOf(ticket: Ticket): string[] {
  const { place, identityAtStart, pledge, mostLeaves } = ticket;
  return [
    place.mode === 'place'
      ? '带本人身份证和准考证入场，按座位号就座。'
      : '在安静、光线充足的地方独自作答，全程保持网络和设备电量。',
    ...(identityAtStart ? ['开考前要确认是您本人，由他人代替参加的，成绩作废。'] : []),
    ...(pledge ? ['开考前要签安全文明驾驶承诺。'] : []),
    '时间以服务器为准。每答一题自动保存；断网可接着答，有网后自动补存。',
    '设备出故障，可换一台设备登录接着考，已保存的答案都在。',
    mostLeaves === null ? '离开答题页会被记录。' : `离开答题页会被记录，达到 ${mostLeaves} 次会通知监考人。`,
    '不抄录、拍摄、传播试题，不与他人交谈，不使用其他资料。',
    '对成绩有疑问，可在成绩页申诉。',
  ];
}
