import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

jest.setTimeout(30_000);

// The compiler of a killed start outlives it; Node's mkdir never returns in a folder that is gone meanwhile.
// A clone in small: the real start and prepare, and stand-ins for npm, the compiler and the bundler that note
// what they are asked for.
let clone: string;
const running: ChildProcess[] = [];

function put(path: string, text: string): void {
  const file = join(clone, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const NOTE = `const fs = require('node:fs'); const note = (line) => fs.appendFileSync(process.env.NOTES, line + '\\n');`;
const NEST = `${NOTE} note('nest'); const wait = Number(process.env.NEST_MS ?? 0);
setTimeout(() => { if (!fs.existsSync('package-lock.json')) process.exit(0); if (process.env.NEST_FAILS) { console.error('TS2322: wrong'); process.exit(1); }
  fs.mkdirSync('dist/apps/server/src', { recursive: true });
  fs.writeFileSync('dist/apps/server/src/main.js', 'console.log("serving as " + process.title)'); }, wait);`;
/** The console, the page that verifies bundles, and the command that does. */
const VITE = ['vite', 'vite', 'vite'];
const NPM = `${NOTE} note('npm ' + process.argv[2]); const put = (path, text) => {
  fs.mkdirSync(path.replace(/\\/[^/]+$/, ''), { recursive: true }); fs.writeFileSync(path, text); };
if (process.env.NPM_FAILS === process.argv[2] || process.env.NPM_FAILS === 'both') { console.error('npm error code EUSAGE'); process.exit(1); }
put('node_modules/@nestjs/cli/bin/nest.js', ${JSON.stringify(NEST)});
put('node_modules/vite/bin/vite.js', ${JSON.stringify(`${NOTE} note('vite');`)});
put('node_modules/.package-lock.json', fs.readFileSync('package-lock.json'));`;

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'enishi-clone-'));
  for (const file of ['start.mjs', 'prepare.mjs']) {
    mkdirSync(join(clone, 'apps/server'), { recursive: true });
    cpSync(join(__dirname, '../../apps/server', file), join(clone, 'apps/server', file));
  }
  put('fake-npm.cjs', NPM);
  put('package-lock.json', JSON.stringify({ packages: { '': {}, 'node_modules/a': { version: '1.0.0' } } }));
  put('libs/domain/src/index.ts', 'export {};');
  put('apps/server/src/main.ts', 'export {};');
  put('projections/roster/table.sql', 'SELECT 1');
  put('apps/console/index.html', '');
  put('apps/verifier/index.html', '');
});

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  rmSync(clone, { recursive: true, force: true, maxRetries: 3 });
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function start(env: Record<string, string> = {}): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [join(clone, 'apps/server/start.mjs')], {
    cwd: clone,
    env: { ...process.env, npm_execpath: join(clone, 'fake-npm.cjs'), NOTES: join(clone, 'notes'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, out, err }));
  return { child, ended };
}

function notes(): string[] {
  const file = join(clone, 'notes');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  rmSync(file, { force: true });
  return lines.sort();
}

async function until(condition: () => boolean): Promise<void> {
  for (let n = 0; !condition() && n < 500; n++) await sleep(10);
}

it('installs and builds a fresh clone, then serves; a second start does neither', async () => {
  const first = await start().ended;
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toMatch(
    /^Installing packages …\nInstalling packages: [\d.]+ s\nBuilding …\nBuilding: [\d.]+ s\nserving as enishi\n$/,
  );
  expect(notes()).toEqual(['nest', 'npm ci', ...VITE]);
  expect(readFileSync(join(clone, 'dist/projections/roster/table.sql'), 'utf8')).toBe('SELECT 1');

  expect(await start().ended).toEqual({ code: 0, out: 'serving as enishi\n', err: '' });
  expect(notes()).toEqual([]);
});

it('builds again what changed, and only that; drops what went', async () => {
  await start().ended;
  notes();
  appendFileSync(join(clone, 'libs/domain/src/index.ts'), '\n');
  rmSync(join(clone, 'projections/roster'), { recursive: true });
  await start().ended;
  // The verifier is built from the same sources.
  expect(notes()).toEqual(['nest', 'vite', 'vite']);
  expect(existsSync(join(clone, 'dist/projections/roster/table.sql'))).toBe(false);
  put('apps/console/src/main.tsx', '');
  await start().ended;
  expect(notes()).toEqual(['vite']);
  put('package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.1' } } }));
  await start().ended;
  expect(notes()).toEqual(['nest', 'npm ci', ...VITE]);
});

it('leaves an installation made by hand as it is', async () => {
  await start().ended;
  rmSync(join(clone, 'node_modules/.enishi-install'));
  notes();
  await start().ended;
  expect(notes()).toEqual([]);
});

it('installs without `ci` where the registry lacks packages of other platforms', async () => {
  expect(await start({ NPM_FAILS: 'ci' }).ended).toMatchObject({ code: 0 });
  expect(notes()).toEqual(['nest', 'npm ci', 'npm install', ...VITE]);
});

it('shows what a failing step printed, says one sentence and its remedy, and can be repeated', async () => {
  const noPackages = await start({ NPM_FAILS: 'both' }).ended;
  expect(noPackages).toMatchObject({ code: 1, err: expect.stringContaining('EUSAGE') });
  expect(noPackages.err).toMatch(/\nThe packages could not be installed\.\nCheck the network .+\.\n$/);
  const noServer = await start({ NEST_FAILS: '1' }).ended;
  expect(noServer).toMatchObject({ code: 1, err: expect.stringContaining('TS2322: wrong') });
  expect(noServer.err).toMatch(/\nThe server could not be built\.\n.+\.\n$/);
  expect(await start().ended).toMatchObject({ code: 0 });
});

it('prepares one at a time', async () => {
  const results = await Promise.all([start({ NEST_MS: '500' }).ended, start({ NEST_MS: '500' }).ended]);
  expect(results.map((result) => result.code)).toEqual([0, 0]);
  expect(notes()).toEqual(['nest', 'npm ci', ...VITE]);
});

it('ends cleanly on Ctrl-C, and recovers from a kill', async () => {
  const building = start({ NEST_MS: '20000' });
  await until(
    () => existsSync(join(clone, 'notes')) && readFileSync(join(clone, 'notes'), 'utf8').includes('nest'),
  );
  building.child.kill('SIGINT');
  expect(await building.ended).toMatchObject({ code: 130, err: '' });
  expect(existsSync(join(clone, 'dist/.preparing'))).toBe(false);

  notes();
  const killed = start({ NEST_MS: '1000' });
  await until(
    () => existsSync(join(clone, 'notes')) && readFileSync(join(clone, 'notes'), 'utf8').includes('nest'),
  );
  killed.child.kill('SIGKILL');
  await once(killed.child, 'exit');
  expect(await start().ended).toMatchObject({ code: 0, out: expect.stringContaining('serving') });
});

it('names a Node.js that is too old', async () => {
  const code = `import(${JSON.stringify(join(clone, 'apps/server/prepare.mjs'))}).then(({ checkNode }) => {
    for (const version of process.argv.slice(1)) {
      try { checkNode(version); console.log('yes'); } catch (error) { console.log(error.message); } } })`;
  const versions = ['18.20.8', '20.18.3', '20.19.0', '21.7.3', '22.11.0', '22.12.0', '24.0.0'];
  const child = spawn(process.execPath, ['-e', code, ...versions], { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  await once(child, 'close');
  const answers = out.trim().split('\n');
  expect(answers.map((answer) => answer === 'yes')).toEqual([false, false, true, false, false, true, true]);
  expect(answers[0]).toMatch(/^Enishi needs Node\.js 20\.19 or newer .*this is 18\.20\.8\.$/);
});
