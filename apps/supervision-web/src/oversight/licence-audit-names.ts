/** What happens to qualification licences, in words; refused attempts carry the name of the permission that was missing. */
export const LICENCE_ACTION_NAMES: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  'licences.list': { zh: '查看从业资格证列表', en: 'Listed licences' },
  'licences.read': { zh: '查看从业资格证', en: 'Looked at a licence' },
  'licences.request': { zh: '提交证件申请', en: 'Filed a licence request' },
  'licences.requests-list': { zh: '查看证件申请', en: 'Listed licence requests' },
  'licences.decide': { zh: '办理证件申请', en: 'Decided a licence request' },
  'licences.carry-over': { zh: '登记纸质证和 IC 卡', en: 'Carried paper and IC cards over' },
  'licences.cancel-lapsed': { zh: '逾期注销从业资格证', en: 'Cancelled a lapsed licence' },
  'licences.scan': { zh: '扫码查验从业资格证', en: 'Scanned a licence' },
  'licences.photo': { zh: '查看持证人照片', en: 'Looked at a holder’s photo' },
  'licences.own': { zh: '使用本人从业资格证', en: 'Used an own licence' },
  'licences.show': { zh: '亮证', en: 'Showed an own licence' },
  'licences.seed-demo': { zh: '写入演示数据', en: 'Wrote demo data' },
};
