import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const pages = [...globSync('*.md', { cwd: root }), ...globSync('docs/**/*.md', { cwd: root })].sort();
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');

/** Targets of links and pictures within the checkout, without code blocks. */
function targetsOf(text: string): string[] {
  const prose = text.replaceAll(/```[\s\S]*?```/g, '');
  const found = [...prose.matchAll(/\]\(([^)\s]+)\)|<img[^>]+src="([^"]+)"/g)].map(
    ([, link, image]) => link ?? image ?? '',
  );
  return found.filter((target) => !/^[a-z]+:/.test(target));
}

/** Anchor of a heading as web views of repositories make it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');

function resolves(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(root, file))) return false;
  if (anchor === undefined) return true;
  return [...textOf(file).matchAll(/^#+ (.+)$/gm)].some(([, heading = '']) => anchorOf(heading) === anchor);
}

/** Paths of this checkout in code spans; those with placeholders or patterns are left out. */
const pathsOf = (text: string): string[] =>
  [...text.matchAll(/`((?:apps|packages|scripts|docs|db|bench|e2e)\/[^`\s]+)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => !/[<*{…]|NNNN|dist$/.test(path));

describe.each(pages)('%s', (page) => {
  it('links to what is there', () => {
    expect(targetsOf(textOf(page)).filter((target) => !resolves(page, target))).toEqual([]);
  });

  it('names files that are there', () => {
    expect(pathsOf(textOf(page)).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

it('the list of the documentation names every how-to and every decision', () => {
  const listed = targetsOf(textOf('docs/README.md'));
  const present = pages
    .filter((page) => /^docs\/(how-to|decisions)\//.test(page))
    .map((page) => page.slice('docs/'.length));
  expect(present.filter((page) => !listed.includes(page))).toEqual([]);
});
