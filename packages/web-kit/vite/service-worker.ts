import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

interface ServiceWorkerOptions {
  /** Beginnings of paths that the worker leaves alone: the server's answers and the other apps. */
  foreignPaths: string[];
}

const SOURCE = new URL('service-worker-source.js', import.meta.url);

/** Writes `/sw.js`, which keeps the page and the files of the first screen for dead spots; never anything of `/api`. */
export function serviceWorker({ foreignPaths }: ServiceWorkerOptions): Plugin {
  return {
    name: 'antu:service-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const shell = new Set(['/index.html', '/icon.svg', '/manifest.webmanifest']);
        const add = (fileName: string) => {
          const chunk = bundle[fileName];
          if (chunk?.type !== 'chunk' || shell.has(`/${fileName}`)) return;
          shell.add(`/${fileName}`);
          for (const css of chunk.viteMetadata?.importedCss ?? []) shell.add(`/${css}`);
          for (const name of chunk.imports) add(name);
        };
        for (const [fileName, file] of Object.entries(bundle)) {
          if (file.type === 'chunk' && file.isEntry) add(fileName);
        }
        const files = [...shell].toSorted();
        const page = bundle['index.html'];
        const content = JSON.stringify(files) + (page?.type === 'asset' ? String(page.source) : '');
        const version = createHash('sha256').update(content).digest('hex').slice(0, 12);
        const head = [
          `const VERSION = ${JSON.stringify(version)};`,
          `const SHELL = ${JSON.stringify(files)};`,
          `const FOREIGN = ${JSON.stringify(foreignPaths)};`,
        ];
        this.emitFile({
          type: 'asset',
          fileName: 'sw.js',
          source: `${head.join('\n')}\n${readFileSync(SOURCE, 'utf8')}`,
        });
      },
    },
  };
}
