/** Ways in which one configuration can be built, and what make is told for each. */

export interface Variant {
  readonly name: 'plain' | 'san' | 'clang';
  /** Begins the rules' names of what compilers and linkers find. */
  readonly rule: string;
  /** `$(CC)`. */
  readonly cc: string;
  /** Variables on make's command line. */
  readonly variables: Readonly<Record<string, string>>;
}

/** As every patch must build: with all warnings that the model knows of. */
export const PLAIN: Variant = { name: 'plain', rule: 'build', cc: 'cc', variables: { W: '1' } };
export const SANITIZED: Variant = {
  name: 'san',
  rule: 'sanitize',
  cc: 'cc',
  variables: { W: '1', SAN: '1' },
};
export const CLANG: Variant = { name: 'clang', rule: 'clang', cc: 'clang', variables: { W: '1' } };

/** The variables of `variant` as words of a command line. */
export function makeWords({ cc, variables }: Variant): string[] {
  return [`CC=${cc}`, ...Object.entries(variables).map(([name, value]) => `${name}=${value}`)];
}

/**
 * What the environment of compilers and programs is made of: nothing of the user's. Messages are in
 * English because they are read; the date, where a source asks for it, is always the same.
 */
export function toolEnvironment(path: string | undefined): Readonly<Record<string, string>> {
  return {
    PATH: path ?? '/usr/local/bin:/usr/bin:/bin',
    LC_ALL: 'C',
    SOURCE_DATE_EPOCH: '0',
    HOME: '/nonexistent',
  };
}
