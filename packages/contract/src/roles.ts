import { ORGANISATION_TYPES, type OrganisationType, ROLES, type Role } from '@antu/domain';
import { z } from 'zod';

export { ORGANISATION_TYPES, ROLES };
export type { OrganisationType, Role };

export const roleSchema = z.enum(ROLES);
export const organisationTypeSchema = z.enum(ORGANISATION_TYPES);

interface Names {
  readonly zh: string;
  readonly en: string;
}

/** The one place where roles get the names people read. */
export const ROLE_NAMES: Readonly<Record<Role, Names>> = {
  learner: { zh: '学员', en: 'Learner' },
  'enterprise-manager': { zh: '企业管理员', en: 'Enterprise manager' },
  'body-manager': { zh: '培训机构管理员', en: 'Training-body manager' },
  teacher: { zh: '教师', en: 'Teacher' },
  'officer-county': { zh: '县（区）监管人员', en: 'County officer' },
  'officer-city': { zh: '市级监管人员', en: 'City officer' },
  'officer-province': { zh: '省级监管人员', en: 'Provincial officer' },
  'platform-reviewer': { zh: '平台课程审核员', en: 'Course reviewer' },
  'system-operator': { zh: '系统管理员', en: 'System operator' },
  'security-operator': { zh: '安全管理员', en: 'Security operator' },
  'audit-operator': { zh: '审计管理员', en: 'Audit operator' },
};

export const ORGANISATION_TYPE_NAMES: Readonly<Record<OrganisationType, Names>> = {
  authority: { zh: '主管部门', en: 'Authority' },
  enterprise: { zh: '企业', en: 'Enterprise' },
  'training-body': { zh: '培训机构', en: 'Training body' },
  'driving-school': { zh: '驾培机构', en: 'Driving school' },
  'online-platform': { zh: '网络培训平台', en: 'Online platform' },
};
