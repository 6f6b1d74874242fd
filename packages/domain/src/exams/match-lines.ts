/**
 * Gives each line as many things as it wants, each thing to one line only.
 *
 * Kuhn's algorithm: a line that finds nothing free takes a thing from another line that can have something else (an augmenting path).
 * Such a path takes nothing from a line without giving it something else, so that lines are served in their order, and all together
 * get the most that is possible: if there is a way to fill every line it is found.
 * @param wanted for each line how many
 * @param choices for each line the things that fit, those first that it would rather have
 * @param things how many things there are
 * @returns for each line what it got, in the order of its choices
 */
export function matchLines(
  wanted: readonly number[],
  choices: readonly (readonly number[])[],
  things: number,
): number[][] {
  const lineOf = new Int32Array(things).fill(FREE);
  /** Up to where the choices of a line hold nothing free: a thing that was given is never free again. */
  const seen = new Int32Array(choices.length);
  const serve = (line: number, tried: Uint8Array): boolean => {
    const own = choices[line] ?? [];
    for (let at = seen[line] ?? 0; at < own.length; at += 1) {
      const thing = own[at] as number;
      seen[line] = at + 1;
      if (lineOf[thing] !== FREE) continue;
      lineOf[thing] = line;
      return true;
    }
    for (const thing of own) {
      const holder = lineOf[thing] as number;
      if (holder === line || tried[holder] === 1) continue;
      // What one thing cannot free of a line, none can.
      tried[holder] = 1;
      if (!serve(holder, tried)) continue;
      lineOf[thing] = line;
      return true;
    }
    return false;
  };
  for (const [line, count] of wanted.entries()) {
    for (let n = 0; n < count; n += 1) {
      const tried = new Uint8Array(choices.length);
      tried[line] = 1;
      if (!serve(line, tried)) break;
    }
  }
  return choices.map((own, line) => own.filter((thing) => lineOf[thing] === line));
}

const FREE = -1;
