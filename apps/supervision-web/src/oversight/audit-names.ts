/** First parts of audit actions, for the search box. */
export const auditGroups = ['auth', 'people', 'accounts', 'courses', 'media', 'learning', 'hours', 'study', 'evidence', 'audit'] as const;
export type AuditGroup = (typeof auditGroups)[number];

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** What happened, in words; refused attempts carry the name of the permission that was missing. */
export const AUDIT_ACTION_NAMES: Readonly<Record<string, Words>> = {
  'auth.sign-in': { zh: '登录', en: 'Signed in' },
  'auth.sign-out': { zh: '退出', en: 'Signed out' },
  'auth.change-password': { zh: '修改密码', en: 'Changed the password' },
  'auth.totp-enrol': { zh: '绑定验证器', en: 'Enrolled a second factor' },
  'people.list': { zh: '查看人员列表', en: 'Listed people' },
  'people.read': { zh: '查看人员', en: 'Looked at a person' },
  'people.create': { zh: '登记人员', en: 'Registered a person' },
  'people.reveal': { zh: '查看完整姓名证号', en: 'Revealed name and number' },
  'people.reset-password': { zh: '重置学员密码', en: 'Reset a learner password' },
  'people.seed-demo': { zh: '写入演示数据', en: 'Wrote demo data' },
  'organisations.read': { zh: '查看单位', en: 'Looked at organisations' },
  'accounts.list': { zh: '查看账号列表', en: 'Listed accounts' },
  'accounts.read': { zh: '查看账号', en: 'Looked at accounts' },
  'accounts.manage': { zh: '管理账号', en: 'Managed accounts' },
  'accounts.create': { zh: '新建账号', en: 'Created an account' },
  'accounts.disable': { zh: '停用账号', en: 'Disabled an account' },
  'accounts.enable': { zh: '启用账号', en: 'Enabled an account' },
  'accounts.change-roles': { zh: '变更角色', en: 'Changed roles' },
  'accounts.reset-password': { zh: '重置账号密码', en: 'Reset an account password' },
  'accounts.reset-totp': { zh: '解除验证器', en: 'Removed a second factor' },
  'courses.create': { zh: '新建课程', en: 'Created a course' },
  'courses.read': { zh: '查看课程', en: 'Looked at courses' },
  'courses.write': { zh: '编辑课程', en: 'Edited a course' },
  'courses.start-version': { zh: '新建课程版本', en: 'Started a version' },
  'courses.add-lesson': { zh: '添加课时', en: 'Added a lesson' },
  'courses.change-lesson': { zh: '修改课时', en: 'Changed a lesson' },
  'courses.remove-lesson': { zh: '删除课时', en: 'Removed a lesson' },
  'courses.move-lesson': { zh: '调整课时顺序', en: 'Moved a lesson' },
  'courses.submit': { zh: '提交审核', en: 'Submitted a version' },
  'courses.review-body': { zh: '机构审核课程', en: 'Reviewed by the body' },
  'courses.review-platform': { zh: '平台审核课程', en: 'Reviewed by the platform' },
  'courses.withdraw': { zh: '撤下课程版本', en: 'Withdrew a version' },
  'media.start-upload': { zh: '开始上传', en: 'Started an upload' },
  'media.finish-upload': { zh: '完成上传', en: 'Finished an upload' },
  'media.refuse-upload': { zh: '拒收上传', en: 'Refused an upload' },
  'media.preview': { zh: '预览视频', en: 'Previewed a video' },
  'learning.assign': { zh: '安排培训', en: 'Assigned training' },
  'hours.read': { zh: '查看学时', en: 'Looked at hours' },
  'hours.export': { zh: '导出学时', en: 'Exported hours' },
  'study.watch': { zh: '查看实时学习', en: 'Watched live study' },
  'evidence.read': { zh: '查看学习证据', en: 'Read evidence' },
  'audit.read': { zh: '查询操作日志', en: 'Searched the audit log' },
  'audit.check': { zh: '核对日志链', en: 'Checked the audit chains' },
  'system.read': { zh: '查看系统状态', en: 'Looked at the system' },
};
