import { cleanText } from '../clean-text.ts';
import { childrenNamed, findAll, textOf, type XmlElement } from './xml-tree.ts';

/** What counts as right in one interaction. */
export interface Response {
  readonly isMultiple: boolean;
  /** Identifiers of right choices. */
  readonly values: readonly string[];
  /** Texts that count as right, the first of them the one to show. */
  readonly wordings: readonly string[];
}

/** Right responses of an item by identifier: what it declares as correct, and what its mapping gives points for. */
export function readResponses(item: XmlElement): ReadonlyMap<string, Response> {
  return new Map(
    childrenNamed(item, 'response-declaration').map((declaration): [string, Response] => {
      const correct = childrenNamed(declaration, 'correct-response')
        .flatMap((response) => childrenNamed(response, 'value'))
        .map((value) => cleanText(textOf(value)));
      const mapped = findAll(declaration, 'map-entry')
        .filter(({ attributes }) => Number(attributes['mapped-value'] ?? 0) > 0)
        .map(({ attributes }) => cleanText(attributes['map-key'] ?? ''));
      return [
        declaration.attributes['identifier'] ?? '',
        {
          isMultiple: declaration.attributes['cardinality'] === 'multiple',
          values: correct.length > 0 ? correct : mapped,
          wordings: [...new Set([...correct, ...mapped])].filter((wording) => wording !== ''),
        },
      ];
    }),
  );
}
