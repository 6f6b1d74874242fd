import { createApp } from 'vue';
import '@antu/web-kit/tokens.css';
import '@antu/web-kit/base.css';
import '@antu/web-kit/theme-vant.css';
import { useTextSize } from '@antu/web-kit';
import App from './App.vue';
import { router } from './router.ts';
import { watchInstallOffer } from './shell/install.ts';

// The size of text chosen last time holds from the first page on, whichever that is.
useTextSize();
watchInstallOffer();
// The router asks at once who is signed in; drawing waits for the next turn, so that a slow phone can answer a touch between.
const app = createApp(App).use(router);
setTimeout(() => app.mount('#app'));

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  // After the first screen: installing the worker must not compete with it on a slow line.
  window.addEventListener('load', () => void navigator.serviceWorker.register('/sw.js'));
}
