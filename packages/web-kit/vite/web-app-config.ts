import vue from '@vitejs/plugin-vue';
import type { ComponentResolver } from 'unplugin-vue-components';
import components from 'unplugin-vue-components/vite';
import type { PluginOption, UserConfig } from 'vite';
import { bareContract } from './bare-contract.ts';
import { compressFiles } from './compress-files.ts';

interface WebAppOptions {
  /** Path under which the api process serves the app, with both slashes. */
  base: string;
  /** Finds the component library's parts that templates use. */
  resolvers: (ComponentResolver | ComponentResolver[])[];
  plugins?: PluginOption[];
}

/** What the three web apps share: on-demand library parts, compressed output, no source maps, no inline scripts. */
export function webAppConfig({ base, resolvers, plugins = [] }: WebAppOptions): UserConfig {
  return {
    base,
    plugins: [bareContract(), vue(), components({ dirs: [], dts: false, resolvers }), ...plugins, compressFiles()],
    define: { __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false' },
    build: {
      outDir: 'dist',
      emptyOutDir: true,
      sourcemap: false,
      // Browsers of phones about five years old.
      target: ['chrome87', 'safari14', 'firefox90'],
      // The policy allows no data: scripts or styles; small pictures as files are cached as well.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 700,
      modulePreload: { polyfill: false },
    },
    server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
  };
}
