export { PERMISSION_NAMES, PERMISSIONS, type Permission, type PermissionScope, permissionRule } from '@antu/domain';
