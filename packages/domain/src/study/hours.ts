/** Credited seconds as 学时, rounded down to tenths: nobody is shown an hour they have not got. */
export function studyHoursOf(creditedSeconds: number, studyHourSeconds: number): number {
  return Math.floor((creditedSeconds * 10) / studyHourSeconds) / 10;
}

/** Seconds of a media file that can be credited: whole seconds only. */
export function creditableSecondsOf(durationMs: number): number {
  return Math.floor(durationMs / 1000);
}
