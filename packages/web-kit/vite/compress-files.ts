import { existsSync, promises as fs } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const TEXT_FILE = /\.(?:html|js|css|svg|json|webmanifest)$/;
/** Below this the headers cost more than is saved. */
const MIN_BYTES = 1024;
const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Writes `.br` and `.gz` beside every text file of the build, so that the server only has to pick one. */
export function compressFiles(): Plugin {
  let folder = '';
  return {
    name: 'antu:compress-files',
    apply: 'build',
    configResolved(config) {
      folder = path.resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      // A build that failed ends here as well and has written nothing; an error of ours would hide its own.
      if (!existsSync(folder)) return;
      for (const name of await fs.readdir(folder, { recursive: true })) {
        if (!TEXT_FILE.test(name)) continue;
        const file = path.join(folder, name);
        const bytes = await fs.readFile(file);
        if (bytes.length < MIN_BYTES) continue;
        const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
        await fs.writeFile(`${file}.br`, await brotli(bytes, { params }));
        await fs.writeFile(`${file}.gz`, await zip(bytes, { level: 9 }));
      }
    },
  };
}
