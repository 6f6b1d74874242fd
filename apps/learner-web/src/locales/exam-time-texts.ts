import { defineTexts } from '@antu/web-kit/composables/use-locale.ts';

/** When exams are and how long they take; apart, because the home page needs no more of the exam texts. */
export const useExamTimeTexts = defineTexts(
  {
    weekdays: '日一二三四五六',
    span: {
      day: '{month} 月 {date} 日 周{weekday} {from}–{to}',
      days: '{month} 月 {date} 日 {from} 到 {month2} 月 {date2} 日 {to}',
    },
    minutes: '{n} 分钟',
    seconds: '{n} 秒',
    hours: '{h} 小时 {m} 分钟',
    hoursOnly: '{h} 小时',
    home: {
      today: '今天考试',
      booked: '已预约考试',
      bookable: '可以预约',
      running: '考试正在进行',
    },
  },
  {
    weekdays: 'Sun,Mon,Tue,Wed,Thu,Fri,Sat',
    span: { day: '{weekday} {date} {month} {from}–{to}', days: '{date} {month} {from} to {date2} {month2} {to}' },
    minutes: '{n} min',
    seconds: '{n} s',
    hours: '{h} h {m} min',
    hoursOnly: '{h} h',
    home: {
      today: 'Exam today',
      booked: 'Exam booked',
      bookable: 'You may book',
      running: 'Exam going on',
    },
  },
);
