import { writeExport } from '../../apps/server/src/modules/learning/views/exports/export-job.ts';
import { openPlatform } from '../../apps/server/src/platform/platform.ts';
import { loadSettings } from '../../apps/server/src/platform/settings.ts';

// A process of its own, so that its peak of memory is that of the export and not of whoever made the data.
const exportId = process.argv[2] ?? '';
const platform = await openPlatform(loadSettings(process.env), 'worker');
const startedMs = performance.now();
const context = { platform, log: platform.log, attempt: 1, isLastAttempt: true, signal: undefined };
await writeExport.run({ exportId }, context);
const seconds = (performance.now() - startedMs) / 1000;
await platform.pool.end();
process.stdout.write(JSON.stringify({ seconds, peakMib: process.resourceUsage().maxRSS / 1024 }));
