import { importRefusal, type ImportRefusal, type ImportRefusalCode } from '@antu/domain';

/** The file as a whole is not read; the words are for the person who sent it. */
export class ImportRefused extends Error {
  readonly refusal: ImportRefusal;

  constructor(why: ImportRefusalCode | ImportRefusal, details: Readonly<Record<string, string | number>> = {}) {
    const refusal = typeof why === 'string' ? importRefusal(why, details) : why;
    super(refusal.en);
    this.name = 'ImportRefused';
    this.refusal = refusal;
  }
}
