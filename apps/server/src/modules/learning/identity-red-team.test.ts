import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passed } from '../identity/testing/fake-provider.ts';
import { type IdentifiedBench, IdentifiedStudent, startIdentifiedBench } from './testing/identified-student.ts';
import { identityAttacks } from './testing/identity-attacks.ts';

let bench: IdentifiedBench;
beforeAll(async () => {
  bench = await startIdentifiedBench([2_400]);
});
afterAll(() => bench?.close());

describe('ways to earn hours without being there (inspection table 10, 11, 30)', () => {
  it('are at least 15, each with its own name', () => {
    expect(new Set(identityAttacks.map((one) => one.name)).size).toBe(identityAttacks.length);
    expect(identityAttacks.length).toBeGreaterThanOrEqual(15);
  });

  it.each(identityAttacks)('$name', async ({ marks, run }) => {
    bench.identity.provider.onJudge = () => passed;
    const student = await IdentifiedStudent.create(bench);
    const most = (await run(student)) ?? 0;
    await student.settle();
    const left = await student.marks();
    expect(
      [...marks].filter((mark) => !left.has(mark)),
      `left: ${[...left].join(', ')}`,
    ).toEqual([]);
    expect(await student.ledgerSeconds()).toBeLessThanOrEqual(most);
    expect(await student.differences()).toEqual([]);
  });
});
