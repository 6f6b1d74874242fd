import { ElementPlusResolver } from 'unplugin-vue-components/resolvers';
import { defineConfig } from 'vite';
import { webAppConfig } from '@antu/web-kit/vite/web-app-config';

export default defineConfig(
  webAppConfig({ base: '/supervision/', resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
);
