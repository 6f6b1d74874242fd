import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { StartError } from '../errors.ts';

const run = promisify(execFile);

/** How PostgreSQL's programs are started. */
export type ServerUser = {
  /** Owner of the cluster's files; undefined: the user of this process. */
  uid: number | undefined;
  gid: number | undefined;
  /** Turns a program with arguments into the command to start. */
  command(program: string, args: readonly string[]): { file: string; args: string[] };
};

/**
 * PostgreSQL refuses to run as root, so root runs it as `postgres` or `antu` through setpriv (part of Debian's base system).
 * TRAP: a checkout or data directory below a mode-700 home is out of reach for that user. Then one capability that lets it
 * pass directories is left to the server; copying binaries and data elsewhere would hide the data from its owner.
 * @param paths directories that the server must reach
 */
export async function findServerUser(paths: readonly string[]): Promise<ServerUser> {
  const dieWithParent = ['--pdeathsig', 'INT', '--'];
  if (process.getuid?.() !== 0) {
    const hasSetpriv =
      process.platform === 'linux' &&
      (await run('setpriv', ['--version']).then(
        () => true,
        () => false,
      ));
    return {
      uid: undefined,
      gid: undefined,
      command: (file, args) =>
        hasSetpriv ? { file: 'setpriv', args: [...dieWithParent, file, ...args] } : { file, args: [...args] },
    };
  }
  const { uid, gid } = await unprivilegedUser();
  const identity = ['--reuid', String(uid), '--regid', String(gid), '--clear-groups'];
  const reachable = (await Promise.all(paths.map((path) => canPass(path, uid, gid)))).every(Boolean);
  const rights = reachable ? [] : await passDirectories();
  return {
    uid,
    gid,
    command: (file, args) => ({ file: 'setpriv', args: [...identity, ...rights, ...dieWithParent, file, ...args] }),
  };
}

async function unprivilegedUser(): Promise<{ uid: number; gid: number }> {
  const known = (await findUser('postgres')) ?? (await findUser('antu'));
  if (known) return known;
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'antu']);
  } catch {
    // A second start at the same time may have made the user.
  }
  const made = await findUser('antu');
  if (made) return made;
  throw new StartError(
    'PostgreSQL does not run as root and the user "antu" cannot be created: start Antu as an ordinary user or set DATABASE_URL.',
  );
}

async function findUser(name: string): Promise<{ uid: number; gid: number } | undefined> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const fields = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find((parts) => parts[0] === name);
  return fields ? { uid: Number(fields[2]), gid: Number(fields[3]) } : undefined;
}

/** True if every directory on the way to `path` may be passed by that user. */
async function canPass(path: string, uid: number, gid: number): Promise<boolean> {
  for (let directory = path; ; directory = dirname(directory)) {
    const info = await stat(directory).catch(() => undefined);
    if (info) {
      const bit = info.uid === uid ? 0o100 : info.gid === gid ? 0o010 : 0o001;
      if ((info.mode & bit) === 0) return false;
    }
    if (directory === dirname(directory)) return true;
  }
}

/**
 * Options of setpriv that leave the server the one right to pass directories. `dac_read_search` is the smaller right, but
 * containers often take it away; `dac_override` is there by default. `no_setuid_fixup` keeps access(2) in agreement.
 */
async function passDirectories(): Promise<string[]> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const bounding = BigInt(`0x${/CapBnd:\s*([0-9a-f]+)/.exec(status)?.[1] ?? '0'}`);
  const capability = (bounding & 4n) !== 0n ? 'dac_read_search' : (bounding & 2n) !== 0n ? 'dac_override' : undefined;
  if (!capability) {
    throw new StartError(
      'The database user cannot reach this directory: move the checkout and DATA_DIR out of a private home, or start Antu as an ordinary user.',
    );
  }
  const only = `-all,+${capability}`;
  return ['--securebits', '+no_setuid_fixup', '--inh-caps', only, '--ambient-caps', only, '--bounding-set', only];
}
