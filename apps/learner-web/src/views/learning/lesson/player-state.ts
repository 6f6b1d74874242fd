import type { InjectionKey, ShallowRef } from 'vue';
import type { Grade } from '../../../player/grades.ts';

/** What the parts of the page need of the running player. */
export interface PlayerState {
  setGrade(grade: Grade): void;
  /** End of what is loaded at the present position, ms. */
  bufferedToMs(): number;
}

export const playerKey: InjectionKey<ShallowRef<PlayerState | null>> = Symbol('player');
