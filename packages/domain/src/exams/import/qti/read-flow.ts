import type { QuestionFile } from '../../question.ts';
import { cleanText } from '../clean-text.ts';
import { PACKAGE_FILE } from '../check-drafts.ts';
import { ALT_CHARS } from '../file-mark.ts';
import { FILE_ATTRIBUTE } from './write-item.ts';
import { elementsOf, type XmlElement, type XmlNode } from './xml-tree.ts';

/** What a reader of an item needs of its package. */
export interface ItemPackage {
  /** Path in the package of an address in the item; null where it leads out of it or there is no such file. */
  resolve(href: string): string | null;
  reportFile(code: 'file-missing' | 'file-type', found: string): void;
  /** Id that a file had where it was exported. By path. */
  readonly knownIds: Map<string, string>;
}

/** Text, pictures and interactions of a piece of an item, in their order. */
export interface Flow {
  readonly text: string;
  readonly files: readonly QuestionFile[];
  readonly interactions: readonly XmlElement[];
  /** Text up to the first interaction with choices, and between them. */
  readonly texts: readonly string[];
}

const blocks = new Set(
  'p div li ul ol dl dt dd table tr caption h1 h2 h3 h4 h5 h6 blockquote pre section article prompt simple-choice content-body'.split(
    ' ',
  ),
);
/** Not a part of what is asked. */
const beside = new Set(
  'rubric-block feedback-block feedback-inline modal-feedback template-block template-inline stylesheet script style catalog-info'.split(
    ' ',
  ),
);
/** A text that was written by hand is longer than this only by mistake. */
const FLOW_CHARS = 60_000;

/**
 * Reads a piece of an item. `isExact`: exported from here, so each `p` is a line and no space is lost; elsewhere spaces are
 * as a browser shows them.
 */
export class FlowReader {
  readonly #isExact: boolean;
  readonly #package: ItemPackage;
  #lines: string[] = [''];
  #chars = 0;
  #hasParagraph = false;
  readonly #files: QuestionFile[] = [];
  readonly #interactions: XmlElement[] = [];
  readonly #texts: string[] = [];

  constructor(isExact: boolean, itemPackage: ItemPackage) {
    this.#isExact = isExact;
    this.#package = itemPackage;
  }

  read(nodes: readonly XmlNode[]): Flow {
    for (const node of nodes) this.#node(node, false);
    this.#texts.push(this.#text());
    const text = this.#texts.filter((one) => one !== '').join('\n');
    return { text, files: this.#files, interactions: this.#interactions, texts: this.#texts };
  }

  #node(node: XmlNode, isInParagraph: boolean): void {
    if (typeof node === 'string') {
      if (!this.#isExact) this.#add(node.replaceAll(/[ \t\r\n\f]+/g, ' '));
      else if (isInParagraph) this.#add(node);
      return;
    }
    const { name, attributes } = node;
    if (beside.has(name)) return;
    if (name === 'img') this.#file(attributes['src'], 'picture', attributes);
    else if (name === 'video') this.#file(attributes['src'] ?? sourceOf(node), 'video', attributes);
    else if (name === 'audio') this.#package.reportFile('file-type', attributes['src'] ?? 'audio');
    else if (name === 'object') this.#object(node);
    else if (name === 'br') this.#break();
    else if (name === 'text-entry-interaction') this.#blank(node);
    else if (name.endsWith('-interaction')) this.#interaction(node);
    else if (!this.#isExact) this.#loose(node);
    else if (name === 'p') {
      if (this.#hasParagraph) this.#break();
      this.#hasParagraph = true;
      for (const child of node.children) this.#node(child, true);
    } else for (const child of node.children) this.#node(child, isInParagraph);
  }

  #loose({ name, children }: XmlElement): void {
    if (blocks.has(name)) this.#break();
    if (name === 'td' || name === 'th') this.#add(' ');
    for (const child of children) this.#node(child, false);
    if (blocks.has(name)) this.#break();
  }

  #add(text: string): void {
    this.#chars += text.length;
    if (this.#chars <= FLOW_CHARS) this.#lines[this.#lines.length - 1] += text;
  }

  #break(): void {
    if (this.#lines.length < FLOW_CHARS) this.#lines.push('');
  }

  #blank(interaction: XmlElement): void {
    const length = this.#isExact ? Number(interaction.attributes['expected-length'] ?? 4) : 4;
    this.#add('_'.repeat(Math.min(100, Math.max(4, Number.isInteger(length) ? length : 4))));
    this.#interactions.push(interaction);
  }

  #interaction(interaction: XmlElement): void {
    this.#texts.push(this.#text());
    this.#lines = [''];
    this.#hasParagraph = false;
    this.#interactions.push(interaction);
  }

  #text(): string {
    if (this.#isExact) return cleanText(this.#lines.join('\n'));
    return cleanText(
      this.#lines
        .map((line) => line.replaceAll(/ {2,}/g, ' ').trim())
        .filter((line) => line !== '')
        .join('\n'),
    );
  }

  #object({ attributes, children }: XmlElement): void {
    const type = attributes['type'] ?? '';
    if (type.startsWith('image/'))
      this.#file(attributes['data'], 'picture', { alt: childText(children), ...attributes });
    else if (type.startsWith('video/'))
      this.#file(attributes['data'], 'video', { alt: childText(children), ...attributes });
    else this.#package.reportFile('file-type', attributes['data'] ?? type);
  }

  #file(href: string | undefined, kind: QuestionFile['kind'], attributes: XmlElement['attributes']): void {
    const path = href === undefined ? null : this.#package.resolve(href);
    if (path === null) {
      this.#package.reportFile('file-missing', href ?? '');
      return;
    }
    const known = attributes[FILE_ATTRIBUTE];
    if (known !== undefined) this.#package.knownIds.set(path, known);
    const alt = cleanText(attributes['alt'] ?? attributes['aria-label'] ?? attributes['title'] ?? '').slice(
      0,
      ALT_CHARS,
    );
    this.#files.push({ fileId: `${PACKAGE_FILE}${path}`, kind, alt });
  }
}

const sourceOf = (video: XmlElement): string | undefined =>
  elementsOf(video).find(({ name }) => name === 'source')?.attributes['src'];

const childText = (children: readonly XmlNode[]): string =>
  children
    .filter((child) => typeof child === 'string')
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim();
