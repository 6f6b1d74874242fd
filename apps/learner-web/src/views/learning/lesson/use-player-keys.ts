import { onScopeDispose } from 'vue';

export interface PlayerKeys {
  toggle: () => void;
  fullscreen: () => void;
  subtitles: () => void;
  /** Moves by so many ms. */
  by: (ms: number) => void;
}

const STEP_MS = 10_000;

/** Space or k plays and pauses, f full screen, c subtitles, arrows 10 s; left alone where a key has a meaning of its own. */
export function usePlayerKeys(keys: PlayerKeys): void {
  const actions: Readonly<Record<string, () => void>> = {
    ' ': keys.toggle,
    k: keys.toggle,
    f: keys.fullscreen,
    c: keys.subtitles,
    ArrowLeft: () => keys.by(-STEP_MS),
    ArrowRight: () => keys.by(STEP_MS),
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest('input, textarea, select, dialog')) return;
    if (event.key === ' ' && target?.closest('button, a')) return;
    const act = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  document.addEventListener('keydown', onKey);
  onScopeDispose(() => document.removeEventListener('keydown', onKey));
}
