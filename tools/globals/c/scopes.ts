/** The names that parameters and local variables bind, scope in scope. */
export class Scopes {
  /** How often each name is bound where the reader stands. */
  readonly #bound = new Map<string, number>();
  /** The names that each open scope binds, the innermost last. */
  readonly #open: string[][] = [];

  open(): void {
    this.#open.push([]);
  }

  close(): void {
    for (const name of this.#open.pop() ?? [])
      this.#bound.set(name, (this.#bound.get(name) ?? 1) - 1);
  }

  /** Outside of all scopes there is nothing to bind a name in. */
  bind(name: string): void {
    const scope = this.#open.at(-1);
    if (scope === undefined) return;
    scope.push(name);
    this.#bound.set(name, (this.#bound.get(name) ?? 0) + 1);
  }

  has(name: string): boolean {
    return (this.#bound.get(name) ?? 0) > 0;
  }
}
