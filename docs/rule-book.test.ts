import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as domain from '@antu/domain';
import {
  checkRuleSets,
  examRuleSets,
  licenceRuleSets,
  practiceRuleSets,
  purposeRuleSets,
  quizRuleSets,
  refusalClauses,
  refusalReasons,
  retentionRuleSets,
  ROLES,
  SIGN_IN_RULE_SETS,
  studyRuleSets,
  suspicionRules,
} from '@antu/domain';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(import.meta.dirname, 'rule-book.md'), 'utf8');

/** Rows of the tables below a heading, cell by cell, without the head and the rule under it. */
function rowsBelow(heading: string): string[][] {
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return section
    .split('\n')
    .filter(
      (line, at, lines) => line.startsWith('| ') && !line.startsWith('| ---') && !lines[at + 1]?.startsWith('| ---'),
    )
    .map((line) => line.slice(2, -2).split(' | '));
}

const codesOf = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '');

/** Every quoted test title with its file. */
const quoted = [...page.matchAll(/`([^`]+\.test\.ts)`((?: “[^”]+”)+)/g)].flatMap(([, file = '', titles = '']) =>
  [...titles.matchAll(/“([^”]+)”/g)].map(([, title = '']) => ({ file, title })),
);

describe('the rule book', () => {
  it.each([
    ...studyRuleSets.map((set) => [set.id, 'Numbers of study', set.limits] as const),
    ...examRuleSets.map((set) => [set.id, 'Numbers of exams', set.limits] as const),
    ...licenceRuleSets.map((set) => [set.id, 'Numbers of qualification licences', set.limits] as const),
    ...quizRuleSets.map((set) => [set.id, 'Numbers of lesson quizzes', set.limits] as const),
    ...practiceRuleSets.map((set) => [set.id, 'Numbers of practice', set.limits] as const),
    ...purposeRuleSets.map((set) => [set.id, 'Numbers of recognition', set.limits] as const),
    ...retentionRuleSets.map(({ id, keptMonths }) => [id, 'Numbers of the archive', { keptMonths }] as const),
  ])('holds every limit of %s as it is', (id, heading, limits) => {
    const rows = rowsBelow(heading).filter(([, sets = '']) => sets === 'all' || codesOf(sets).includes(id));
    const told = rows.map(([name = '', , ...rest]) => [codesOf(name)[0], ...rest]);
    const inForce = Object.entries(limits).map(([name, { value, certainty, source }]) => [
      name,
      String(value),
      certainty,
      source,
    ]);
    expect(told.toSorted()).toEqual(inForce.toSorted());
  });

  it('names no rule set that is gone', () => {
    const namedBelow = (heading: string) => new Set(rowsBelow(heading).flatMap(([, sets = '']) => codesOf(sets)));
    expect(namedBelow('Numbers of study')).toEqual(new Set(studyRuleSets.map(({ id }) => id)));
    expect(namedBelow('Numbers of exams')).toEqual(new Set(examRuleSets.map(({ id }) => id)));
    expect(namedBelow('Numbers of qualification licences')).toEqual(new Set(licenceRuleSets.map(({ id }) => id)));
    expect(namedBelow('Numbers of lesson quizzes')).toEqual(new Set(quizRuleSets.map(({ id }) => id)));
    expect(namedBelow('Numbers of practice')).toEqual(new Set(practiceRuleSets.map(({ id }) => id)));
    expect(namedBelow('Numbers of recognition')).toEqual(new Set(purposeRuleSets.map(({ id }) => id)));
    expect(namedBelow('Numbers of the archive')).toEqual(new Set(retentionRuleSets.map(({ id }) => id)));
  });

  it('gives every reason of refusal its clause and a test', () => {
    const told = rowsBelow('Why seconds are refused').map(([reason = '', source, item, zh]) => [
      codesOf(reason)[0],
      source,
      item,
      zh,
    ]);
    const inForce = refusalReasons.map((reason) => {
      const { source, item, zh } = refusalClauses[reason];
      return [reason, source, item, zh];
    });
    expect(told).toEqual(inForce);
  });

  it('holds the newest limits of identity checks as they are', () => {
    const { id, limits } = checkRuleSets.at(-1) ?? expect.unreachable('no rules');
    const told = rowsBelow('Numbers of identity checks').map(([name = '', ...rest]) => [codesOf(name)[0], ...rest]);
    const inForce = Object.entries(limits).map(([name, { value, certainty, source }]) => [
      name,
      String(value),
      certainty,
      source,
    ]);
    expect(told).toEqual(inForce);
    expect(page).toContain(`Rule set \`${id}\``);
  });

  it('holds the numbers of suspicion as they are, which are the same in every set', () => {
    const told = rowsBelow('Numbers of suspicion').map(([name = '', ...rest]) => [codesOf(name)[0], ...rest]);
    for (const { id, limits } of suspicionRules) {
      const inForce = Object.entries(limits).map(([name, { value, certainty, source }]) => {
        const weight = typeof value === 'object' ? value : undefined;
        const text = weight
          ? `from ${weight.from}: ${weight.points}, +${weight.more} each, at most ${weight.most}`
          : String(value);
        return [name, text, certainty, source];
      });
      expect(told).toEqual(inForce);
      expect(page).toContain(`\`${id}\``);
    }
  });

  it('holds the newest limits of signing in as they are', () => {
    const rules = SIGN_IN_RULE_SETS.at(-1);
    const { id, validFrom: _, source, certainty, idleSeconds, ...numbers } = rules ?? expect.unreachable('no rules');
    const told = rowsBelow('Signing in').filter((row) => row.length === 2);
    expect(told).toEqual(Object.entries(numbers).map(([name, value]) => [`\`${name}\``, String(value)]));
    expect(page).toContain(`\`${id}\` (${source}, ${certainty})`);
    const idle = [...page.matchAll(/`([a-z-]+)` (\d+)(?= ·|\.)/g)].map(([, role, seconds]) => [role, Number(seconds)]);
    expect(idle).toEqual(ROLES.map((role) => [role, idleSeconds[role]]));
  });

  it('names rules that the domain exports, or files that exist', () => {
    const named = page
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .map((line) => line.slice(2, -2).split(' | '))
      .filter((cells) => cells.length === 4)
      .flatMap(([, , heldBy = '']) => codesOf(heldBy));
    expect(named.length).toBeGreaterThan(40);
    const missing = named.filter((name) => (name.includes('/') ? !existsSync(join(root, name)) : !(name in domain)));
    expect(missing).toEqual([]);
  });

  it('quotes tests that are there', () => {
    expect(quoted.length).toBeGreaterThan(50);
    const missing = quoted.filter(({ file, title }) => {
      const path = join(root, file);
      return !existsSync(path) || !readFileSync(path, 'utf8').includes(title);
    });
    expect(missing).toEqual([]);
  });

  it('has a test in every row of clauses and reasons', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('| '));
    const clauses = rows.filter((line) => line.split(' | ').length >= 4 && !/^\| (clause|reason|limit|---)/.test(line));
    const untested = clauses.filter(
      (line) => !line.includes('.test.ts` “') && !/(stated|verified|assumed|unknown) \|/.test(line),
    );
    expect(untested).toEqual([]);
  });
});
