/**
 * The one error class of Seam. Expected outcomes (a patch that does not apply, a check that fails)
 * are values; whatever else stops a verb is a `SeamError`, and its `kind` alone decides the exit
 * status.
 */

/** Who has to act: the caller, the configuration, the user's files, the machine, or us. */
export type ErrorKind = 'usage' | 'config' | 'user' | 'environment' | 'internal';

/** Exit statuses of the command; `EXIT_OF` below is the only place that maps errors to them. */
export const EXIT = { yes: 0, no: 1, unable: 2, defect: 3, interrupted: 130 } as const;

const EXIT_OF: Readonly<Record<ErrorKind, number>> = {
  usage: EXIT.unable,
  config: EXIT.unable,
  user: EXIT.unable,
  environment: EXIT.unable,
  internal: EXIT.defect,
};

/** Facts of an error, as they appear in `--json` output. */
export type ErrorData = Readonly<Record<string, unknown>>;

export interface SeamErrorOptions {
  /** Defaults to `user`. */
  readonly kind?: ErrorKind;
  readonly data?: ErrorData;
  /** What the reader can do next, best a command to paste. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/**
 * A failure with a stable `code` (`series-not-found`), a message in git's manner (lower case, no
 * full stop, what is wrong first, subject in single quotes) and the facts as data.
 */
export class SeamError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly data: ErrorData;
  readonly hint: string | undefined;

  constructor(code: string, message: string, options: SeamErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'SeamError';
    this.code = code;
    this.kind = options.kind ?? 'user';
    this.data = options.data ?? {};
    this.hint = options.hint;
  }

  /** The exit status that a process ending with this error reports. */
  get exitStatus(): number {
    return EXIT_OF[this.kind];
  }
}
