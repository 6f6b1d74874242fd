/** What the catalogue says about one error code. */
export type ErrorText = {
  /** HTTP status of the answer. */
  readonly status: number;
  /** Sentence shown to people, in Chinese. `{name}` is replaced by `details.name`. */
  readonly zh: string;
  /** The same sentence in English. */
  readonly en: string;
};

/**
 * Describes a module's error codes, named `<module>.<what>`. An unknown code does not compile where the catalogue is used.
 * Each module keeps its own file and adds it to the catalogue in `errors.ts`.
 */
export function defineErrors<const T extends Readonly<Record<`${string}.${string}`, ErrorText>>>(errors: T): T {
  return errors;
}
