import {
  applyBeat,
  applyIdentityMove,
  type Activity,
  type Beat,
  type Draw,
  type EndReason,
  type IdentityMove,
  moveDue,
  noteDelivered,
  openSession,
  type OpenedFact,
  type SessionState,
  type StudyLimits,
} from '@antu/domain';

/** Something that happens while a lesson plays, at so many seconds after opening. */
export type Incident = { readonly atSeconds: number } & (
  | { readonly kind: 'pause' | 'hide' | 'stall' | 'lose-network'; readonly seconds: number }
  | { readonly kind: 'seek-ahead'; readonly toMediaSeconds: number }
  /** The learner walks away and the picture goes on. */
  | { readonly kind: 'walk-away' }
  /** Somebody opens the lesson on another device, or the learner goes. */
  | { readonly kind: 'take-over' | 'leave' | 'vanish' }
);

/** Who says that the learner is there when a check is asked: makes the passed verdict of a moment. */
export interface DemoIdentity {
  readonly draw: Draw;
  readonly pass: (askedAtMs: number, decidedAtMs: number) => { checkId: string; digest: string };
}

export interface Played {
  /** Reports, and checks of identity between them. */
  readonly reports: readonly (Beat | IdentityMove)[];
  readonly end: { readonly reason: EndReason; readonly atMs: number };
}

const BEAT_MS = 15_000;
const ANSWER_AFTER_MS = 18_000;
const TOUCH_EVERY = 6;
/** Somebody on site looks and reads out a code. */
const CHECK_MS = 12_000;

/**
 * An honest player, simulated: reports every 15 seconds and at every change, touches the screen now and then, goes back
 * when the server says so. Deterministic: `random` gives numbers in [0, 1).
 */
export function playLesson(
  opened: OpenedFact,
  limits: StudyLimits,
  incidents: readonly Incident[],
  random: () => number,
  identity?: DemoIdentity,
): Played {
  let state: SessionState = noteDelivered(openSession(opened), { from: 0, to: opened.durationMs });
  const reports: (Beat | IdentityMove)[] = [];
  let beats = 0;
  const queue = [...incidents].sort((a, b) => a.atSeconds - b.atSeconds);
  let atMs = opened.openedAtMs;
  let mediaMs = opened.resumeAtMs;
  let away = false;

  const report = (activity: Activity, with_: Partial<Pick<Beat, 'touched' | 'answered' | 'late'>> = {}): void => {
    const touched = !away && (with_.touched ?? beats % TOUCH_EVERY === 0);
    const beat: Beat = {
      answered: false,
      late: false,
      ...with_,
      seq: state.lastSeq + 1,
      atMs,
      mediaMs,
      activity,
      touched,
    };
    state = applyBeat(state, beat, limits).state;
    if (state.ended) return;
    reports.push(beat);
    beats += 1;
    const due = identity ? moveDue(state, limits, beat.late, identity.draw) : null;
    if (due) move({ type: due, atMs });
    if (due === 'check-asked') showIdentity();
  };
  const move = (made: IdentityMove): void => {
    reports.push(made);
    state = applyIdentityMove(state, made, limits).state;
  };
  /** The learner stands where the picture stands, shows who they are, and goes on. */
  const showIdentity = (): void => {
    const askedAtMs = atMs;
    atMs += CHECK_MS;
    if (identity) move({ type: 'check-passed', atMs, ...identity.pass(askedAtMs, atMs) });
  };
  const playOn = (ms: number): void => {
    atMs += ms;
    // Pictures run a few milliseconds behind the clock.
    mediaMs = Math.min(opened.durationMs, mediaMs + ms - Math.floor(random() * 12));
  };
  const done = (reason: EndReason): Played => ({ reports, end: { reason, atMs } });

  if (state.identity?.openCheck) showIdentity();
  atMs += 900 + Math.floor(random() * 1600);
  report('playing', { touched: true });
  while (!state.ended) {
    const next = queue[0];
    const dueMs = next ? opened.openedAtMs + next.atSeconds * 1000 : Number.POSITIVE_INFINITY;
    const toEndMs = opened.durationMs - mediaMs;
    if (dueMs <= atMs + Math.min(BEAT_MS, toEndMs)) {
      queue.shift();
      playOn(Math.max(0, dueMs - atMs));
      if (next?.kind === 'pause' || next?.kind === 'hide') {
        report(next.kind === 'pause' ? 'paused' : 'hidden', { touched: true });
        atMs += next.seconds * 1000;
        report('playing', { touched: true });
      } else if (next?.kind === 'stall') {
        // A bad line: the picture stands for minutes and goes on by itself, with nobody there.
        report('stalled', { touched: false });
        atMs += next.seconds * 1000;
        report('playing', { touched: false });
      } else if (next?.kind === 'lose-network') {
        playOn(next.seconds * 1000);
        report('playing', { late: next.seconds <= limits.bridgeableGapSeconds });
        goBackIfHeld();
      } else if (next?.kind === 'seek-ahead') {
        mediaMs = Math.min(opened.durationMs, next.toMediaSeconds * 1000);
        report('playing', { touched: true });
        playOn(BEAT_MS);
        report('playing', { touched: true });
        goBackIfHeld();
      } else if (next?.kind === 'walk-away') away = true;
      else if (next?.kind === 'take-over') return done('taken-over');
      else if (next?.kind === 'leave') return leave();
      else if (next?.kind === 'vanish') return vanish();
      continue;
    }
    if (toEndMs <= BEAT_MS) return finish(toEndMs);
    playOn(BEAT_MS);
    report('playing');
    if (state.promptAskedAtMs !== null) {
      if (away)
        return {
          reports,
          end: { reason: 'no-presence', atMs: state.promptAskedAtMs + limits.idleAnswerSeconds * 1000 },
        };
      atMs += ANSWER_AFTER_MS;
      report('playing', { answered: true, touched: true });
    }
  }
  return done(state.ended ?? 'left');

  function goBackIfHeld(): void {
    if (!state.hold) return;
    atMs += 2_000;
    mediaMs = state.watermarkMs;
    report('playing', { touched: true });
  }
  /** Contact is lost: the session counts as over at the last report. */
  function vanish(): Played {
    return { reports, end: { reason: 'vanished', atMs: state.lastAtMs } };
  }
  function leave(): Played {
    report('paused', { touched: true });
    return done('left');
  }
  function finish(leftMs: number): Played {
    atMs += leftMs;
    mediaMs = opened.durationMs;
    report('ended', { touched: true });
    for (let tries = 0; tries < 4 && state.watermarkMs < opened.durationMs && !state.ended; tries += 1) {
      atMs += Math.max(1_000, mediaMs - state.watermarkMs);
      report('ended', { touched: true });
    }
    return done('finished');
  }
}
