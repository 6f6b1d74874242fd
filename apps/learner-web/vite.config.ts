import { VantResolver } from 'unplugin-vue-components/resolvers';
import { defineConfig } from 'vite';
import { serviceWorker } from '@antu/web-kit/vite/service-worker';
import { webAppConfig } from '@antu/web-kit/vite/web-app-config';

export default defineConfig(
  webAppConfig({
    base: '/',
    resolvers: [VantResolver()],
    plugins: [serviceWorker({ foreignPaths: ['/api/', '/enterprise', '/supervision'] })],
  }),
);
