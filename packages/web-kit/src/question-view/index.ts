export { default as QuestionMedia } from './question-media.vue';
export { default as QuestionPreview } from './question-preview.vue';
