// Recomputes a study session from its downloaded evidence, with nothing but the rules: node scripts/check-evidence.mjs <file>
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  evidenceText,
  GENESIS_HASH,
  getStudyRuleSet,
  hourDecisionText,
  ledgerSignOf,
  limitsOf,
  replaySession,
} from '../packages/domain/src/index.ts';

const { format, sessionId, rows, ledger, decisions = [] } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const problems = format === 'antu-evidence-1' ? [] : [`unknown format ${format}`];
let previousHash = GENESIS_HASH;
for (const [index, row] of rows.entries()) {
  const digest = createHash('sha256')
    .update(evidenceText({ ...row, index, sessionId, previousHash }))
    .digest('hex');
  if (digest !== row.hash) problems.push(`row ${index}: the digest is ${digest}, stored is ${row.hash}`);
  previousHash = row.hash;
}
for (const { hash, ...fact } of decisions) {
  const digest = createHash('sha256').update(hourDecisionText(fact)).digest('hex');
  if (digest !== hash) problems.push(`decision ${fact.id}: the digest is ${digest}, stored is ${hash}`);
  const moved = ledgerSignOf(fact.kind) * fact.seconds;
  const entry = ledger.find((one) => one.decisionId === fact.id);
  if ((entry?.creditedSeconds ?? 0) !== moved)
    problems.push(`decision ${fact.id} moves ${moved} s, the ledger does not`);
}
const facts = rows.map((row) => row.fact);
try {
  const { rows: replayed } = replaySession(facts, limitsOf(getStudyRuleSet(facts[0].ruleSetId)));
  const earned = replayed.filter((row) => row.creditedSeconds > 0);
  const told = ({ index, creditedSeconds, credited }) =>
    JSON.stringify([index, creditedSeconds, credited.map((one) => [one.from, one.to])]);
  const studied = ledger.filter((entry) => !entry.decisionId);
  const stored = studied.map((entry) => JSON.stringify([entry.evidenceIndex, entry.creditedSeconds, entry.mediaMs]));
  for (const line of earned.map(told))
    if (!stored.includes(line)) problems.push(`the rules credit ${line}, the ledger does not`);
  if (stored.length !== earned.length)
    problems.push(`the ledger has ${stored.length} entries, the rules give ${earned.length}`);
  const seconds = earned.reduce((sum, row) => sum + row.creditedSeconds, 0);
  console.log(`session ${sessionId}: ${rows.length} rows, ${seconds} seconds credited by the rules`);
} catch (error) {
  problems.push(`cannot be replayed: ${error.message}`);
}
console.log(
  problems.length === 0 ? 'OK: the chain holds and the ledger is what the rules make of it' : problems.join('\n'),
);
process.exit(problems.length === 0 ? 0 : 1);
