import { type Ref, ref, watch } from 'vue';
import type { SubtitleChoice } from '../../../player/subtitle-choice.ts';

/**
 * Lines of the subtitles at this moment, to be drawn by ourselves: they follow the text size and stay above the
 * controls, which the browser's own do not.
 */
export function useCues(
  video: Readonly<Ref<HTMLVideoElement | null>>,
  choice: Ref<SubtitleChoice>,
  tracks: () => readonly { language: string }[],
): Ref<string[]> {
  const lines = ref<string[]>([]);
  watch(
    [video, choice, tracks],
    ([element, wanted], _before, onCleanup) => {
      lines.value = [];
      if (!element) return;
      const list = [...element.textTracks];
      for (const track of list) track.mode = track.language === wanted ? 'hidden' : 'disabled';
      const track = list.find((one) => one.language === wanted);
      if (!track) return;
      const draw = () => {
        lines.value = [...(track.activeCues ?? [])].flatMap((cue) =>
          'text' in cue && typeof cue.text === 'string' ? cue.text.replace(/<[^>]*>/g, '').split('\n') : [],
        );
      };
      // An iPhone in full screen shows its own player only: there the browser draws.
      const enter = () => {
        track.mode = 'showing';
      };
      const leave = () => {
        track.mode = 'hidden';
      };
      track.addEventListener('cuechange', draw);
      element.addEventListener('webkitbeginfullscreen', enter);
      element.addEventListener('webkitendfullscreen', leave);
      draw();
      onCleanup(() => {
        track.removeEventListener('cuechange', draw);
        element.removeEventListener('webkitbeginfullscreen', enter);
        element.removeEventListener('webkitendfullscreen', leave);
      });
    },
    { immediate: true, flush: 'post' },
  );
  return lines;
}
