import { defineErrors } from './define-errors.ts';

/** Errors that any route can answer. */
export const platformErrors = defineErrors({
  'platform.bad_input': { status: 400, zh: '提交的内容有误：{summary}', en: 'The input is not valid: {summary}' },
  'platform.body_unreadable': { status: 400, zh: '无法读取提交的内容。', en: 'The request body cannot be read.' },
  'platform.not_signed_in': { status: 401, zh: '请先登录。', en: 'Please sign in first.' },
  'platform.csrf_mismatch': {
    status: 403,
    zh: '页面已过期，请刷新后重试。',
    en: 'This page is out of date. Reload it and try again.',
  },
  'platform.not_allowed': { status: 403, zh: '您没有权限进行此操作。', en: 'You are not allowed to do this.' },
  'platform.not_found': { status: 404, zh: '没有找到您要的内容。', en: 'Nothing was found here.' },
  'platform.method_not_allowed': {
    status: 405,
    zh: '此地址不支持该操作。',
    en: 'This address does not support the method.',
  },
  'platform.conflict': {
    status: 409,
    zh: '内容已被他人修改或重复提交，请刷新后重试。',
    en: 'Somebody changed this in the meantime, or it was sent twice. Reload and try again.',
  },
  'platform.too_large': { status: 413, zh: '提交的内容过大。', en: 'The request body is too large.' },
  'platform.media_type': { status: 415, zh: '不支持的内容类型。', en: 'This content type is not supported.' },
  'platform.range_not_satisfiable': {
    status: 416,
    zh: '请求的范围超出文件长度。',
    en: 'The range lies beyond the file.',
  },
  'platform.too_many_requests': {
    status: 429,
    zh: '操作过于频繁，请稍后再试。',
    en: 'Too many requests. Try again later.',
  },
  'platform.internal': {
    status: 500,
    zh: '系统出现故障，请稍后再试；如需帮助，请提供编号 {requestId}。',
    en: 'Something went wrong on our side. Try again later, or quote number {requestId} when asking for help.',
  },
  'platform.not_ready': {
    status: 503,
    zh: '系统正在启动或维护，请稍后再试。',
    en: 'The system is starting or under maintenance.',
  },
});
