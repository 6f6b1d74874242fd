export { default as StatisticsPage } from './statistics-page.vue';
