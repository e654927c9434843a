/**
 * What a step would do, found out by doing it up to where something would have to be run: a forecast
 * cannot say anything else than the step itself does.
 */
import type { Forecast, Subject } from '../types.ts';
import { Builder, type BuilderOptions } from './builder.ts';
import type { Errand } from './rules.ts';
import type { Step } from './steps.ts';

/** Thrown where a workshop is asked for. */
class WouldRun extends Error {}

const WHY: Readonly<Record<Exclude<Errand, 'compile'>, string>> = {
  ask: 'make was never asked about these Makefiles',
  link: 'these objects were never linked',
  run: 'never run on this program',
};

export class Forecaster {
  readonly #builder: Builder;
  #errands: Errand[] = [];

  constructor(options: Omit<BuilderOptions, 'inWorkshop'>) {
    const inWorkshop = async (errand: Errand): Promise<never> => {
      this.#errands.push(errand);
      throw new WouldRun();
    };
    this.#builder = new Builder({ ...options, inWorkshop });
  }

  /** What is compiled for one forecast counts as known for the next. */
  async forecast(step: Step, config: string, subject: Subject): Promise<Forecast> {
    this.#errands = [];
    const compiler = await this.#builder.compiler(step.variant.cc);
    if (compiler === null) return { cached: false, why: `'${step.variant.cc}' is not installed` };
    try {
      const { cached } = await this.#builder.do(step, config, subject, compiler);
      return { cached, why: cached ? 'all of its parts are known' : 'never done on this tree' };
    } catch (error) {
      if (!(error instanceof WouldRun)) throw error;
      return { cached: false, why: this.#why() };
    }
  }

  #why(): string {
    const compiled = this.#errands.filter((errand) => errand === 'compile').length;
    if (compiled > 0) return `${compiled} ${compiled === 1 ? 'file' : 'files'} to compile`;
    const [first] = this.#errands;
    if (first === undefined || first === 'compile') return 'after what comes before';
    return WHY[first];
  }
}
