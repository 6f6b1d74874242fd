/// <reference types="vite/client" />

declare module 'virtual:licences' {
  /** Packages of others that are in the built app. */
  const licences: readonly { name: string; version: string; licence: string }[];
  export default licences;
}

/** The build without what lessons do not use has no types of its own. */
declare module 'hls.js/light' {
  export { default } from 'hls.js';
}
