import { EXIT, type ExitCode } from './exit-codes';
import type { Bilingual } from './language';

/** One thing that is wrong, by where it is. */
export interface Detail {
  readonly at: string;
  readonly message: Bilingual;
}

/** An end that a person can do something about. Holds no value that was typed or read from a file. */
export class Failure extends Error {
  override readonly name = 'Failure';

  constructor(
    readonly exitCode: ExitCode,
    /** Stable code, for `--json`. */
    readonly code: string,
    readonly what: Bilingual,
    readonly remedy?: Bilingual,
    readonly details: readonly Detail[] = [],
  ) {
    super(code);
  }
}

/** Bad input, with exit code 2. */
export function badInput(code: string, ja: string, en: string, remedy?: Bilingual): Failure {
  return new Failure(EXIT.refused, code, { ja, en }, remedy);
}
