import { type Journey, walkJourney } from './lib/journey.ts';
import { startProduct } from './lib/product.ts';
import { openStage } from './lib/stage.ts';
import { journeys } from './journeys/index.ts';

// `node run.ts [part of a name]`: starts the product once and walks the journeys one after another.
const wanted = process.argv[2] ?? '';
const chosen: readonly Journey[] = journeys.filter(({ name }) => name.includes(wanted));
const product = await startProduct();
console.log(`ready after ${(product.readyAfterMs / 1000).toFixed(1)} s`);
const stage = await openStage(product);
let failed = 0;
let skipped = 0;
for (const journey of chosen) {
  const why = journey.skip?.() ?? null;
  if (why !== null) {
    console.log(`skipped  ${journey.name}: ${why}`);
    skipped += 1;
    continue;
  }
  const startedMs = Date.now();
  const failure = await walkJourney(journey, stage);
  const took = `${((Date.now() - startedMs) / 1000).toFixed(1)} s`;
  console.log(
    failure
      ? `FAILED  ${journey.name} (${took})\n${failure.stack ?? failure.message}`
      : `passed  ${journey.name} (${took})`,
  );
  if (failure) failed += 1;
}
await stage.browser.close();
await product.stop();
if (failed > 0) console.log(product.output().slice(-4_000));
const passed = chosen.length - failed - skipped;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed === 0 ? 0 : 1;
