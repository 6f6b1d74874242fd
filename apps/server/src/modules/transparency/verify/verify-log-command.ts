import type { Command } from '../../../platform/module.ts';
import { verifyLog } from './verify-log.ts';

export const verifyLogCommand: Command = {
  name: 'verify-log',
  summary: 'check the whole transparency log against the tables',
  async run(platform) {
    const { leaves, checkpoints, facts, waiting, differences } = await verifyLog(platform, ({ table, key, what }) =>
      process.stdout.write(`${table} (${key}) ${what}\n`),
    );
    process.stdout.write(
      `transparency log: ${leaves} leaves, ${checkpoints} checkpoints, ${facts} facts, ${waiting} waiting: ${differences} differences\n`,
    );
    return differences === 0 ? 0 : 1;
  },
};
