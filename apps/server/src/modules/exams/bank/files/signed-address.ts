import { createHmac, timingSafeEqual } from 'node:crypto';
import { questionFilePath } from '@antu/contract';
import type { AskedQuestion, QuestionFile } from '@antu/domain';
import type { KeyRing } from '../../../../platform/crypto/key-ring.ts';

const macOf = (keys: KeyRing, fileId: string, accountId: string, untilMs: number): Buffer =>
  createHmac('sha256', keys.deriveSecret('exams.question-file')).update(`${fileId} ${accountId} ${untilMs}`).digest();

/** Address of a picture or video for one account, good until an instant (epoch ms). Handed out with a paper. */
export const questionFileUrl = (keys: KeyRing, fileId: string, accountId: string, untilMs: number): string =>
  `${questionFilePath(fileId)}/shown?until=${untilMs}&mac=${macOf(keys, fileId, accountId, untilMs).toString('base64url')}`;

/** Whether this server made the address for this account. */
export function isOurAddress(
  keys: KeyRing,
  { fileId, accountId, untilMs, mac }: { fileId: string; accountId: string; untilMs: number; mac: string },
): boolean {
  const given = Buffer.from(mac, 'base64url');
  const ours = macOf(keys, fileId, accountId, untilMs);
  return given.length === ours.length && timingSafeEqual(given, ours);
}

/** A question as it goes to a candidate: its pictures and videos with addresses that only this account can use. */
export function withFileUrls(
  keys: KeyRing,
  asked: AskedQuestion,
  { accountId, untilMs }: { accountId: string; untilMs: number },
): AskedQuestion {
  const signed = <File extends QuestionFile | null>(file: File): File =>
    file === null ? file : { ...file, url: questionFileUrl(keys, file.fileId, accountId, untilMs) };
  if (asked.kind === 'case') {
    const parts = asked.parts.map((part) => withFileUrls(keys, part, { accountId, untilMs }));
    return { ...asked, files: asked.files.map(signed), parts: parts as typeof asked.parts };
  }
  if (asked.kind === 'single' || asked.kind === 'multiple') {
    const options = asked.options.map((option) => ({ ...option, file: signed(option.file) }));
    return { ...asked, files: asked.files.map(signed), options };
  }
  return { ...asked, files: asked.files.map(signed) };
}
