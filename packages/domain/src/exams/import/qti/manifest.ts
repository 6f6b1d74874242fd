import { difficulties } from '../../question.ts';
import type { DraftFacts } from '../draft-row.ts';
import { cleanText } from '../clean-text.ts';
import { readDay } from '../read-words.ts';
import type { ExportedQuestion } from '../write-cells.ts';
import { QTI3 } from './write-item.ts';
import { childrenNamed, element, findAll, plainQti, textOf, type XmlElement } from './xml-tree.ts';

const CONTENT_PACKAGE = 'http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1';
/** What QTI has no place for, as metadata of the item's resource. */
const ANTU = 'urn:antu:question:1';

/** An item of a package: where it lies, and what its metadata says if it was exported from here. */
export interface ManifestItem {
  readonly identifier: string;
  readonly href: string;
  readonly facts: DraftFacts | null;
}
export interface Manifest {
  readonly items: readonly ManifestItem[];
  readonly testHrefs: readonly string[];
}

export interface WrittenItem {
  readonly identifier: string;
  readonly href: string;
  readonly exported: ExportedQuestion;
  /** Pictures and videos that it shows. */
  readonly fileHrefs: readonly string[];
}

export function writeManifest(items: readonly WrittenItem[], title: string): XmlElement {
  const fileHrefs = [...new Set(items.flatMap((item) => item.fileHrefs))];
  const fileId = new Map(fileHrefs.map((href, index) => [href, `FILE_${index + 1}`]));
  const resource = (identifier: string, type: string, href: string, more: readonly XmlElement[] = []): XmlElement =>
    element('resource', { identifier, type, href }, [...more]);
  const file = (href: string): XmlElement => element('file', { href });
  const needs = (identifier: string): XmlElement => element('dependency', { identifierref: identifier });
  return element('manifest', { xmlns: CONTENT_PACKAGE, 'xmlns:antu': ANTU, identifier: 'MANIFEST' }, [
    element('metadata', {}, [
      element('schema', {}, ['QTI Package']),
      element('schemaversion', {}, ['3.0.0']),
      element('antu:title', {}, [title]),
    ]),
    element('organizations'),
    element('resources', {}, [
      resource('TEST', 'imsqti_test_xmlv3p0', 'test.xml', [
        file('test.xml'),
        ...items.map(({ identifier }) => needs(identifier)),
      ]),
      ...items.map(({ identifier, href, exported, fileHrefs: shown }) =>
        resource(identifier, 'imsqti_item_xmlv3p0', href, [
          element('metadata', {}, [writeFacts(exported)]),
          file(href),
          ...[...new Set(shown)].map((path) => needs(fileId.get(path) ?? '')),
        ]),
      ),
      ...fileHrefs.map((href) => resource(fileId.get(href) ?? '', 'webcontent', href, [file(href)])),
    ]),
  ]);
}

const writeFacts = ({ facts, topic }: ExportedQuestion): XmlElement =>
  element(
    'antu:question',
    {
      difficulty: String(facts.difficulty),
      validFrom: facts.validFrom,
      ...(facts.validUntil === null ? {} : { validUntil: facts.validUntil }),
      ...(facts.exclusionGroup === null ? {} : { exclusionGroup: facts.exclusionGroup }),
    },
    [
      element('antu:topic', {}, [topic]),
      ...facts.posts.map((post) => element('antu:post', {}, [post])),
      element('antu:clause', {}, [facts.clause]),
      element('antu:explanation', {}, [facts.explanation]),
    ],
  );

/** A test that asks every item in order. */
export const writeTest = (items: readonly WrittenItem[], title: string): XmlElement =>
  element('qti-assessment-test', { xmlns: QTI3, identifier: 'TEST', title }, [
    element(
      'qti-test-part',
      { identifier: 'PART', 'navigation-mode': 'nonlinear', 'submission-mode': 'simultaneous' },
      [
        element(
          'qti-assessment-section',
          { identifier: 'SECTION', title, visible: 'true' },
          items.map(({ identifier, href }) => element('qti-assessment-item-ref', { identifier, href })),
        ),
      ],
    ),
  ]);

/** Items and tests of a manifest of any QTI version. */
export function readManifest(root: XmlElement): Manifest {
  const resources = findAll(plainQti(root), 'resource').filter(({ attributes }) => attributes['href']);
  const ofType = (pattern: RegExp) => resources.filter(({ attributes }) => pattern.test(attributes['type'] ?? ''));
  return {
    items: ofType(/^imsqti_(?:item|apipitem)/i).map((resource) => ({
      identifier: resource.attributes['identifier'] ?? '',
      href: resource.attributes['href'] ?? '',
      facts: readFacts(resource),
    })),
    testHrefs: ofType(/^imsqti_(?:test|assessment)/i).map(({ attributes }) => attributes['href'] ?? ''),
  };
}

/** Addresses of the items of a test, in the order in which it asks them. */
export const readTestItems = (root: XmlElement): readonly string[] =>
  findAll(plainQti(root), 'assessment-item-ref').flatMap(({ attributes }) => attributes['href'] ?? []);

function readFacts(resource: XmlElement): DraftFacts | null {
  const [facts] = childrenNamed(resource, 'metadata').flatMap((metadata) => childrenNamed(metadata, 'question'));
  if (!facts) return null;
  const { attributes } = facts;
  const text = (name: string): string => cleanText(childrenNamed(facts, name).map(textOf).join('\n'));
  return {
    topic: text('topic') || null,
    posts: [...new Set(childrenNamed(facts, 'post').map((post) => cleanText(textOf(post))))],
    difficulty: difficulties.find((one) => String(one) === attributes['difficulty']) ?? null,
    clause: text('clause'),
    explanation: text('explanation'),
    validFrom: readDay(attributes['valid-from'] ?? ''),
    validUntil: readDay(attributes['valid-until'] ?? ''),
    exclusionGroup: cleanText(attributes['exclusion-group'] ?? '') || null,
  };
}
