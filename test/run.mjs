// `npm test`: prepares the clone, checks its hygiene, runs the specs, and ends with one line that counts them all.
// `npm run test:full` (--full) also runs the specs of volume, faults and engines, `*.full.spec.ts`.
import { fork, spawn } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare, report, root } from '../apps/server/prepare.mjs';

const full = process.argv.includes('--full');
const scratch = fs.mkdtempSync(join(tmpdir(), 'enishi-test-'));
const notRunFile = join(scratch, 'not-run');
const resultFile = join(scratch, 'jest.json');
const total = { passed: 0, failed: 0, skipped: 0 };

function tool(path) {
  return join(root, 'node_modules', path);
}

const cache = (name) => join('node_modules', '.cache', name);

/** Each counts as one, and so does each of types-and-lint.mjs. */
const hygiene = [
  [
    'Format',
    tool('prettier/bin/prettier.cjs'),
    '--check',
    '.',
    '--cache',
    '--cache-location',
    cache('prettier'),
  ],
  ['Unused code', tool('knip/bin/knip.js')],
];

function run(args, stdio) {
  return new Promise((resolve, reject) => {
    const env = {
      ...process.env,
      ENISHI_NOT_RUN_FILE: notRunFile,
      ...(full ? { ENISHI_TEST_FULL: '1' } : {}),
    };
    const child = spawn(process.execPath, args, { cwd: root, env, stdio });
    const output = [];
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output: Buffer.concat(output).toString() }));
  });
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

function seconds(took) {
  return `${(took / 1000).toFixed(1)} s`;
}

function count(name, took, failed, output) {
  if (failed) {
    total.failed++;
    say(`${name}: FAILED, ${seconds(took)}\n${output}`);
  } else {
    total.passed++;
    say(`${name}: ${seconds(took)}`);
  }
}

async function check([name, ...args]) {
  const since = Date.now();
  const { code, output } = await run(args, ['ignore', 'pipe', 'pipe']);
  count(name, Date.now() - since, code !== 0, output);
}

/** Several checks in one process, with one compiler. */
function checkTypesAndLint(part) {
  return new Promise((resolve, reject) => {
    const stdio = ['ignore', 'pipe', 'pipe', 'ipc'];
    const child = fork(join(root, 'test/types-and-lint.mjs'), [part], { cwd: root, stdio });
    const output = [];
    let failed = false;
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('message', ({ name, took, wrong }) => {
      failed ||= wrong !== '';
      count(name, took, wrong !== '', wrong);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      // It ended before it had told anything of it.
      if (code !== 0 && !failed) count('Types and lint', 0, true, Buffer.concat(output).toString());
      resolve();
    });
  });
}

/** Two at a time: each is one thread. */
async function checkAll() {
  const others = async () => {
    await checkTypesAndLint('browser');
    for (const step of hygiene) await check(step);
  };
  await Promise.all([checkTypesAndLint('server'), others()]);
}

function readResult() {
  try {
    return JSON.parse(fs.readFileSync(resultFile, 'utf8'));
  } catch {
    return undefined;
  }
}

async function specs() {
  const since = Date.now();
  const ignored = ['/node_modules/', ...(full ? [] : ['\\.full\\.spec\\.ts$'])];
  const { code } = await run(
    [
      tool('jest/bin/jest.js'),
      '--json',
      `--outputFile=${resultFile}`,
      // One more than there are to be cores: each waits for its servers now and then.
      '--maxWorkers=3',
      ...ignored.map((pattern) => `--testPathIgnorePatterns=${pattern}`),
    ],
    ['ignore', 'inherit', 'inherit'],
  );
  const result = readResult();
  if (result) {
    total.passed += result.numPassedTests;
    // A file that could not be loaded has no tests to fail.
    total.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
    total.skipped += result.numPendingTests + result.numTodoTests;
  }
  const counted = result && result.numTotalTests > 0 && (code === 0 || result.numFailedTests > 0);
  if (!counted && !result?.numRuntimeErrorTestSuites) total.failed++;
  say(`Specs: ${code === 0 ? '' : 'FAILED, '}${seconds(Date.now() - since)}`);
}

function notRun() {
  const lines = fs.existsSync(notRunFile) ? fs.readFileSync(notRunFile, 'utf8').trim().split('\n') : [];
  const notes = lines
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .map(({ shown, what, reason }) => (shown ? `shown: ${shown}` : `not run: ${what} — ${reason}`));
  if (!full) notes.push('not run: volume and faults — npm run test:full');
  return [...new Set(notes)];
}

function finish() {
  notRun().forEach(say);
  fs.rmSync(scratch, { recursive: true, force: true });
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
  say(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
}

try {
  await prepare(say);
  await checkAll();
  await specs();
} catch (error) {
  const code = report(error);
  if (code > 1) process.exit(code);
  total.failed++;
}
finish();
