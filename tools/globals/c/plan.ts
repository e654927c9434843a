/** What is to be told of a function, until it is known that all of it is C. */
import { type KnownShapes, NO_C, type Role } from './known-shapes.ts';
import { KIND } from './node-kinds.ts';
import type { Shape } from './shape.ts';
import type { Visitor } from './walk.ts';

/** In place of a recording: a block begins, and a node ends. */
const [BLOCK, LEAVE] = [-3, -4] as const;

export class Plan {
  readonly #known: KnownShapes;
  readonly #shape: Shape;
  /** Recordings, each with the place in the shape that it is told of. */
  readonly #steps: number[] = [];

  constructor(known: KnownShapes, shape: Shape) {
    this.#known = known;
    this.#shape = shape;
  }

  clear(): void {
    this.#steps.length = 0;
  }

  /** The syntax of [start, end) in the shape; whether that is C. */
  add(role: Role, start: number, end: number): boolean {
    return this.#add(this.#known.find(this.#shape, role, start, end), start);
  }

  /** The same of a statement where no declaration may be. */
  addStatement(start: number, end: number): boolean {
    const place = this.#known.find(this.#shape, 'statement', start, end);
    return !this.#known.isDeclaration(place) && this.#add(place, start);
  }

  #add(place: number, start: number): boolean {
    if (place >= 0) this.#steps.push(place, start);
    return place !== NO_C;
  }

  enterBlock(at: number): void {
    this.#steps.push(BLOCK, at);
  }

  leave(): void {
    this.#steps.push(LEAVE, 0);
  }

  tell(visitor: Visitor): void {
    const steps = this.#steps;
    const { starts, ends } = this.#shape;
    for (let index = 0; index < steps.length; index += 2) {
      const place = steps[index] ?? LEAVE;
      const at = steps[index + 1] ?? 0;
      if (place === LEAVE) visitor.leave();
      else if (place !== BLOCK) this.#known.tell(place, at, this.#shape, visitor);
      else visitor.enter(KIND.compound_statement, starts[at] ?? 0, ends[at] ?? 0);
    }
  }
}
