import type { SameTexts } from '@antu/web-kit';
import type { zhLicence } from './zh-cn-licence.ts';

/** Words of the holder's qualification licences. */
export const enLicence: SameTexts<typeof zhLicence> = {
  title: 'Qualification licences',
  back: 'Back to me',
  none: 'No licence yet',
  noneText: 'Pass the exam and apply to the authority: the licence will be here.',
  name: 'Road transport qualification',
  holder: 'Name',
  category: 'Category',
  until: 'Valid until',
  number: 'Number',
  first: 'First issued',
  authority: 'Issued by',
  renew: 'Renewal',
  renewBy: 'before {day}',
  status: {
    '10': 'Valid',
    '02': 'Expired',
    '03': 'Cancelled',
    '04': 'Withdrawn',
    '05': 'Revoked',
    '09': 'Not valid',
  },
  suspended: 'Suspended',
  show: 'Show the code',
  cardOfBefore: 'Your paper or IC card stays good until it expires: carry it. After a renewal you can show it here.',
  close: 'Close',
  qr: 'Code of the licence',
  loading: 'Fetching the code…',
  readOut: 'If it cannot be scanned, read these 20 out',
  left: 'New code in {n} s',
  askRenewal: 'Ask for renewal',
  askRenewalAsk: 'Ask the authority to renew it?',
  waiting: 'A request was made. The authority decides.',
  due: {
    renewable: 'Expires on {day}. It can be renewed now.',
    'renew-late': 'Expires on {day}. Ask for renewal soon.',
    expired: 'Expired on {day}: you may not drive for hire. It will be cancelled on {lapses}. Ask for renewal now.',
  },
};
