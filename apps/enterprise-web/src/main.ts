import { createApp } from 'vue';
import '@antu/web-kit/tokens.css';
import '@antu/web-kit/base.css';
import '@antu/web-kit/theme-element.css';
import './styles/pieces.css';
import App from './App.vue';
import { router } from './router.ts';

createApp(App).use(router).mount('#app');
