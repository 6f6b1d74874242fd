import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'vite';

interface Notice {
  name: string;
  version: string;
  licence: string;
  text: string;
}

const VIRTUAL = 'virtual:licences';

/** Folder of an installed package, also of one that hides its package.json. */
function folderOf(name: string, from: string): string {
  for (const place of createRequire(from).resolve.paths(name) ?? []) {
    const folder = path.join(place, name);
    try {
      readFileSync(path.join(folder, 'package.json'));
      return folder;
    } catch {
      // Not here: the next place up.
    }
  }
  throw new Error(`licences: package ${name} is not installed`);
}

function readNotice(name: string, from: string): Notice {
  const folder = folderOf(name, from);
  const about = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const text = file ? readFileSync(path.join(folder, file), 'utf8').trim() : `Licence: ${String(about['license'])}`;
  return { name, version: String(about['version']), licence: String(about['license']), text };
}

/**
 * Lists the packages of others that the app bundles, for the page 开源许可, and writes their licence texts to
 * `/licences.txt`, as MIT, BSD and Apache-2.0 ask of everyone who hands out copies.
 */
export function licenceNotices(names: readonly string[]): Plugin {
  const notices = names.map((name) => readNotice(name, import.meta.url));
  return {
    name: 'antu:licence-notices',
    resolveId: (id) => (id === VIRTUAL ? `\0${VIRTUAL}` : null),
    load: (id) =>
      id === `\0${VIRTUAL}`
        ? `export default ${JSON.stringify(notices.map(({ name, version, licence }) => ({ name, version, licence })))}`
        : null,
    generateBundle() {
      const source = notices.map((one) => `${one.name} ${one.version} (${one.licence})\n\n${one.text}`);
      this.emitFile({
        type: 'asset',
        fileName: 'licences.txt',
        source: `${source.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`,
      });
    },
  };
}
