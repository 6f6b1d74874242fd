export { isPrintedName } from './printed-name.ts';
