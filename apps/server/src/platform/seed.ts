import type { Platform, ServerModule } from './module.ts';

/**
 * Writes the demo data of modules that have not written theirs yet, in the order of the list. A seed that was interrupted
 * runs again, so it must be harmless to repeat.
 * @returns names of the modules that wrote now
 */
export async function seedDemo(platform: Platform, modules: readonly ServerModule[]): Promise<string[]> {
  const { rows } = await platform.pool.query<{ name: string }>('select name from seeded_module');
  const done = new Set(rows.map(({ name }) => name));
  const written: string[] = [];
  for (const { name, seed } of modules) {
    if (!seed || done.has(name)) continue;
    await seed(platform);
    await platform.pool.query('insert into seeded_module (name) values ($1) on conflict do nothing', [name]);
    written.push(name);
  }
  return written;
}
