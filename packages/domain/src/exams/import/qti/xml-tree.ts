/** An element of an XML file with its children in order; text stands between them. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
}
export type XmlNode = XmlElement | string;

export const element = (
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  children: readonly XmlNode[] = [],
): XmlElement => ({ name, attributes, children });

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
};
const inText = (text: string): string => text.replaceAll(/[&<>]/g, (char) => escapes[char] ?? char);
const inAttribute = (text: string): string => text.replaceAll(/[&<>"\n\t]/g, (char) => escapes[char] ?? char);

/** The file of an element. No space is added inside, so that texts come back exactly. */
export const writeXml = (root: XmlElement): string => `<?xml version="1.0" encoding="UTF-8"?>\n${write(root)}\n`;

function write(node: XmlNode): string {
  if (typeof node === 'string') return inText(node);
  const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${inAttribute(value)}"`);
  const start = `<${node.name}${attributes.join('')}`;
  return node.children.length === 0 ? `${start}/>` : `${start}>${node.children.map(write).join('')}</${node.name}>`;
}

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/**
 * QTI 2 writes `choiceInteraction maxChoices`, QTI 3 `qti-choice-interaction max-choices`: both become `choice-interaction` with
 * `max-choices`. Prefixes of namespaces go.
 */
export const plainQti = ({ name, attributes, children }: XmlElement): XmlElement => ({
  name: kebab(name.replace(/^.*:/, '')).replace(/^qti-/, ''),
  attributes: Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [kebab(key.replace(/^.*:/, '')), value]),
  ),
  children: children.map((child) => (typeof child === 'string' ? child : plainQti(child))),
});

export const elementsOf = ({ children }: XmlElement): readonly XmlElement[] =>
  children.filter((child) => typeof child !== 'string');

export const childrenNamed = (parent: XmlElement, name: string): readonly XmlElement[] =>
  elementsOf(parent).filter((child) => child.name === name);

/** Every element of the name below another, in the order of the file. */
export const findAll = (parent: XmlElement, name: string): readonly XmlElement[] =>
  elementsOf(parent).flatMap((child) =>
    child.name === name ? [child, ...findAll(child, name)] : findAll(child, name),
  );

/** All text below an element. */
export const textOf = (node: XmlNode): string => (typeof node === 'string' ? node : node.children.map(textOf).join(''));
