import { type Permission, permissionRule } from '@antu/contract';
import { useSession } from '@antu/web-kit';
import { computed, type ComputedRef } from 'vue';

/** Who works here and what they may do. */
export interface OwnOrganisation {
  id: ComputedRef<string>;
  name: ComputedRef<string>;
  /** Training bodies and schools have students, companies have employees. */
  teaches: ComputedRef<boolean>;
  may: (permission: Permission) => boolean;
}

/** The organisation of the signed-in account; pages inside the frame always have one. */
export function useOwnOrganisation(): OwnOrganisation {
  const session = useSession();
  const organisation = computed(() => session.me.value?.organisation ?? null);
  return {
    id: computed(() => organisation.value?.id ?? ''),
    name: computed(() => organisation.value?.name ?? ''),
    teaches: computed(() => organisation.value?.type !== 'enterprise'),
    may: (permission) => permissionRule(permission).roles.some((role) => session.roles.value.includes(role)),
  };
}
