import { ref, type Ref } from 'vue';
import { recall, remember } from './storage.ts';

export const TEXT_SIZES = ['standard', 'large', 'largest'] as const;
export type TextSize = (typeof TEXT_SIZES)[number];
const KEY = 'antu.textSize';

const isTextSize = (value: string | null): value is TextSize => TEXT_SIZES.some((size) => size === value);
const remembered = recall(KEY);
const textSize: Ref<TextSize> = ref(isTextSize(remembered) ? remembered : 'standard');

function apply(size: TextSize): void {
  if (typeof document !== 'undefined') document.documentElement.dataset['textSize'] = size;
}
apply(textSize.value);

/** 字号 (标准, 大, 特大), shared by the whole app and remembered on this device. */
export function useTextSize(): {
  textSize: Ref<TextSize>;
  setTextSize: (size: TextSize) => void;
  nextTextSize: () => void;
} {
  const setTextSize = (size: TextSize) => {
    textSize.value = size;
    remember(KEY, size);
    apply(size);
  };
  const nextTextSize = () => {
    const at = TEXT_SIZES.indexOf(textSize.value);
    setTextSize(TEXT_SIZES[(at + 1) % TEXT_SIZES.length] ?? 'standard');
  };
  return { textSize, setTextSize, nextTextSize };
}
