import type { ServerModule } from '../../platform/module.ts';
import { checkAuditChains } from './check-chains.ts';
import { recordDenials } from './record-denials.ts';
import { registerAuditRoutes } from './routes.ts';

export { type ChainBreak, type ChainCheck, checkAuditChains } from './check-chains.ts';
export { type AuditContext, type AuditFact, recordAudit, systemAuditContext } from './record-audit.ts';

export const auditModule: ServerModule = {
  name: 'audit',
  register(app, platform) {
    recordDenials(app, platform);
    registerAuditRoutes(app);
  },
  commands: [
    {
      name: 'verify-audit',
      summary: 'recompute the hash chains of the audit log',
      async run(platform) {
        const { rowsChecked, breaks } = await checkAuditChains(platform.pool);
        for (const { bucket, seq, why } of breaks)
          process.stdout.write(`audit_entry bucket ${bucket} seq ${seq}: ${why}\n`);
        process.stdout.write(`audit log: ${rowsChecked} rows checked, ${breaks.length} chains broken\n`);
        return breaks.length === 0 ? 0 : 1;
      },
    },
  ],
};
