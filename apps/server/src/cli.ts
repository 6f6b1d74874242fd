import { modules } from './modules/index.ts';
import { databaseCommands, plainCommands } from './platform/cli/commands.ts';
import { resolveDatabase } from './platform/database/connect.ts';
import { openPool } from './platform/database/pool.ts';
import { AppError, StartError } from './platform/errors.ts';
import type { Command } from './platform/module.ts';
import { openPlatform } from './platform/platform.ts';
import { loadSettings, type Settings } from './platform/settings.ts';
import { provideDatabase } from './platform/supervisor/database-server.ts';

const commands = [...databaseCommands, ...modules.flatMap((module) => module.commands ?? [])];

/** @returns the exit code */
async function main([name, ...args]: readonly string[]): Promise<number> {
  const plain = plainCommands.find((command) => command.name === name);
  if (plain) return plain.run(loadSettings(process.env).keyDir, args);
  const command = commands.find((candidate) => candidate.name === name);
  if (command) return runOnDatabase(command, args);
  console.log('npm run antu -- <command>\n');
  for (const { name: known, summary } of [...commands, ...plainCommands])
    console.log(`  ${known.padEnd(16)} ${summary}`);
  return name === undefined || name === 'help' ? 0 : 2;
}

/** Uses the database that `npm start` runs; starts the embedded one for this command if it is not running. */
async function runOnDatabase(command: Command, args: readonly string[]): Promise<number> {
  const settings = loadSettings({ LOG_LEVEL: 'warn', ...process.env });
  const database = (await answers(settings)) ? undefined : await provideDatabase(settings, console.error);
  try {
    const platform = await openPlatform(settings, command.name);
    try {
      return await command.run(platform, args);
    } finally {
      await platform.pool.end();
    }
  } finally {
    await database?.stop();
  }
}

async function answers(settings: Settings): Promise<boolean> {
  try {
    const { ownerUrl } = await resolveDatabase(settings);
    const pool = openPool({ url: ownerUrl, max: 1 });
    try {
      await pool.query('select');
      return true;
    } finally {
      await pool.end();
    }
  } catch {
    return false;
  }
}

try {
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof StartError || error instanceof AppError ? error.message : error);
  process.exit(1);
}
