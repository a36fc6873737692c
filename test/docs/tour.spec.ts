import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startServer, type TestServer } from '../support/server';

jest.setTimeout(300_000);

const ROOT = path.resolve(__dirname, '../..');
const CLI = path.join(ROOT, 'apps', 'cli', 'bin', 'enishi.cjs');

/** One block of the tour: commands as a reader types them, and what they print. */
interface Step {
  readonly name: string;
  readonly commands: string;
  readonly exit: number;
  readonly expected: readonly string[];
}

/** What one block printed, on both streams, and how its last command ended. */
interface Ran {
  readonly exit: number;
  readonly output: string;
}

/** The blocks fenced as `sh tour`, each with the block fenced as `text output` that follows it. */
function stepsOf(readme: string): Step[] {
  const fenced =
    /^\*\*(\d+)\.\*\*|^```sh tour(?: exit=(\d))?\n([\s\S]*?)^```$|^```text output\n([\s\S]*?)^```$/gm;
  const steps: Step[] = [];
  let number = '';
  for (const [, heading, exit, commands, output] of readme.matchAll(fenced)) {
    if (heading !== undefined) number = heading;
    else if (commands !== undefined)
      steps.push({ name: `step ${number}`, commands, exit: Number(exit ?? 0), expected: [] });
    else steps.push({ ...steps.pop()!, expected: output!.split('\n').filter((line) => line.trim() !== '') });
  }
  return steps;
}

/**
 * One shell for the whole tour, so that variables live on as they do in a terminal. `npx enishi` is a function
 * that runs the command line of this clone; everything else is word for word.
 */
function scriptOf(steps: readonly Step[]): string {
  const blocks = steps.map(
    ({ commands, exit }, index) => `set ${exit === 0 ? '-e' : '+e'}
exec >"$TOUR_OUT/${index}" 2>&1
trap 'echo $? >"$TOUR_OUT/${index}.exit"' EXIT
${commands}
echo $? >"$TOUR_OUT/${index}.exit"`,
  );
  return `npx() { shift; "$TOUR_NODE" "$TOUR_CLI" "$@"; }\n${blocks.join('\n')}\n`;
}

/** A line of the README as a pattern: `…` stands for anything, runs of blanks for each other. */
function patternOf(line: string): RegExp {
  const words = line
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '.*'));
  return new RegExp(words.join('\\s+').replaceAll('.*\\s+', '.*').replaceAll('\\s+.*', '.*'));
}

/** The expected lines that do not appear, in this order. The two streams mix, so each may stand anywhere. */
function missing(expected: readonly string[], output: string): string[] {
  const lines = output.split('\n');
  return expected.filter((line) => !lines.some((printed) => patternOf(line).test(printed)));
}

describe('the tour in README', () => {
  const steps = stepsOf(readFileSync(path.join(ROOT, 'README.md'), 'utf8'));
  const folder = mkdtempSync(path.join(tmpdir(), 'enishi-tour-'));
  let server: TestServer;
  let ran: readonly Ran[];

  beforeAll(async () => {
    server = await startServer();
    const shell = spawn('sh', ['-c', scriptOf(steps)], {
      cwd: folder,
      stdio: 'ignore',
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        LANG: 'C.UTF-8',
        ENISHI_HOME: server.home,
        TOUR_NODE: process.execPath,
        TOUR_CLI: CLI,
        TOUR_OUT: folder,
      },
    });
    await once(shell, 'close');
    const read = (name: string) => {
      try {
        return readFileSync(path.join(folder, name), 'utf8');
      } catch {
        return '';
      }
    };
    // A block after one that failed never ran.
    ran = steps.map((_, index) => ({
      exit: Number(read(`${index}.exit`).trim() || -1),
      output: read(String(index)),
    }));
  });

  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has commands to type', () => {
    expect(steps.length).toBeGreaterThan(15);
    expect(steps.every(({ expected }) => expected.length > 0)).toBe(true);
  });

  it.each(steps.map((step, index) => [step.name, step.commands.trim().split('\n')[0]!, index] as const))(
    '%s: %s',
    (_name, _command, index) => {
      const { expected, exit } = steps[index]!;
      const { output, exit: ended } = ran[index]!;
      expect({ ended, missing: missing(expected, output), output }).toEqual({
        ended: exit,
        missing: [],
        output: expect.any(String),
      });
    },
  );

  it('answers the repeated grant with the first one’s event', () => {
    const ids = ran.flatMap(({ output }) =>
      [...output.matchAll(/✓ Consent recorded {2}(\S+)/g)].map(([, id]) => id),
    );
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(ids[1]);
  });
});
