import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const FOLDER = new URL('../src/check/', import.meta.url);

/**
 * Writes `check-page.html`: the page on which everybody checks certificates, in one file without anything beside it, so that it can
 * be kept and opened without a network. The server gives it out under `/check`, with its keys put in.
 */
export function checkPage(): Plugin {
  return {
    name: 'antu:check-page',
    apply: 'build',
    async generateBundle() {
      const built = await build({
        configFile: false,
        logLevel: 'warn',
        build: {
          write: false,
          target: ['chrome87', 'safari14', 'firefox90'],
          lib: { entry: fileURLToPath(new URL('main.ts', FOLDER)), formats: ['iife'], name: 'antuCheck' },
        },
      });
      const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) => ('output' in one ? one.output : []));
      const chunk = outputs.find((one) => one.type === 'chunk');
      if (!chunk) throw new Error('the page for checking certificates was not built');
      // The script must not end early where a text of it looks like the end of a script.
      const script = `<script>${chunk.code.replaceAll('</script', '<\\/script')}</script>`;
      const page = readFileSync(new URL('check.html', FOLDER), 'utf8');
      this.emitFile({
        type: 'asset',
        fileName: 'check-page.html',
        source: page.replace('<!-- script -->', () => script),
      });
    },
  };
}
