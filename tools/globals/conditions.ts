/** Whether code under `#if` is compiled, as far as the configuration tells: true, false or unknown. */

/** Values of the CONFIG_ symbols that are set; `y`, `m`, a number or a string. */
export type Configuration = ReadonlyMap<string, string>;

/** Reads a `.config`. */
export function parseConfiguration(text: string): Configuration {
  return new Map(
    [...text.matchAll(/^(CONFIG_\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
}

type Answer = boolean | null;
const TOKEN = /\s*(&&|\|\||!=|==|[<>]=?|[!()]|\w+|\S)/g;

/** All of them hold; null when one of them cannot be told and none is false. */
export function allHold(conditions: readonly string[], configuration: Configuration): Answer {
  const answers = new Set(conditions.map((text) => new Evaluator(text, configuration).answer()));
  if (answers.has(false)) return false;
  return answers.has(null) ? null : true;
}

class Evaluator {
  readonly #tokens: readonly string[];
  readonly #configuration: Configuration;
  #at = 0;

  constructor(text: string, configuration: Configuration) {
    this.#tokens = [...text.matchAll(TOKEN)].map(([, token]) => token ?? '');
    this.#configuration = configuration;
  }

  answer(): Answer {
    const answer = this.#or();
    return this.#at === this.#tokens.length ? answer : null;
  }

  #or(): Answer {
    let answer = this.#and();
    while (this.#take('||')) {
      const right = this.#and();
      answer = answer === true || right === true ? true : answer === false ? right : null;
    }
    return answer;
  }

  #and(): Answer {
    let answer = this.#unary();
    while (this.#take('&&')) {
      const right = this.#unary();
      answer = answer === false || right === false ? false : answer === true ? right : null;
    }
    return answer;
  }

  #unary(): Answer {
    if (this.#take('!')) {
      const inner = this.#unary();
      return inner === null ? null : !inner;
    }
    if (this.#take('(')) {
      const inner = this.#or();
      return this.#take(')') ? inner : null;
    }
    return this.#primary();
  }

  #primary(): Answer {
    const word = this.#tokens[this.#at] ?? '';
    this.#at += 1;
    const asks = /^(?:defined|IS_ENABLED|IS_BUILTIN|IS_REACHABLE)$/.test(word);
    if (!asks) return this.#value(word);
    const bracket = this.#take('(');
    const name = this.#tokens[this.#at] ?? '';
    this.#at += 1;
    if (bracket) this.#take(')');
    return this.#isSet(name, word !== 'defined' && word !== 'IS_BUILTIN');
  }

  /** `CONFIG_X` alone is its value; a comparison needs numbers on both sides. */
  #value(word: string): Answer {
    const operator = this.#tokens[this.#at] ?? '';
    const compares = /^(?:[<>]=?|[!=]=)$/.test(operator);
    if (!compares) {
      const number = this.#number(word);
      return number === null ? null : number !== 0;
    }
    const [left, right] = [this.#number(word), this.#number(this.#tokens[this.#at + 1] ?? '')];
    this.#at += 2;
    if (left === null || right === null) return null;
    if (operator === '==') return left === right;
    if (operator === '!=') return left !== right;
    const less = operator.startsWith('<') ? left < right : left > right;
    return less || (operator.endsWith('=') && left === right);
  }

  #number(word: string): number | null {
    if (/^\d/.test(word)) return Number.parseInt(word, /^0[xX]/.test(word) ? 16 : 10);
    if (!word.startsWith('CONFIG_')) return null;
    const value = this.#configuration.get(word);
    if (value === undefined) return 0;
    return /^\d+$/.test(value) ? Number(value) : 1;
  }

  /** A built-in option is `CONFIG_X`, a module `CONFIG_X_MODULE`. */
  #isSet(name: string, modules: boolean): Answer {
    if (!name.startsWith('CONFIG_')) return null;
    const module = name.endsWith('_MODULE')
      ? this.#configuration.get(name.slice(0, -7))
      : undefined;
    if (module === 'm') return true;
    const value = this.#configuration.get(name);
    return value === 'm' ? modules : value !== undefined;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }
}
