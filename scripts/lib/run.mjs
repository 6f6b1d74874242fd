import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const rootDir = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** A problem that its sentence explains. */
export class Refusal extends Error {}

/** Runs `main`; a `Refusal` ends the process with its sentence alone. */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Refusal ? error.message : error);
    process.exit(1);
  }
}

/**
 * Runs a program in the foreground.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, quiet?: boolean, tee?: boolean }} [options] quiet: output is shown
 *   only after a failure; tee: output is shown and returned
 * @returns {Promise<{ code: number, output: string }>} code 127 if there is no such program
 */
export function run(file, args, { cwd = rootDir, env = {}, quiet = false, tee = false } = {}) {
  return new Promise((resolve) => {
    const stdio = quiet || tee ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'];
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio });
    let output = '';
    const collect = (chunk) => {
      output += chunk;
      if (tee) process.stdout.write(chunk);
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.once('error', (error) => resolve({ code: 127, output: String(error.message) }));
    child.once('close', (code) => {
      if (quiet && code !== 0) process.stderr.write(output);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** True if the program can be started. */
export async function hasProgram(name) {
  const { code } = await run('sh', ['-c', `command -v ${name}`], { tee: false, quiet: true });
  return code === 0;
}
