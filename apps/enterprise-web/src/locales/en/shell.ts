import type { SameTexts } from '@antu/web-kit';
import type { shell as zh } from '../zh-cn/shell.ts';

/** Words of the frame and words used on several pages, English. */
export const shell: SameTexts<typeof zh> = {
  app: { name: 'Antu for companies' },
  nav: { home: 'To do', people: 'People', cases: 'Study reviews', courses: 'Courses', exports: 'Hour exports' },
  missing: {
    title: 'There is no such page',
    text: 'The address may be wrong, or the content was moved.',
    home: 'Back to the start',
  },
  denied: {
    title: 'This is not open to you',
    text: 'Another role uses this page. Ask the manager of your organisation if you need it.',
  },
  words: {
    cancel: 'Cancel',
    close: 'Close',
    save: 'Save',
    download: 'Download',
    print: 'Print',
    more: 'Show more',
    optional: 'optional',
    hours: '{n} h',
    hoursOf: '{done} / {all} h',
    people: ({ n }) => (Number(n) === 1 ? '1 person' : `${n} people`),
    none: 'none',
    busy: 'Working',
    back: 'Back',
    listJoin: ', ',
  },
  scheme: { 'road-transport': 'Road transport', 'work-safety': 'Work safety', 'driver-licence': 'Driving school' },
  device: { phone: 'Phone', tablet: 'Tablet', computer: 'Computer' },
};
