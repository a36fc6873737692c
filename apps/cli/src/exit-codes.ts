/** What a command ends with. Stable: scripts rely on them. */
export const EXIT = {
  ok: 0,
  /** Something unexpected, or the server cannot be reached. */
  failed: 1,
  /** Bad input, or refused by a rule. */
  refused: 2,
  /** Not signed in or not permitted. */
  notPermitted: 3,
  notFound: 4,
  /** Changed meanwhile, in conflict, or erased. */
  conflict: 5,
  /** Done in part: `--strict` and some rows were refused. */
  partly: 6,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** For the help. */
export const EXIT_CODE_HELP = `Exit codes:
  0  done
  1  unexpected, or the server cannot be reached
  2  bad input, or refused by a rule; field, line or reason are printed
  3  not signed in, or not permitted
  4  not found
  5  conflict: changed meanwhile, busy, or erased
  6  done in part (import --strict with refused rows)`;

/** The exit code for an HTTP status that is no success. */
export function exitCodeOf(status: number): ExitCode {
  if (status === 401 || status === 403) return EXIT.notPermitted;
  if (status === 404) return EXIT.notFound;
  if (status === 409 || status === 412 || status === 428) return EXIT.conflict;
  if (status >= 400 && status < 500 && status !== 429) return EXIT.refused;
  return EXIT.failed;
}
