/** Reading what programs print about costs. Pure. */

/** A loop of `vmlinux bench`. */
export interface Loop {
  readonly name: string;
  /** Rounds. */
  readonly calls: number;
}

export function readLoops(text: string): Loop[] {
  return [...text.matchAll(/^(\S+)\s+(\d+) calls /gm)].map(([, name = '', calls]) => {
    return { name, calls: Number(calls) };
  });
}

/** The number of instructions in what callgrind says when its program has ended. */
export function readCollected(stderr: string): number {
  const [, collected] = /Collected : (\d+)/.exec(stderr) ?? [];
  if (collected === undefined) throw new Error(`valgrind did not count: ${stderr.slice(-200)}`);
  return Number(collected);
}

/** Objects that a kernel for users would not have. */
export function isTestObject(path: string): boolean {
  return /_test\.o$|^lib\/(kunit|scenario)\/|^arch\/host\/(bench|scenario|os\/)/.test(path);
}
