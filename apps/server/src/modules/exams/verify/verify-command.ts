import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Command } from '../../../platform/module.ts';
import { verifyExams } from './verify-exams.ts';

const id = z.uuid();

export const verifyExamsCommand: Command = {
  name: 'verify-exams',
  summary: 'recompute papers, points and results of exams from what was kept [--exam id | --sitting id]',
  async run(platform, args) {
    const { values } = parseArgs({
      args: [...args],
      options: { exam: { type: 'string' }, sitting: { type: 'string' } },
    });
    const wanted = [values.exam, values.sitting].filter((one) => one !== undefined);
    const wrong = wanted.find((one) => !id.safeParse(one).success);
    if (wrong !== undefined) {
      process.stderr.write(`${wrong} is not an id.\n`);
      return 2;
    }
    const verdict = await verifyExams(
      platform.pool,
      { examId: values.exam, sittingId: values.sitting },
      platform.clock.nowMs(),
      ({ table, key, what }) => process.stdout.write(`${table} (${key}) ${what}\n`),
    );
    process.stdout.write(
      `${verdict.sittings} sittings, ${verdict.saves} saves, ${verdict.results} results: ${verdict.differences} differences\n`,
    );
    return verdict.differences === 0 ? 0 : 1;
  },
};
