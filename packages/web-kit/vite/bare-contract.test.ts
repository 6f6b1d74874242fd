import { expect, it } from 'vitest';
import { bareModule } from './bare-contract.ts';

const PURE = '/* @__PURE__ */ (() => ';

it.each([
  ['const id = z.uuid();', `const id = ${PURE}(z.uuid()))();`],
  [
    'export const idSchema = z.object({ id }).extend({ name: z.string() });',
    `export const idSchema = ${PURE}(z.object({ id }).extend({ name: z.string() })))();`,
  ],
  ["export const codes = ['a', 'b'] as const;", "export const codes = ['a', 'b'] as const;"],
  ['const list = (item: z.ZodType) => z.array(item);', 'const list = (item: z.ZodType) => z.array(item);'],
  ['export function make() { return z.string(); }', 'export function make() { return z.string(); }'],
])('%s', (code, bare) => {
  expect(bareModule(code)).toBe(bare);
});

it('leaves method, path and what else an endpoint says, without its schemas', () => {
  const code = `export const getThing = defineEndpoint({
  method: 'GET',
  path: '/api/things/:id',
  params: z.object({ id }),
  query: z.object({ q: z.string() }),
  /** Names what it is. */
  answer: thingSchema,
});
export const other = defineEndpoint({ method: 'POST', path: '/api/other', body: z.object({}), answer: z.null() });`;
  expect(bareModule(code)).toBe(`export const getThing = ${PURE}({ method: 'GET', path: '/api/things/:id' }))();
export const other = ${PURE}({ method: 'POST', path: '/api/other' }))();`);
});
