import type { PageEvent } from './sitting-transport.ts';

export interface PageWatch {
  /** Something that the invigilator is told. */
  onEvent: (kind: PageEvent) => void;
  /** The network may be back. */
  onOnline: () => void;
  /** Another page of this browser has opened the sitting. */
  onOtherPage: () => void;
}

/** Keys that print or save a page, with Ctrl or the command key. */
const PAPER_KEYS: ReadonlySet<string> = new Set(['p', 's']);

/**
 * Notices what happens to the page of a sitting: left, come back, copied, printed; keeps copies and prints from happening.
 * @returns stops watching
 */
export function watchPage(sittingId: string, { onEvent, onOnline, onOtherPage }: PageWatch): () => void {
  const abort = new AbortController();
  const { signal } = abort;
  const refuse = (kind: PageEvent) => (event: Event) => {
    event.preventDefault();
    onEvent(kind);
  };
  let away = document.visibilityState === 'hidden';
  const onVisibility = () => {
    const hidden = document.visibilityState === 'hidden';
    if (hidden !== away) onEvent(hidden ? 'left' : 'back');
    away = hidden;
    if (!hidden) onOnline();
  };
  document.addEventListener('visibilitychange', onVisibility, { signal });
  document.addEventListener('copy', refuse('copy'), { signal });
  document.addEventListener('cut', refuse('copy'), { signal });
  document.addEventListener('paste', refuse('paste'), { signal });
  document.addEventListener(
    'keydown',
    (event) => {
      if ((event.ctrlKey || event.metaKey) && PAPER_KEYS.has(event.key.toLowerCase())) refuse('print')(event);
    },
    { signal },
  );
  addEventListener('beforeprint', () => onEvent('print'), { signal });
  addEventListener('online', onOnline, { signal });

  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`antu.sitting.${sittingId}`);
  channel?.addEventListener('message', onOtherPage);
  // A channel has no origin to name: it never leaves this one.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  channel?.postMessage('here');
  return () => {
    abort.abort();
    channel?.close();
  };
}
