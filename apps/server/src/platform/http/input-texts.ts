import { z } from 'zod';

type RawIssue = Parameters<NonNullable<z.core.$ZodConfig['customError']>>[0];

const formats: Readonly<Record<string, string>> = {
  date: '应为日期，例如 2026-01-31',
  datetime: '应为日期和时间',
  uuid: '编号格式不正确',
  email: '邮箱格式不正确',
  url: '网址格式不正确',
  regex: '格式不正确',
};

const kinds: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: '是或否',
  array: '列表',
  object: '一组内容',
  date: '日期',
};

/** Words for bad input that a driver understands; whatever is not here keeps zod's own Chinese text. */
function sayWhatIsWrong(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined || issue.input === null) return '必须填写';
      return `应为${kinds[issue.expected] ?? issue.expected}`;
    case 'too_small':
      if (issue.origin === 'string') return issue.minimum === 1 ? '必须填写' : `至少 ${issue.minimum} 个字符`;
      if (issue.origin === 'array') return `至少 ${issue.minimum} 项`;
      return issue.inclusive ? `不能小于 ${issue.minimum}` : `必须大于 ${issue.minimum}`;
    case 'too_big':
      if (issue.origin === 'string') return `最多 ${issue.maximum} 个字符`;
      if (issue.origin === 'array') return `最多 ${issue.maximum} 项`;
      return issue.inclusive ? `不能大于 ${issue.maximum}` : `必须小于 ${issue.maximum}`;
    case 'invalid_format':
      return formats[issue.format] ?? '格式不正确';
    case 'invalid_value':
      return `只能是：${issue.values.map(String).join('、')}`;
    case 'unrecognized_keys':
      return `有不认识的内容：${issue.keys.join('、')}`;
    default:
      return undefined;
  }
}

/** Makes zod speak Chinese in this process. Messages that a schema brings itself stay. */
export function speakChinese(): void {
  z.config({ ...z.locales.zhCN(), customError: sayWhatIsWrong });
}
