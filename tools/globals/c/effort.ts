/**
 * How much work one file may make. Each step looks at every byte a few times; source that makes it
 * look at the same bytes again and again (a hundred thousand names in one declaration, brackets that
 * never close, macros that grow) would take hours. Such a file is given up, at the same place always.
 */

/** Of Linux' kernel, fs, lib and include, no file needs more than a fiftieth of this. */
const [BASE, FOR_EACH_BYTE] = [20_000_000, 200] as const;

/** Thrown where a file makes more work than it may. */
export class TooMuchEffort extends Error {}

export class Effort {
  #left: number;

  /** For a file of so many bytes. */
  constructor(length: number) {
    this.#left = BASE + FOR_EACH_BYTE * length;
  }

  /** So many bytes are looked at once more. */
  spend(bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0) throw new TooMuchEffort();
  }
}
