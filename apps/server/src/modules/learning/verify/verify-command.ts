import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Command } from '../../../platform/module.ts';
import { findOwnerOfSession } from '../ended-session.ts';
import { verifyStudy } from './verify-study.ts';

const id = z.uuid();

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'recompute all credited time from the evidence [--person id | --session id]',
  async run(platform, args) {
    const { values } = parseArgs({
      args: [...args],
      options: { person: { type: 'string' }, session: { type: 'string' } },
    });
    const wanted = values.session ?? values.person;
    if (wanted !== undefined && !id.safeParse(wanted).success) {
      process.stderr.write(`${wanted} is not an id.\n`);
      return 2;
    }
    const only = values.session === undefined ? values.person : await findOwnerOfSession(platform.pool, values.session);
    if (values.session !== undefined && only === undefined) {
      process.stderr.write(`There is no study session ${values.session}.\n`);
      return 2;
    }
    const verdict = await verifyStudy(platform.pool, only, ({ table, key, what }) =>
      process.stdout.write(`${table} (${key}) ${what}\n`),
    );
    process.stdout.write(
      `${verdict.people} people, ${verdict.sessions} sessions, ${verdict.evidence} rows of evidence, ${verdict.ledger} ledger entries, ` +
        `${verdict.creditedSeconds} s credited, ${verdict.verdicts} verdicts of identity confirm ${verdict.confirmedSeconds} s: ` +
        `${verdict.differences} differences\n`,
    );
    return verdict.differences === 0 ? 0 : 1;
  },
};
