import { createApp } from 'vue';
import '@antu/web-kit/tokens.css';
import '@antu/web-kit/base.css';
import '@antu/web-kit/theme-vant.css';
import { useTextSize } from '@antu/web-kit';
import App from './App.vue';
import { router } from './router.ts';
import { watchInstallOffer } from './shell/install.ts';
import { askHomeEarly } from './views/learning/home/home-data.ts';

// The size of text chosen last time holds from the first page on, whichever that is.
useTextSize();
watchInstallOffer();
// In turns, so that a slow phone can answer a touch between: what the home shows is asked for, the router asks who is
// signed in, then the frame is drawn.
const app = createApp(App);
const turns = [() => location.pathname === '/' && askHomeEarly(), () => app.use(router), () => app.mount('#app')];
const takeTurn = (): void => {
  turns.shift()?.();
  if (turns.length > 0) setTimeout(takeTurn);
};
setTimeout(takeTurn);

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  // After the first screen: installing the worker must not compete with it on a slow line.
  window.addEventListener('load', () => void navigator.serviceWorker.register('/sw.js'));
}
