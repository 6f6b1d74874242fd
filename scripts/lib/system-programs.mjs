import { existsSync } from 'node:fs';
import { hasProgram, Refusal, run } from './run.mjs';

/** What the tests need of the system, and the Debian package it comes in. */
const needs = [
  { debian: 'chromium', isThere: () => hasProgram('chromium') },
  { debian: 'ffmpeg', isThere: () => hasProgram('ffmpeg') },
  {
    debian: 'fonts-noto-cjk',
    isThere: async () => existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'),
  },
  { debian: 'poppler-utils', isThere: () => hasProgram('pdftoppm') },
];

/** Installs the missing Debian packages as root; otherwise says in one sentence what to install. */
export async function installPrograms() {
  const missing = [];
  for (const need of needs) if (!(await need.isThere())) missing.push(need.debian);
  if (missing.length === 0) return;
  const command = `apt-get install ${missing.join(' ')}`;
  if (process.getuid?.() !== 0 || !(await hasProgram('apt-get'))) {
    throw new Refusal(`The tests need programs that are not installed: run "${command}" as root (Debian's names).`);
  }
  console.log(`installing ${missing.join(', ')} from Debian …`);
  const lock = ['-o', 'DPkg::Lock::Timeout=600'];
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', [...lock, '-q', 'update'], { quiet: true, env });
  const { code } = await run('apt-get', [...lock, '-q', '-y', '--no-install-recommends', 'install', ...missing], {
    quiet: true,
    env,
  });
  if (code !== 0) throw new Refusal(`Debian's packages cannot be installed (see above): run "${command}" by hand.`);
}
