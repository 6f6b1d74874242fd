import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ProgramOptions {
  /** Called with every line of the standard output, which is then not collected. */
  readonly onLine?: (line: string) => void;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface ProgramResult {
  /** Null if the program was killed. */
  readonly exitCode: number | null;
  readonly output: string;
  /** Last part of what the program complained about. */
  readonly complaints: string;
  readonly timedOut: boolean;
}

/** The program is not installed. */
export class ProgramMissing extends Error {}

const MOST_TEXT = 1024 * 1024;

/**
 * Runs the arguments at low priority and kills them when its standard input ends. A worker that is killed cannot stop its
 * ffmpeg any more, but the pipe ends with it: otherwise the old one would go on for an hour beside its successor.
 */
const LEASH = `
exec 3<&0
nice -n 19 "$@" </dev/null 3<&- & child=$!
{ read -r line <&3; kill -9 $child; } >/dev/null 2>&1 & watcher=$!
wait $child; code=$?
kill $watcher 2>/dev/null
exit $code`;

/** What a shell answers for a program that is not there. */
const MISSING_CODE = 127;
/** And for one that SIGKILL or SIGTERM ended. Other codes above 128 are the program's own: ffmpeg 6 and later has many. */
const KILLED_CODES: ReadonlySet<number | null> = new Set([128 + 9, 128 + 15]);

/**
 * Runs a program at low priority, so that encoding never slows down learners. Throws `ProgramMissing` if it is not
 * installed, and the signal's reason if it was aborted; any other end is a result.
 */
export function runProgram(program: string, args: readonly string[], options: ProgramOptions): Promise<ProgramResult> {
  const { onLine, signal, timeoutMs } = options;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = spawn('/bin/sh', ['-c', LEASH, 'leash', program, ...args], { stdio: 'pipe' });
    let output = '';
    let complaints = '';
    let timedOut = false;
    const stop = () => child.stdin.destroy();
    const timer = setTimeout(() => {
      timedOut = true;
      stop();
    }, timeoutMs);
    signal?.addEventListener('abort', stop);
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints = (complaints + text).slice(-4000);
    });
    if (onLine) createInterface({ input: child.stdout }).on('line', onLine);
    else
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(0, MOST_TEXT);
      });
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    };
    child.on('error', (error) => {
      end();
      reject(error);
    });
    child.on('close', (code) => {
      end();
      if (signal?.aborted) reject(signal.reason);
      else if (code === MISSING_CODE) reject(new ProgramMissing(`${program} is not installed: ${complaints}`));
      else resolve({ exitCode: KILLED_CODES.has(code) ? null : code, output, complaints, timedOut });
    });
  });
}
