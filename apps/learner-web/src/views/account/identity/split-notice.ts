export interface NoticePart {
  /** The question that the paragraph answers; null where it has none in front. */
  head: string | null;
  text: string;
}

/** A head is a few words; a colon further on belongs to the sentence. */
const LONGEST_HEAD = 24;

/** Splits a notice into its paragraphs, and the words before the first colon from each. */
export function splitNotice(notice: string): NoticePart[] {
  return notice
    .split(/\n+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const match = /^([^：:。.]+)[：:]\s*(.+)$/.exec(line);
      const [, head = '', text = ''] = match ?? [];
      return match && head.length <= LONGEST_HEAD ? { head, text } : { head: null, text: line };
    });
}
