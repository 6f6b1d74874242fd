import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { createInterface } from 'node:readline';

export interface ProgramOptions {
  /** Called with every line of the standard output, which is then not collected. */
  readonly onLine?: (line: string) => void;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface ProgramResult {
  readonly exitCode: number | null;
  readonly output: string;
  /** Last part of what the program complained about. */
  readonly complaints: string;
  readonly timedOut: boolean;
}

const MOST_TEXT = 1024 * 1024;

/**
 * Runs a program at low priority, so that encoding never slows down learners. Rejects with ENOENT if it is not installed,
 * and with the signal's reason if it was aborted; any other end is a result.
 */
export function runProgram(program: string, args: readonly string[], options: ProgramOptions): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    options.signal?.throwIfAborted();
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let complaints = '';
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, options.timeoutMs);
    const stop = () => child.kill('SIGKILL');
    options.signal?.addEventListener('abort', stop);
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints = (complaints + text).slice(-4000);
    });
    const { onLine } = options;
    if (onLine) createInterface({ input: child.stdout }).on('line', onLine);
    else
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(0, MOST_TEXT);
      });
    child.on('spawn', () => lowerPriority(child.pid));
    const end = () => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', stop);
    };
    child.on('error', (error) => {
      end();
      reject(error);
    });
    child.on('close', (exitCode) => {
      end();
      if (options.signal?.aborted) reject(options.signal.reason);
      else resolve({ exitCode, output, complaints, timedOut });
    });
  });
}

function lowerPriority(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already.
  }
}
