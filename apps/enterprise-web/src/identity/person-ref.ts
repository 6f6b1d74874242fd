/** Whom a dialog is about, masked as everywhere. */
export interface PersonRef {
  readonly id: string;
  readonly name: string;
  readonly idNumber: string;
}
