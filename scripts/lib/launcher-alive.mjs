import { readFileSync } from 'node:fs';

/**
 * npm starts this script through a shell; if npm is killed outright, neither notices. Calls `onDeath` when one of the
 * processes from here up to npm is gone. Does nothing outside npm or where /proc is missing.
 */
export function watchLauncher(onDeath) {
  if (!process.env.npm_lifecycle_event) return;
  const ancestors = [];
  for (let pid = process.ppid; pid > 1; pid = statOf(pid)?.parent ?? 0) {
    const stat = statOf(pid);
    if (!stat) return;
    ancestors.push({ pid, startedTicks: stat.startedTicks });
    if (stat.commandLine.includes('npm')) break;
  }
  const timer = setInterval(() => {
    const isComplete = ancestors.every(({ pid, startedTicks }) => statOf(pid)?.startedTicks === startedTicks);
    if (isComplete) return;
    clearInterval(timer);
    onDeath();
  }, 1000);
  timer.unref();
}

function statOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return undefined;
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return { parent: Number(fields[1]), startedTicks: fields[19], commandLine };
  } catch {
    return undefined;
  }
}
