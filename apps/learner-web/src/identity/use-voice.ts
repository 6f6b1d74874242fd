import { recall, remember } from '@antu/web-kit';
import { onScopeDispose, type Ref, ref } from 'vue';

const KEY = 'antu.checkVoice';

/** Reads instructions aloud where the device can, with a switch that it remembers. On unless switched off. */
export function useVoice(language: () => string): {
  can: boolean;
  on: Ref<boolean>;
  toggle: () => void;
  say: (words: string) => void;
} {
  const voice = 'speechSynthesis' in globalThis ? globalThis.speechSynthesis : null;
  const on = ref(recall(KEY) !== 'off');
  const toggle = () => {
    on.value = !on.value;
    remember(KEY, on.value ? null : 'off');
    if (!on.value) voice?.cancel();
  };
  const say = (words: string) => {
    if (!voice || !on.value) return;
    // What was said before is over; a prompt must not wait for it.
    voice.cancel();
    const said = new SpeechSynthesisUtterance(words);
    said.lang = language();
    voice.speak(said);
  };
  onScopeDispose(() => voice?.cancel());
  return { can: voice !== null, on, toggle, say };
}
