/// <reference types="vite/client" />

/** The build without what lessons do not use has no types of its own. */
declare module 'hls.js/light' {
  export { default } from 'hls.js';
}
