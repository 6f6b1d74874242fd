import type { PrintedPart } from '@antu/contract';
import { getExamRuleSet } from '@antu/domain';
import type { FastifyReply } from 'fastify';
import sharp from 'sharp';
import type { Platform } from '../../../platform/module.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { type BankContext, readQuestionPicture } from '../bank/index.ts';
import { sendPdf } from '../../../platform/print/send-pdf.ts';
import { pictureIdsOf, type PrintedPaper } from './pdf/sections.ts';
import { writeKey } from './pdf/write-key.ts';
import { writePaper } from './pdf/write-paper.ts';
import { writeSheet } from './pdf/write-sheet.ts';
import { type LoadedPaper, loadSample } from './sample-paper.ts';

/** Wide enough for a sharp print over the width of a page. */
const PICTURE_PIXELS = 1_200;
const writers = { paper: writePaper, sheet: writeSheet, key: writeKey };
const partNames: Readonly<Record<PrintedPart, string>> = { paper: '试卷', sheet: '答题卡', key: '答案' };

/** Answers with a paper of the seed, its answer sheet or its key. Errors: `exams.plan_short` */
export async function sendPrintedPaper(
  ctx: BankContext & Pick<RouteContext, 'reply'>,
  planId: string,
  { seed, part }: { seed: string; part: PrintedPart },
): Promise<FastifyReply> {
  const paper = await loadSample(ctx, planId, seed);
  const printed = await printedPaperOf(ctx.platform, paper, part);
  const name = `${paper.plan.titleZh}-${partNames[part]}-${seed}.pdf`;
  return sendPdf(ctx.reply, name, await writers[part](printed));
}

async function printedPaperOf(platform: Platform, paper: LoadedPaper, part: PrintedPart): Promise<PrintedPaper> {
  const { plan, seed, items } = paper;
  const { nameZh, limits } = getExamRuleSet(plan.ruleSetId);
  return {
    titleZh: plan.titleZh,
    organisationName: plan.organisationName,
    ruleNameZh: nameZh,
    minutes: Math.round(limits.durationSeconds.value / 60),
    totalPoints: items.reduce((sum, { centipoints }) => sum + centipoints, 0) / 100,
    passPoints: limits.passPoints.value,
    code: seed,
    items,
    pictures: part === 'paper' ? await loadPictures(platform, paper) : new Map(),
  };
}

/** pdfkit takes JPEG: every picture is turned into one. A picture that is gone is told in words on the paper. */
async function loadPictures(platform: Platform, { items }: LoadedPaper): Promise<Map<string, Buffer>> {
  const pictures = new Map<string, Buffer>();
  for (const fileId of new Set(items.flatMap(({ question }) => pictureIdsOf(question)))) {
    const bytes = await readQuestionPicture(platform, fileId);
    if (!bytes) continue;
    const fit = { width: PICTURE_PIXELS, height: PICTURE_PIXELS, fit: 'inside', withoutEnlargement: true } as const;
    pictures.set(fileId, await sharp(bytes).flatten({ background: '#fff' }).resize(fit).jpeg().toBuffer());
  }
  return pictures;
}
