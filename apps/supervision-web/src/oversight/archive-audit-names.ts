/** What happens around recognition and the archive, in words; refused attempts carry the name of the missing permission. */
export const ARCHIVE_ACTION_NAMES: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  'recognition.own': { zh: '查看本人学时互认', en: 'Looked at what own hours count for' },
  'recognition.read': { zh: '查看学时互认', en: 'Looked at what hours count for' },
  'recognition.claim': { zh: '申领培训补贴', en: 'Claimed a training subsidy' },
  'archive.own': { zh: '查看本人培训档案', en: 'Looked at the own training archive' },
  'archive.read': { zh: '查看培训档案', en: 'Looked at a training archive' },
  'archive.note': { zh: '在档案旁写更正说明', en: 'Put a correction beside an archive entry' },
};
