import type { ServerModule } from '../platform/module.ts';
import { archiveModule } from './archive/index.ts';
import { auditModule } from './audit/index.ts';
import { certificatesModule } from './certificates/index.ts';
import { coursesModule } from './courses/index.ts';
import { documentsModule } from './documents/index.ts';
import { credentialsModule } from './credentials/index.ts';
import { examsModule } from './exams/index.ts';
import { identityModule } from './identity/index.ts';
import { learningModule } from './learning/index.ts';
import { licencesModule } from './licences/index.ts';
import { peopleModule } from './people/index.ts';
import { recognitionModule } from './recognition/index.ts';
import { transparencyModule } from './transparency/index.ts';
import { verificationModule } from './verification/index.ts';

/** Every module of the server, lower ranks first: the order in which demo data is written. */
export const modules: readonly ServerModule[] = [
  auditModule,
  transparencyModule,
  peopleModule,
  coursesModule,
  identityModule,
  learningModule,
  examsModule,
  documentsModule,
  certificatesModule,
  licencesModule,
  recognitionModule,
  archiveModule,
  verificationModule,
  credentialsModule,
];
