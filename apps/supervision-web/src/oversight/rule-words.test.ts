import { studyRuleSets } from '@antu/domain';
import { describe, expect, it } from 'vitest';
import { LIMIT_NAMES, LIMIT_UNITS, SOURCE_WORDS } from './rule-words.ts';

describe('words of the rules', () => {
  const limits = studyRuleSets.flatMap((set) => Object.entries(set.limits));

  it('has Chinese words for every source of every rule set', () => {
    const missing = limits.map(([, limit]) => limit.source).filter((source) => SOURCE_WORDS[source] === undefined);
    expect([...new Set(missing)]).toEqual([]);
  });

  it('keeps no words for a source that no rule set names', () => {
    const named = new Set(limits.map(([, limit]) => limit.source));
    expect(Object.keys(SOURCE_WORDS).filter((source) => !named.has(source))).toEqual([]);
  });

  it('names every limit', () => {
    const names = [...new Set(limits.map(([name]) => name))].sort();
    expect(Object.keys(LIMIT_NAMES).sort()).toEqual(names);
    expect(Object.keys(LIMIT_UNITS).sort()).toEqual(names);
  });
});
