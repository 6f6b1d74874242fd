import type { OrganisationType } from '@antu/contract';
import { organisationCodeCheckCharacter, usccCheckCharacter } from '@antu/domain';
import { createHash } from 'node:crypto';

/** A UUID that is always the same for a name, so that demo data can be written twice and referred to by others. */
export function demoId(name: string): string {
  const hex = createHash('sha256').update(`antu-demo/${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

interface DemoOrganisation {
  readonly id: string;
  readonly name: string;
  readonly type: OrganisationType;
  readonly regionCode: string;
  readonly uscc: string;
}

/** Division code 449999 is not assigned: a credit code with right check characters that no registry has given out. */
function demoUscc(prefix: '91' | '11', serial: number): string {
  const first8 = `MADEMO${serial}`.replaceAll('O', '0').padEnd(8, '0').slice(0, 8);
  const first17 = `${prefix}449999${first8}${organisationCodeCheckCharacter(first8)}`;
  return first17 + usccCheckCharacter(first17);
}

const organisation = (
  key: string,
  name: string,
  type: OrganisationType,
  regionCode: string,
  serial: number,
): DemoOrganisation => ({
  id: demoId(`organisation/${key}`),
  name,
  type,
  regionCode,
  uscc: demoUscc(type === 'authority' ? '11' : '91', serial),
});

/** Invented organisations of the demo. */
export const DEMO_ORGANISATIONS = {
  province: organisation('province', '广东省道路运输安全监管中心（演示）', 'authority', '440000', 10),
  guangzhou: organisation('guangzhou', '广州市道路运输安全监管所（演示）', 'authority', '440100', 11),
  yuexiu: organisation('yuexiu', '越秀区道路运输安全监管站（演示）', 'authority', '440104', 12),
  shenzhen: organisation('shenzhen', '深圳市道路运输安全监管所（演示）', 'authority', '440300', 13),
  linglan: organisation('linglan', '广州岭澜客运有限公司', 'enterprise', '440104', 20),
  pengtu: organisation('pengtu', '深圳鹏途澜货运有限公司', 'enterprise', '440305', 21),
  hecheng: organisation('hecheng', '佛山禾澄精细化工有限公司', 'enterprise', '440604', 22),
  lingxue: organisation('lingxue', '广州岭学安全培训有限公司', 'training-body', '440104', 30),
  shundao: organisation('shundao', '东莞顺澜道机动车驾驶培训有限公司', 'driving-school', '441900', 31),
  platform: organisation('platform', '粤安澜网络培训平台有限公司', 'online-platform', '440106', 32),
} as const;

export type DemoOrganisationKey = keyof typeof DEMO_ORGANISATIONS;
