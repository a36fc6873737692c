import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  hasEventStoreDb,
  startEventStoreDb,
  whyNoEventStoreDb,
  type EventStoreDbServer,
} from '../support/eventstoredb';
import { notRun } from '../support/not-run';
import { MAIN, startServer, type TestServer } from '../support/server';

jest.setTimeout(900_000);

const ROOT = path.resolve(__dirname, '../..');
const ENISHI = path.join(__dirname, 'tour-enishi.cjs');

/** One block of the tour: commands as a reader types them, and what they print. */
interface Step {
  readonly name: string;
  readonly commands: string;
  readonly exit: number;
  readonly expected: readonly string[];
  /** It needs such a server. */
  readonly onEventStoreDb: boolean;
}

/** What one block printed, on both streams, and how its last command ended. */
interface Ran {
  readonly exit: number;
  readonly output: string;
}

/** The blocks fenced as `sh tour…`, each with the block fenced as `text output` that follows it. */
function stepsOf(readme: string): Step[] {
  const fenced =
    /^\*\*(\d+)\.\*\*|^```sh tour(-eventstoredb)?(?: exit=(\d))?\n([\s\S]*?)^```$|^```text output\n([\s\S]*?)^```$/gm;
  const steps: Step[] = [];
  let number = '';
  for (const [, heading, store, exit, commands, output] of readme.matchAll(fenced)) {
    if (heading !== undefined) number = heading;
    else if (commands !== undefined)
      steps.push({
        ...{ name: `step ${number}`, commands, exit: Number(exit ?? 0), expected: [] },
        onEventStoreDb: store !== undefined,
      });
    else steps.push({ ...steps.pop()!, expected: output!.split('\n').filter((line) => line.trim() !== '') });
  }
  return steps;
}

/** What a reader does in the other terminal. A process that has ended may wait for its parent to notice. */
const CTRL_C = `ctrl_c() {
  pid=$(cat "$TOUR_OUT/server.pid")
  kill -INT "$pid"
  while state=$(ps -o stat= -p "$pid") && [ "\${state#Z}" = "$state" ]; do sleep 0.1; done
}`;

/** Starts the built server and answers when it serves, as somebody goes on when it does. */
const NPM = `#!/bin/sh
log="$TOUR_OUT/server.log"
: >"$log"
"$TOUR_NODE" "$TOUR_MAIN" >"$log" 2>&1 &
echo $! >"$TOUR_OUT/server.pid"
until grep -q 'Enishi 縁' "$log"; do kill -0 $! || break; sleep 0.1; done
cat "$log"
`;

/**
 * One shell for the whole tour, so that variables live on as they do in a terminal. `npx enishi` is a function
 * that runs the command line of this clone (tour-enishi.cjs), `npm start` a program that starts its server, and the server has another
 * port; everything else is word for word.
 */
function scriptOf(steps: readonly Step[]): string {
  const blocks = steps.map(
    ({ commands, exit }, index) => `set ${exit === 0 ? '-e' : '+e'}
exec >"$TOUR_OUT/${index}" 2>&1
trap 'echo $? >"$TOUR_OUT/${index}.exit"' EXIT
${commands.replaceAll(/^# Ctrl-C .*$/gm, 'ctrl_c').replaceAll(':4310', ':$ENISHI_PORT')}
echo $? >"$TOUR_OUT/${index}.exit"`,
  );
  return `npx() { shift; "$TOUR_NODE" "$TOUR_ENISHI" "$TOUR_OUT/enishi" "$@"; }\n${CTRL_C}\n${blocks.join('\n')}\n`;
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

/** Waits until a process that is no child of ours has ended. */
async function ended(pid: number): Promise<void> {
  for (let waited = 0; waited < 40_000; waited += 100) {
    const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
    if (stdout.trim() === '' || stdout.startsWith('Z')) return;
    await sleep(100);
  }
  process.kill(pid, 'SIGKILL');
}

describe('the tour in README', () => {
  const all = stepsOf(readFileSync(path.join(ROOT, 'README.md'), 'utf8'));
  const steps = all.filter(({ onEventStoreDb }) => hasEventStoreDb() || !onEventStoreDb);
  if (!hasEventStoreDb()) notRun('the tour on EventStoreDB', whyNoEventStoreDb());
  const folder = mkdtempSync(path.join(tmpdir(), 'enishi-tour-'));
  const bin = path.join(folder, 'bin');
  let server: TestServer;
  let store: EventStoreDbServer | undefined;
  let enishi: ChildProcess;
  let ran: readonly Ran[];

  beforeAll(async () => {
    // A reader has had a checkpoint by the time one is asked for; who types as fast as this has not.
    server = await startServer({ env: { ENISHI_CHECKPOINT_SECONDS: '1' } });
    if (hasEventStoreDb()) store = await startEventStoreDb();
    enishi = spawn(process.execPath, [ENISHI, path.join(folder, 'enishi'), '--serve'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(enishi.stdout!, 'data');
    mkdirSync(bin);
    writeFileSync(path.join(bin, 'npm'), NPM, { mode: 0o755 });
    writeFileSync(path.join(folder, 'server.pid'), String(server.pid));
    const shell = spawn('sh', ['-c', scriptOf(steps)], {
      cwd: folder,
      stdio: 'ignore',
      env: {
        PATH: `${bin}:${process.env['PATH']}`,
        HOME: folder,
        LANG: 'C.UTF-8',
        ENISHI_HOME: server.home,
        ENISHI_PORT: new URL(server.url).port,
        TOUR_NODE: process.execPath,
        TOUR_ENISHI: ENISHI,
        TOUR_MAIN: MAIN,
        TOUR_OUT: folder,
        ...(store && { STORE: store.url }),
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
    enishi?.kill();
    // The last one, which the tour leaves running.
    const last = Number(readFileSync(path.join(folder, 'server.pid'), 'utf8'));
    if (last !== server?.pid) {
      process.kill(last, 'SIGTERM');
      await ended(last);
    }
    await server?.stop();
    await store?.stop();
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
