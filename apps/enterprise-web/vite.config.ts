import { ElementPlusResolver } from 'unplugin-vue-components/resolvers';
import { defineConfig } from 'vite';
import { webAppConfig } from '@antu/web-kit/vite/web-app-config';

export default defineConfig(
  webAppConfig({ base: '/enterprise/', resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
);
