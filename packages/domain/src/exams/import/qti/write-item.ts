import type { CaseQuestion, QuestionFile, SimpleQuestion } from '../../question.ts';
import type { ExportedQuestion } from '../write-cells.ts';
import { element, type XmlElement, type XmlNode } from './xml-tree.ts';

export const QTI3 = 'http://www.imsglobal.org/xsd/imsqtiasi_v3p0';
const templates = 'https://purl.imsglobal.org/spec/qti/v3p0/rptemplates';
/** Kind of the question that an element holds; where it stands, texts are exact. */
export const KIND_ATTRIBUTE = 'data-antu-kind';
export const FILE_ATTRIBUTE = 'data-antu-file';

/** Path of a picture or video in the package, seen from an item. */
export type PathOfFile = (file: QuestionFile) => string;

interface Responses {
  readonly declarations: XmlElement[];
  /** Ids of those that are compared, and of those that are looked up among several wordings. */
  readonly matched: string[];
  readonly mapped: string[];
}

/** A QTI 3.0 item. What QTI has no place for stands in the manifest. */
export function writeItem(exported: ExportedQuestion, identifier: string, pathOf: PathOfFile): XmlElement {
  const { question, facts } = exported;
  const responses: Responses = { declarations: [], matched: [], mapped: [] };
  const content =
    question.kind === 'case' ? writeCase(question, responses, pathOf) : writeSimple(question, responses, pathOf);
  const body = element('qti-item-body', { [KIND_ATTRIBUTE]: question.kind }, content);
  const hasExplanation = facts.explanation !== '';
  return element(
    'qti-assessment-item',
    {
      xmlns: QTI3,
      identifier,
      title: [...question.stem.replaceAll(/\s+/g, ' ')].slice(0, 40).join(''),
      adaptive: 'false',
      'time-dependent': 'false',
      'xml:lang': 'zh-CN',
    },
    [
      ...responses.declarations,
      outcome('SCORE', 'float', '0'),
      ...(hasExplanation ? [outcome('FEEDBACK', 'identifier', 'EXPLANATION')] : []),
      body,
      writeProcessing(responses),
      ...(hasExplanation ? [writeFeedback(facts.explanation)] : []),
    ],
  );
}

const outcome = (identifier: string, type: string, value: string): XmlElement =>
  element('qti-outcome-declaration', { identifier, cardinality: 'single', 'base-type': type }, [
    element('qti-default-value', {}, [element('qti-value', {}, [value])]),
  ]);

const writeFeedback = (explanation: string): XmlElement =>
  element('qti-modal-feedback', { 'outcome-identifier': 'FEEDBACK', identifier: 'EXPLANATION', 'show-hide': 'show' }, [
    element('qti-content-body', {}, paragraphs(explanation)),
  ]);

const paragraphs = (text: string): XmlElement[] =>
  text.split('\n').map((line) => element('p', {}, line === '' ? [] : [line]));

const writeFiles = (files: readonly QuestionFile[], pathOf: PathOfFile): XmlElement[] =>
  files.length === 0
    ? []
    : [
        element(
          'div',
          {},
          files.map((file) => writeFile(file, pathOf)),
        ),
      ];

function writeFile(file: QuestionFile, pathOf: PathOfFile): XmlElement {
  const known = { src: pathOf(file), [FILE_ATTRIBUTE]: file.fileId };
  // A video has no text for those who cannot see it but its label.
  if (file.kind === 'video') return element('video', { ...known, controls: 'controls', 'aria-label': file.alt });
  return element('img', { ...known, alt: file.alt });
}

const writeCase = ({ stem, files, parts }: CaseQuestion, responses: Responses, pathOf: PathOfFile): XmlElement[] => [
  element('div', {}, paragraphs(stem)),
  ...writeFiles(files, pathOf),
  ...parts.map((part) => element('div', { [KIND_ATTRIBUTE]: part.kind }, writeSimple(part, responses, pathOf))),
];

function writeSimple(question: SimpleQuestion, responses: Responses, pathOf: PathOfFile): XmlElement[] {
  const { stem, files } = question;
  if (question.kind === 'fill') {
    const wordings = [...question.accepted];
    const lines = stem.split('\n').map((line) => element('p', {}, writeBlanks(line, wordings, responses)));
    return [element('div', {}, lines), ...writeFiles(files, pathOf)];
  }
  const identifier = nextId(responses);
  const options: readonly { readonly key: string; readonly text: string; readonly file: QuestionFile | null }[] =
    question.kind === 'judgement'
      ? [
          { key: 'true', text: '正确', file: null },
          { key: 'false', text: '错误', file: null },
        ]
      : question.options;
  const answers = question.kind === 'multiple' ? question.answer : [String(question.answer)];
  const isMultiple = question.kind === 'multiple';
  responses.matched.push(identifier);
  responses.declarations.push(
    element(
      'qti-response-declaration',
      { identifier, cardinality: isMultiple ? 'multiple' : 'single', 'base-type': 'identifier' },
      [
        element(
          'qti-correct-response',
          {},
          answers.map((answer) => element('qti-value', {}, [answer])),
        ),
      ],
    ),
  );
  const choices = options.map(({ key, text, file }) =>
    element('qti-simple-choice', { identifier: key }, [
      ...(text === '' ? [] : paragraphs(text)),
      ...(file ? [writeFile(file, pathOf)] : []),
    ]),
  );
  return [
    element('div', {}, paragraphs(stem)),
    ...writeFiles(files, pathOf),
    element(
      'qti-choice-interaction',
      { 'response-identifier': identifier, shuffle: 'false', 'max-choices': isMultiple ? '0' : '1' },
      choices,
    ),
  ];
}

const nextId = ({ declarations }: Responses): string =>
  declarations.length === 0 ? 'RESPONSE' : `RESPONSE_${declarations.length + 1}`;

/** A line whose blanks are entered; the length of each blank is kept as the length that is expected. */
function writeBlanks(line: string, wordings: (readonly string[])[], responses: Responses): XmlNode[] {
  return line.split(/(_{4,})/).flatMap((piece): XmlNode[] => {
    if (piece === '') return [];
    if (!/^_{4,}$/.test(piece)) return [piece];
    const identifier = nextId(responses);
    const accepted = wordings.shift() ?? [];
    responses.mapped.push(identifier);
    responses.declarations.push(
      element('qti-response-declaration', { identifier, cardinality: 'single', 'base-type': 'string' }, [
        element('qti-correct-response', {}, [element('qti-value', {}, [accepted[0] ?? ''])]),
        element(
          'qti-mapping',
          { 'default-value': '0' },
          accepted.map((one) =>
            element('qti-map-entry', { 'map-key': one, 'mapped-value': '1', 'case-sensitive': 'false' }),
          ),
        ),
      ]),
    );
    const attributes = { 'response-identifier': identifier, 'expected-length': String(piece.length) };
    return [element('qti-text-entry-interaction', attributes)];
  });
}

const variable = (identifier: string): XmlElement => element('qti-variable', { identifier });
const addToScore = (amount: XmlElement): XmlElement =>
  element('qti-set-outcome-value', { identifier: 'SCORE' }, [element('qti-sum', {}, [variable('SCORE'), amount])]);

function writeProcessing({ matched, mapped }: Responses): XmlElement {
  if (matched.length + mapped.length === 1) {
    const template = matched.length === 1 ? 'match_correct' : 'map_response';
    return element('qti-response-processing', { template: `${templates}/${template}` });
  }
  return element('qti-response-processing', {}, [
    ...matched.map((identifier) =>
      element('qti-response-condition', {}, [
        element('qti-response-if', {}, [
          element('qti-match', {}, [variable(identifier), element('qti-correct', { identifier })]),
          addToScore(element('qti-base-value', { 'base-type': 'float' }, ['1'])),
        ]),
      ]),
    ),
    ...mapped.map((identifier) => addToScore(element('qti-map-response', { identifier }))),
  ]);
}
