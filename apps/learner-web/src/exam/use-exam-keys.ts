import { onScopeDispose } from 'vue';

export interface ExamKeys {
  next: () => void;
  previous: () => void;
  /** Whether keys mean the question now: nothing stands in front of it. */
  allowed: () => boolean;
}

/** Letters choose, arrows to the side change the question, up and down move inside it as browsers do. */
export function useExamKeys({ next, previous, allowed }: ExamKeys): void {
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !allowed()) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest('input[type="text"], textarea, select, dialog, video')) return;
    if (event.key === 'ArrowRight') next();
    else if (event.key === 'ArrowLeft') previous();
    else if (!/^[a-h]$/i.test(event.key) || event.repeat || !choose(event.key.toUpperCase(), target)) return;
    event.preventDefault();
  };
  document.addEventListener('keydown', onKey);
  onScopeDispose(() => document.removeEventListener('keydown', onKey));
}

/** Operates the real control; in a case the letters mean the question that has the focus. */
function choose(key: string, target: Element | null): boolean {
  const groups = document.querySelectorAll('fieldset.ask');
  const group = target?.closest('fieldset.ask') ?? (groups.length === 1 ? groups[0] : null);
  const input = group?.querySelector<HTMLInputElement>(`[data-key="${key}"] input:not(:disabled)`);
  if (!input) return false;
  input.click();
  input.focus({ preventScroll: true });
  return true;
}
