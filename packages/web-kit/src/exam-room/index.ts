export { default as ExamBoard } from './exam-board.vue';
export { default as AttendanceSheet } from './parts/attendance-sheet.vue';
export { useRoomWords } from './use-room-words.ts';
