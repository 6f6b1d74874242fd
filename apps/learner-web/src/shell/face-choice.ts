import { recall, remember } from '@antu/web-kit';
import { type Ref, ref } from 'vue';

const KEY = 'antu.noFace';
const without = ref(recall(KEY) === 'yes');

/** Who chose the ways without a face is not reminded of enrolling one, on this device. */
export function useFaceChoice(): { without: Ref<boolean>; choose: (withoutFace: boolean) => void } {
  const choose = (withoutFace: boolean) => {
    without.value = withoutFace;
    remember(KEY, withoutFace ? 'yes' : null);
  };
  return { without, choose };
}
