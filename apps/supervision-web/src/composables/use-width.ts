import { useTextSize } from '@antu/web-kit';
import { onBeforeUnmount, onMounted, type Ref, ref, watch } from 'vue';

const STANDARD_ROOT_PX = 16;

/**
 * Width of an element in px at the standard text size: larger words leave room for fewer of them, and paper is not the
 * screen. Kept true when the element, the text size or the medium changes.
 * @param printedPx width of the element on paper, measured like all widths here at the standard text size
 */
export function useWidth(element: Ref<HTMLElement | undefined>, printedPx: () => number, initial = 800): Ref<number> {
  const width = ref(initial);
  const { textSize } = useTextSize();
  let printing = false;
  const measure = () => {
    if (printing) {
      width.value = printedPx();
      return;
    }
    const rootPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const found = element.value?.clientWidth ?? 0;
    if (found > 0) width.value = (found * STANDARD_ROOT_PX) / rootPx;
  };
  const observer = new ResizeObserver(measure);
  const startPrint = () => {
    printing = true;
    measure();
  };
  const endPrint = () => {
    printing = false;
    measure();
  };
  onMounted(() => {
    addEventListener('beforeprint', startPrint);
    addEventListener('afterprint', endPrint);
  });
  watch(
    element,
    (now, before) => {
      if (before) observer.unobserve(before);
      if (now) observer.observe(now);
    },
    { flush: 'post', immediate: true },
  );
  watch(textSize, measure, { flush: 'post' });
  onBeforeUnmount(() => {
    observer.disconnect();
    removeEventListener('beforeprint', startPrint);
    removeEventListener('afterprint', endPrint);
  });
  return width;
}
