import { CommanderError } from 'commander';
import { GROUPS, LEAVES } from './commands';
import { complaintOf, isHelp } from './complaint';
import { EXIT, type ExitCode } from './exit-codes';
import { Failure } from './failure';
import { write, type Io } from './io';
import { languageOf, type Language } from './language';
import { paletteOf } from './output/colour';
import { plain } from './output/plain';
import { programOf, type Runner } from './program';
import { Session, type GlobalOptions } from './session';

/**
 * Runs one command line.
 *
 * @param argv without node and script
 * @returns the exit code
 */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const printed: string[] = [];
  const runner: Runner = async (spec, command, args) => {
    const options: GlobalOptions = command.optsWithGlobals();
    code = (await spec.act(new Session(io, options), options as never, args)) ?? EXIT.ok;
  };
  const language = languageOf(wantedLanguage(argv), io.env);
  const program = programOf(GROUPS, LEAVES, runner, (text) => printed.push(text), language);
  try {
    await program.parseAsync(argv.length === 0 ? ['--help'] : [...argv], { from: 'user' });
  } catch (error) {
    code = await explain(error, argv, io, language);
  }
  await write(io.stdout, printed.join(''));
  return code;
}

async function explain(
  error: unknown,
  argv: readonly string[],
  io: Io,
  language: Language,
): Promise<ExitCode> {
  if (error instanceof CommanderError && isHelp(error)) return EXIT.ok;
  const failure = failureFrom(error);
  if (argv.includes('--json')) {
    const { exitCode, code, what, remedy, details } = failure;
    const document = {
      code,
      exitCode,
      message: what[language],
      ...(remedy !== undefined && { remedy: remedy[language] }),
      ...(details.length > 0 && {
        errors: details.map(({ at, message }) => ({ at, message: message[language] })),
      }),
    };
    await write(io.stderr, `${JSON.stringify(document)}\n`);
    return failure.exitCode;
  }
  const palette = paletteOf(io.stderr, io.env, !argv.includes('--no-color'));
  const lines = [
    palette.bad(plain(failure.what[language])),
    ...failure.details.map(({ at, message }) => `  ${plain(at)}: ${plain(message[language])}`),
    ...(failure.remedy === undefined ? [] : [`  → ${plain(failure.remedy[language])}`]),
  ];
  await write(io.stderr, `${lines.join('\n')}\n`);
  if (io.env.ENISHI_DEBUG && !(error instanceof Failure)) await write(io.stderr, `${framesOf(error)}\n`);
  return failure.exitCode;
}

function failureFrom(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof CommanderError) {
    return new Failure(EXIT.refused, error.code, complaintOf(error), {
      ja: '--help で使い方が出ます。',
      en: 'See --help.',
    });
  }
  const name = error instanceof Error ? error.name : typeof error;
  // Its message may repeat what was being worked on.
  return new Failure(EXIT.failed, 'unexpected', {
    ja: `予期しないことが起きました（${name}）。ENISHI_DEBUG=1 で詳しく出ます。`,
    en: `Something unexpected happened (${name}). ENISHI_DEBUG=1 shows where.`,
  });
}

/** Where an error came from, without its message. */
function framesOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return stack
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .join('\n');
}

/** The language asked for, read before commander has read anything: its complaints need one too. */
function wantedLanguage(argv: readonly string[]): string | undefined {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const found = argv[at] ?? '';
  return at === -1 ? undefined : found.includes('=') ? found.slice(7) : argv[at + 1];
}
