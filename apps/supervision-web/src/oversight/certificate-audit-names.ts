/** What happens to training certificates, in words; refused attempts carry the name of the permission that was missing. */
export const CERTIFICATE_ACTION_NAMES: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  'certificates.list': { zh: '查看培训证明列表', en: 'Listed certificates' },
  'certificates.read': { zh: '查看培训证明', en: 'Looked at a certificate' },
  'certificates.candidates-list': { zh: '查看可出具证明的学员', en: 'Listed learners for certificates' },
  'certificates.issue': { zh: '出具培训证明', en: 'Issued a certificate' },
  'certificates.replace': { zh: '补发或更正培训证明', en: 'Replaced a certificate' },
  'certificates.revoke': { zh: '撤销培训证明', en: 'Revoked a certificate' },
  'certificates.own': { zh: '使用本人培训证明', en: 'Used an own certificate' },
};
