/** Words of every page: frame, navigation, codes. */
export const app = { name: '安途 管理端' } as const;
export const nav = {
  live: '实时',
  people: '人员',
  rules: '规则',
  audit: '操作日志',
  accounts: '账号',
  health: '系统状态',
  cases: '学习核查',
  exams: '考试',
  licences: '从业资格证',
  reviews: '审核',
  foot: '查看他人资料均有记录',
  noRole: '这个账号没有管理端的权限',
  noRoleText: '请从您自己的入口登录，或联系安全管理员开通。',
  learnerApp: '去学员端',
  enterpriseApp: '去企业端',
} as const;
export const common = {
  comma: '，',
  listJoin: '、',
  crumbs: '所在位置',
  monthDay: '{month} 月 {day} 日',
  fromTo: '{from} 至 {to}',
  asTable: '看表格',
  asPicture: '看图',
  all: '全部',
  more: '再看一些',
  shown: '已显示 {shown} 条，共 {total} 条',
  back: '返回',
  save: '保存',
  none: '无',
  search: '查找',
  reset: '清除条件',
  people: '{n} 人',
  hours: '学时',
} as const;
export const scheme = {
  'road-transport': '道路运输',
  'work-safety': '安全生产',
  'driver-licence': '驾驶培训',
} as const;
export const device = { phone: '手机', tablet: '平板', computer: '电脑' } as const;
