// Makes a clone ready to run: packages installed, server, command line and console built. Plain JavaScript
// without dependencies, since it runs before there are any.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the clone. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const dist = join(root, 'dist');
const lockFile = join(root, 'package-lock.json');
const modules = join(root, 'node_modules');
const installStamp = join(modules, '.enishi-install');
const buildSettings = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'];

/** A preparation that cannot go on: one sentence, a remedy, and what the failing step printed. */
export class PrepareError extends Error {
  constructor(message, remedy, output = '') {
    super(message);
    this.remedy = remedy;
    this.output = output;
  }
}

/** Ended by a signal; nothing is left running. */
export class Interrupted extends Error {
  constructor(signal) {
    super('interrupted');
    this.exitCode = signal === 'SIGINT' ? 130 : 143;
  }
}

/** Throws a PrepareError where this Node.js cannot run Enishi. */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  // Packages without a CommonJS form are loaded with require(), which came with 20.19 and 22.12.
  if (major >= 23 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)) return;
  throw new PrepareError(
    `Enishi needs Node.js 20.19 or newer (of the 22 line, 22.12 or newer); this is ${version}.`,
    'Install the current LTS version from https://nodejs.org and run the command again.',
  );
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

function sha256(text) {
  return createHash('sha256').update(text).digest('hex');
}

function readIfPresent(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}

function filesUnder(folder, into = []) {
  let entries = [];
  try {
    entries = fs.readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  for (const entry of entries) {
    if (entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) filesUnder(path, into);
    else if (!entry.name.endsWith('.spec.ts')) into.push(path);
  }
  return into;
}

function fingerprint(files) {
  const lines = files.map((file) => {
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    return `${relative(root, file)} ${stat ? `${stat.size} ${stat.mtimeMs}` : 'missing'}`;
  });
  return sha256(lines.sort().join('\n'));
}

function serverSources() {
  const libs = fs.readdirSync(join(root, 'libs')).map((lib) => join(root, 'libs', lib, 'src'));
  const folders = [join(root, 'apps', 'server', 'src'), join(root, 'apps', 'cli', 'src'), ...libs];
  return [...folders, join(root, 'projections')].flatMap((folder) => filesUnder(folder));
}

// --- steps ------------------------------------------------------------------------------------------------

const children = new Set();
let interrupted;

function interrupt(signal) {
  interrupted = signal;
  for (const child of children) child.kill('SIGTERM');
}

/** Runs a command quietly; its output is kept for the case that it fails. */
function run(command, args, cwd = root) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    children.add(child);
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => {
      children.delete(child);
      reject(error);
    });
    child.on('close', (code) => {
      children.delete(child);
      if (interrupted) reject(new Interrupted(interrupted));
      else resolve({ code, output: Buffer.concat(output).toString() });
    });
  });
}

function failed(what, remedy, output) {
  if (/ENOSPC|no space left on device/i.test(output)) return diskFull(output);
  return new PrepareError(what, remedy, output);
}

function diskFull(output) {
  return new PrepareError(
    `The disk that holds ${root} is full.`,
    'Free some space (installed and built, Enishi takes about 1 GB), then run the command again.',
    output,
  );
}

function lockedPackages() {
  return Object.entries(JSON.parse(fs.readFileSync(lockFile, 'utf8')).packages);
}

// npm's own record in node_modules is written last, so it tells a whole installation from a broken-off one.
// One that was made by hand need not be made again.
function installedAsLocked() {
  const record = readIfPresent(join(modules, '.package-lock.json'));
  if (record === undefined) return false;
  const installed = JSON.parse(record).packages;
  return lockedPackages().every(
    ([path, { version, optional, link, peer }]) =>
      !path.startsWith('node_modules/') ||
      optional ||
      link ||
      peer ||
      (installed[path] && installed[path].version === version),
  );
}

function installKey() {
  return `${process.platform}-${process.arch} ${sha256(fs.readFileSync(lockFile))}`;
}

function isInstalled() {
  const key = installKey();
  if (readIfPresent(installStamp) === key) return true;
  if (!installedAsLocked()) return false;
  fs.writeFileSync(installStamp, key);
  return true;
}

function npm(...args) {
  const script = process.env.npm_execpath;
  const [command, ...first] = script && /\.c?js$/.test(script) ? [process.execPath, script] : ['npm'];
  // The tools that build are development dependencies, whatever NODE_ENV says.
  return run(command, [...first, ...args, '--include=dev', '--no-audit', '--no-fund']);
}

async function install() {
  let { code, output } = await npm('ci');
  if (code !== 0 && output.includes('EUSAGE')) {
    // `npm ci` refuses where the registry lacks an optional package of some other platform; `npm install` leaves
    // it out. What it installed must be what the lock file says all the same.
    const second = await npm('install', '--no-save');
    if (second.code !== 0) ({ code, output } = second);
    else if (installedAsLocked()) code = 0;
  }
  if (code !== 0) {
    const remedy = 'Check the network and the message above, then run the command again.';
    throw failed('The packages could not be installed.', remedy, output);
  }
  fs.writeFileSync(installStamp, installKey());
}

const serverStamp = join(dist, '.server.json');

function built(source) {
  return join(dist, relative(root, source));
}

function settingsFingerprint() {
  return fingerprint(buildSettings.map((file) => join(root, file)));
}

function readServerStamp() {
  try {
    return { files: [], ...JSON.parse(readIfPresent(serverStamp) || '{}') };
  } catch {
    // Cut off by a kill: everything is built again.
    return { files: [] };
  }
}

function serverIsBuilt() {
  const { settings, sources } = readServerStamp();
  return settings === settingsFingerprint() && sources === fingerprint(serverSources());
}

async function buildServer() {
  const files = serverSources();
  const before = readServerStamp();
  const stamp = {
    settings: settingsFingerprint(),
    sources: fingerprint(files),
    files: files.map((file) => relative(root, file)),
  };
  fs.rmSync(serverStamp, { force: true });
  // The compiler skips what did not change: right only after a build that was whole, under the same settings.
  if (before.settings !== stamp.settings) fs.rmSync(join(dist, '.tsbuildinfo'), { force: true });
  // It leaves what it once made of sources that are no more.
  for (const file of before.files) {
    if (stamp.files.includes(file)) continue;
    for (const old of [file, file.replace(/\.ts$/, '.js'), file.replace(/\.ts$/, '.js.map')]) {
      fs.rmSync(join(dist, old), { force: true });
    }
  }
  const { code, output } = await run(process.execPath, [
    join(modules, '@nestjs/cli/bin/nest.js'),
    'build',
    'server',
  ]);
  if (code !== 0) throw failed('The server could not be built.', 'The message above says why.', output);
  // The compiler takes TypeScript only; SQL and other files stand beside what it makes.
  for (const source of files.filter((file) => !file.endsWith('.ts'))) {
    fs.mkdirSync(dirname(built(source)), { recursive: true });
    fs.copyFileSync(source, built(source));
  }
  fs.writeFileSync(serverStamp, JSON.stringify(stamp));
}

const consoleFolder = join(root, 'apps', 'console');
const consoleStamp = join(dist, '.console');

function consoleFingerprint() {
  return fingerprint([...filesUnder(consoleFolder), lockFile]);
}

function consoleIsBuilt() {
  return readIfPresent(consoleStamp) === consoleFingerprint();
}

async function buildConsole() {
  const key = consoleFingerprint();
  fs.rmSync(consoleStamp, { force: true });
  const vite = [
    join(modules, 'vite/bin/vite.js'),
    'build',
    '--outDir',
    join(dist, 'console'),
    '--emptyOutDir',
  ];
  const { code, output } = await run(process.execPath, vite, consoleFolder);
  if (code !== 0) throw failed('The console could not be built.', 'The message above says why.', output);
  fs.writeFileSync(consoleStamp, key);
}

const verifierFolder = join(root, 'apps', 'verifier');
const verifierStamp = join(dist, '.verifier');
const verifierLibs = [
  'bundle',
  'domain',
  'timestamping',
  'transparency',
  'verification',
  'verification-node',
];

function verifierFingerprint() {
  const libs = verifierLibs.flatMap((lib) => filesUnder(join(root, 'libs', lib, 'src')));
  return fingerprint([...filesUnder(verifierFolder), ...libs, lockFile]);
}

function verifierIsBuilt() {
  return readIfPresent(verifierStamp) === verifierFingerprint();
}

/** The page and the command that verify bundles: each is one file, made by a configuration of its own. */
async function buildVerifier() {
  const key = verifierFingerprint();
  fs.rmSync(verifierStamp, { force: true });
  for (const config of ['vite.config.ts', 'vite.program.config.ts']) {
    const vite = [join(modules, 'vite/bin/vite.js'), 'build', '--config', config];
    const { code, output } = await run(process.execPath, vite, verifierFolder);
    if (code !== 0) throw failed('The verifier could not be built.', 'The message above says why.', output);
  }
  fs.writeFileSync(verifierStamp, key);
}

// --- one at a time ----------------------------------------------------------------------------------------

const turn = join(dist, '.preparing');

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function takeTurn(say) {
  fs.mkdirSync(dist, { recursive: true });
  for (let told = false; ; await pause(100)) {
    if (interrupted) throw new Interrupted(interrupted);
    try {
      fs.writeFileSync(turn, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = Number(readIfPresent(turn) || 0);
    if (holder && holder !== process.pid && isAlive(holder)) {
      if (!told) say(`Waiting for process ${holder}, which is preparing the same folder`);
      told = true;
    } else {
      // Killed while it prepared. An empty file is one being written: looked at again first.
      if (!holder) await pause(200);
      if (Number(readIfPresent(turn) || 0) === holder) fs.rmSync(turn, { force: true });
    }
  }
}

async function step(name, say, work) {
  const since = Date.now();
  say(`${name} …`);
  await work();
  say(`${name}: ${seconds(since)}`);
}

function isReady() {
  return isInstalled() && serverIsBuilt() && consoleIsBuilt() && verifierIsBuilt();
}

/**
 * Installs and builds what is missing or older than its sources; at once when nothing is. Throws PrepareError,
 * or Interrupted after Ctrl-C.
 *
 * @param say told one line per step.
 */
export async function prepare(say = (line) => process.stdout.write(`${line}\n`)) {
  checkNode();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, interrupt);
  try {
    if (isReady()) return;
    await takeTurn(say);
    try {
      if (!isInstalled()) await step('Installing packages', say, install);
      const builds = [];
      if (!serverIsBuilt()) builds.push(buildServer);
      if (!consoleIsBuilt()) builds.push(buildConsole);
      if (!verifierIsBuilt()) builds.push(buildVerifier);
      if (builds.length > 0) await step('Building', say, () => inParallel(builds));
    } finally {
      fs.rmSync(turn, { force: true });
    }
  } catch (error) {
    throw explain(error);
  } finally {
    for (const signal of signals) process.removeListener(signal, interrupt);
  }
}

// All are waited for, so that a failure of one leaves no other running.
async function inParallel(works) {
  const results = await Promise.allSettled(works.map((work) => work()));
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
}

function explain(error) {
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return diskFull('');
  if (error.code === 'EACCES' || error.code === 'EROFS' || error.code === 'EPERM') {
    return new PrepareError(
      `The folder ${error.path || root} cannot be written.`,
      'Use a clone in a folder that you own and may write.',
    );
  }
  return error;
}

/** Prints why a preparation failed, for people. @returns the exit code. */
export function report(error) {
  if (error instanceof Interrupted) return error.exitCode;
  if (!(error instanceof PrepareError)) throw error;
  if (error.output) process.stderr.write(`${error.output.trimEnd()}\n\n`);
  process.stderr.write(`${error.message}\n${error.remedy}\n`);
  return 1;
}

if (basename(process.argv[1] || '') === 'prepare.mjs') {
  prepare().catch((error) => (process.exitCode = report(error)));
}
