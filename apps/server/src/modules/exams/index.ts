import type { ServerModule } from '../../platform/module.ts';

export const examsModule: ServerModule = {
  name: 'exams',
};
