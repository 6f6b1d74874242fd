import { VantResolver } from 'unplugin-vue-components/resolvers';
import { defineConfig } from 'vite';
import { serviceWorker } from '@antu/web-kit/vite/service-worker';
import { webAppConfig } from '@antu/web-kit/vite/web-app-config';
import { checkPage } from './vite/check-page.ts';
import { licenceNotices } from './vite/licence-notices.ts';

export default defineConfig(
  webAppConfig({
    base: '/',
    resolvers: [VantResolver()],
    plugins: [
      licenceNotices(['@vue/runtime-dom', 'vue-router', 'vant', '@vant/use', 'hls.js', 'uqr']),
      checkPage(),
      serviceWorker({ foreignPaths: ['/api/', '/enterprise', '/supervision', '/check', '/log/'] }),
    ],
  }),
);
