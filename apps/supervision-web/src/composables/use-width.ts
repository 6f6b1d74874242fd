import { onBeforeUnmount, onMounted, type Ref, ref } from 'vue';

/** Width of the plot on one A4 page in CSS px; the screen's width is no guide for the printer. */
const PRINTED_WIDTH_PX = 560;

/** Width of an element in px, kept true when it changes and while printing. */
export function useWidth(element: Ref<HTMLElement | undefined>, initial = 800): Ref<number> {
  const width = ref(initial);
  let printing = false;
  const measure = () => {
    if (printing) width.value = PRINTED_WIDTH_PX;
    else if (element.value && element.value.clientWidth > 0) width.value = element.value.clientWidth;
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
    measure();
    if (element.value) observer.observe(element.value);
    addEventListener('beforeprint', startPrint);
    addEventListener('afterprint', endPrint);
  });
  onBeforeUnmount(() => {
    observer.disconnect();
    removeEventListener('beforeprint', startPrint);
    removeEventListener('afterprint', endPrint);
  });
  return width;
}
