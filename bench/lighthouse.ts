import { visitLearnerHome } from '../e2e/lib/lighthouse.ts';
import { startProduct } from '../e2e/lib/product.ts';
import { openStage } from '../e2e/lib/stage.ts';

// The learner's home as Lighthouse's mobile profile sees it: the middle of five visits. Goal: performance >= 0.90.
const product = await startProduct();
const stage = await openStage(product);
try {
  const visits = await visitLearnerHome(stage, 5);
  for (const { score, facts } of visits) console.log(`${score}: ${facts}`);
  const scores = visits.map(({ score }) => score).sort((a, b) => a - b);
  const kib = Math.round(Math.max(...visits.map(({ bytes }) => bytes)) / 1024);
  console.log(JSON.stringify({ bench: 'lighthouse', performance: scores[2], first_screen_kib: kib }));
} finally {
  await stage.browser.close();
  await product.stop();
}
