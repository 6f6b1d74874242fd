/**
 * A bounded cache that forgets what was not used lately: entries live in two generations; when the young one is full it
 * becomes the old one and the old one is dropped. A lookup costs one or two map accesses and no bookkeeping per use.
 */
export type GenerationCache<Value> = {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
};

/** @param capacity entries per generation; at most twice as many are held */
export function generationCache<Value>(capacity: number): GenerationCache<Value> {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  const set = (key: string, value: Value) => {
    young.set(key, value);
    if (young.size < capacity) return;
    old = young;
    young = new Map();
  };
  return {
    get(key) {
      const fresh = young.get(key);
      if (fresh !== undefined) return fresh;
      const aged = old.get(key);
      if (aged !== undefined) {
        old.delete(key);
        set(key, aged);
      }
      return aged;
    },
    set,
    delete(key) {
      young.delete(key);
      old.delete(key);
    },
  };
}
