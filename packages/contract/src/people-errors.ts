import { defineErrors } from './define-errors.ts';

/** Refusals of signing in, people, accounts and the audit log. */
export const peopleErrors = defineErrors({
  'auth.wrong_credentials': {
    status: 401,
    zh: '账号或密码不正确。',
    en: 'The login or the password is not right.',
  },
  'auth.wrong_credentials_last_tries': {
    status: 401,
    zh: '账号或密码不正确。再错 {triesLeft} 次，该账号将锁定 {lockMinutes} 分钟。',
    en: 'The login or the password is not right. After {triesLeft} more wrong tries the account is locked for {lockMinutes} minutes.',
  },
  'auth.locked': {
    status: 423,
    zh: '连续输错次数过多，账号已锁定，{until} 之后可以再试。',
    en: 'Too many wrong tries. The account is locked until {until}.',
  },
  'auth.disabled': {
    status: 403,
    zh: '该账号已停用，请联系管理员。',
    en: 'This account is disabled. Contact your administrator.',
  },
  'auth.too_busy': {
    status: 503,
    zh: '登录的人较多，请稍候几秒再试。',
    en: 'Many people are signing in. Please try again in a few seconds.',
  },
  'auth.step_missing': {
    status: 401,
    zh: '登录已超时，请重新输入账号和密码。',
    en: 'Signing in took too long. Enter login and password again.',
  },
  'auth.totp_wrong': { status: 401, zh: '动态验证码不正确。', en: 'The code is not right.' },
  'auth.totp_used': {
    status: 401,
    zh: '该动态验证码已使用过，请等待下一个。',
    en: 'This code was used already. Wait for the next one.',
  },
  'auth.password_refused': {
    status: 422,
    zh: '新密码不符合要求：{reasons}',
    en: 'The new password is not accepted: {problems}',
  },
  'auth.current_password_wrong': { status: 403, zh: '原密码不正确。', en: 'The current password is not right.' },
  'people.id_number_invalid': {
    status: 422,
    zh: '身份证号不正确：{reason}',
    en: 'The ID number is not valid: {problem}',
  },
  'people.name_differs': {
    status: 409,
    zh: '该身份证号已登记，但姓名不一致，请核对。',
    en: 'This ID number is registered with another name. Please check.',
  },
  'people.already_on_roster': {
    status: 409,
    zh: '该人员已在本单位名册中。',
    en: 'This person is on the roster already.',
  },
  'people.not_found': { status: 404, zh: '没有找到该人员。', en: 'No such person.' },
  'people.organisation_not_found': { status: 404, zh: '没有找到该单位。', en: 'No such organisation.' },
  'people.uscc_invalid': {
    status: 422,
    zh: '统一社会信用代码不正确，请核对每一位。',
    en: 'The unified social credit code is not valid. Check every character.',
  },
  'people.uscc_taken': {
    status: 409,
    zh: '该统一社会信用代码已登记。',
    en: 'An organisation with this credit code is registered already.',
  },
  'people.region_not_found': { status: 404, zh: '没有找到该行政区划。', en: 'No such region.' },
  'people.no_account': { status: 409, zh: '该人员没有登录账号。', en: 'This person has no account.' },
  'people.account_not_found': { status: 404, zh: '没有找到该账号。', en: 'No such account.' },
  'people.login_taken': { status: 409, zh: '该用户名已被使用。', en: 'This user name is taken.' },
  'people.role_conflict': {
    status: 422,
    zh: '系统、安全、审计管理员须由不同账号担任，且不得兼任其他角色。',
    en: 'System, security and audit operators must be separate accounts without any other role.',
  },
  'people.role_misplaced': {
    status: 422,
    zh: '该类单位不能设置此角色，或角色级别与单位所在行政区划不符。',
    en: 'This role cannot be held in an organisation of this type or level.',
  },
  'people.own_account': { status: 409, zh: '不能停用或调整自己的账号。', en: 'You cannot change your own account.' },
  'people.bad_cursor': { status: 400, zh: '翻页位置无效，请从第一页重新开始。', en: 'The page position is not valid.' },
});
