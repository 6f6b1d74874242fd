import type { QuestionFile } from '../question.ts';
import { escapeText, unescapeText } from './clean-text.ts';

/** Longest description of a picture; what is longer is cut. */
export const ALT_CHARS = 200;

/** Pictures and videos in formats that cannot carry them: `[图片 <id> <what it shows>]`. */
const pattern = /^\[(图片|视频) ([0-9a-fA-F-]{36})((?: [^\n]*)?)\]$/;

export const writeFileMark = ({ fileId, kind, alt }: QuestionFile): string =>
  `[${kind === 'picture' ? '图片' : '视频'} ${fileId}${alt === '' ? '' : ` ${escapeText(alt)}`}]`;

/** The file of a mark, or null for any other text. */
export function readFileMark(text: string): QuestionFile | null {
  const [, kind, fileId = '', alt = ''] = pattern.exec(text.trim()) ?? [];
  if (kind === undefined) return null;
  return {
    fileId: fileId.toLowerCase(),
    kind: kind === '图片' ? 'picture' : 'video',
    alt: unescapeText(alt.slice(1)).slice(0, ALT_CHARS),
  };
}

/** Looks like a mark, right or wrong: what does is not taken for text. */
export const isFileMark = (text: string): boolean => /^\[(图片|视频) [^\n]*\]$/.test(text.trim());
