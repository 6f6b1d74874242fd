import { randomUUID } from 'node:crypto';
import { transaction } from '../../../platform/database/pool.ts';
import { openPlatform } from '../../../platform/platform.ts';
import { loadSettings } from '../../../platform/settings.ts';
import { systemAuditContext } from '../../audit/index.ts';
import { issueDocument } from '../issue-document.ts';
import { documentToIssue } from './document-world.ts';

/** Issues `count` documents at once, as one of several processes does; prints their numbers as JSON. */
const [personId = '', issuerId = '', count = '0'] = process.argv.slice(2);
const platform = await openPlatform(loadSettings(process.env), 'issue');
const issued = await Promise.all(
  Array.from({ length: Number(count) }, () =>
    transaction(platform.pool, (tx) => {
      const context = { ...systemAuditContext(() => platform.clock.now(), randomUUID()), platform };
      return issueDocument(tx, context, documentToIssue({ personId, issuerId }));
    }),
  ),
);
await platform.pool.end();
process.stdout.write(JSON.stringify(issued.map(({ number }) => number)));
