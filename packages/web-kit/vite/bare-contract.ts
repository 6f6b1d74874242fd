import { parseAst, type Plugin } from 'vite';

/** What of an endpoint only the server, the tests and the development build need at run time. */
const SCHEMAS: ReadonlySet<string> = new Set(['params', 'query', 'body', 'answer']);

interface Node {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}
interface Edit {
  start: number;
  end: number;
  text: string;
}

/**
 * Leaves the schemas of the contract out of the built apps: phones read endpoints as method and path, their types were
 * checked when the app was built, and the server checks every body and every answer anyway. Without this each page builds
 * every schema of the system, and the library for it, before it draws anything.
 *
 * Endpoints lose their schemas, and each constant that calls something becomes a call without side effects, so that
 * constants nobody names fall away. A schema that an app does name stays and works.
 */
export function bareContract(): Plugin {
  return {
    name: 'antu:bare-contract',
    apply: 'build',
    transform: {
      filter: { id: /\/packages\/contract\/src\/[^?]+\.ts$/ },
      handler: (code) => ({ code: bareModule(code), map: null }),
    },
  };
}

/** The source of a contract module without what is said above. */
export function bareModule(code: string): string {
  const edits: Edit[] = [];
  for (const statement of (parseAst(code, { lang: 'ts' }) as unknown as { body: Node[] }).body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? (statement['declaration'] as Node) : statement;
    if (declaration?.type !== 'VariableDeclaration') continue;
    for (const { init } of declaration['declarations'] as { init: Node | null }[]) {
      if (!init || !calls(init)) continue;
      edits.push({ start: init.start, end: init.end, text: `/* @__PURE__ */ (() => (${valueText(code, init)}))()` });
    }
  }
  return edits.reduceRight((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), code);
}

function valueText(code: string, init: Node): string {
  const [endpoint] = (init['arguments'] ?? []) as Node[];
  const callee = init['callee'] as Node | undefined;
  const isEndpoint = callee?.['name'] === 'defineEndpoint' && endpoint?.type === 'ObjectExpression';
  if (!isEndpoint) return code.slice(init.start, init.end);
  const kept = (endpoint['properties'] as Node[]).filter(
    (property) => !SCHEMAS.has(String((property['key'] as Node | undefined)?.['name'])),
  );
  return `{ ${kept.map((property) => code.slice(property.start, property.end)).join(', ')} }`;
}

/** Whether evaluating the expression calls anything; what stands in functions is called later, if ever. */
function calls(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(calls);
  if (typeof value !== 'object' || value === null) return false;
  const { type } = value as Node;
  if (type === 'CallExpression' || type === 'NewExpression') return true;
  if (type === 'FunctionExpression' || type === 'ArrowFunctionExpression') return false;
  return Object.values(value).some(calls);
}
