import type { FileHandle } from 'node:fs/promises';
import { Client } from 'pg';

/** What a durable step in PostgreSQL is known by: the name of its prepared statement, or its text. */
const STATEMENTS = {
  claim: /^answers-claim$/,
  append: /^ledger-append$/,
  answer: /^answers-save$/,
  identity: /^vault-reserve-identities$/,
  key: /^vault-create-keys$/,
  rows: /^INSERT INTO \w+ \([^)]+\) SELECT/,
  checkpoint: /^\s*UPDATE views\.projection SET position/,
  commit: /^COMMIT$/,
  job: /^\s*(insert into|update) app\.imports/,
  rebuild: /^SET LOCAL search_path TO \w+_building/,
  closing: /^UPDATE vault\.closings SET last/,
  rewrap: /^\s*WITH current AS MATERIALIZED/,
} as const;

/** What a durable step on the disk is known by: what is done, to which file (a renamed one by its new name). */
const FILES = {
  upload: ['sync', /[\\/]staging[\\/].+\.part$/],
  staged: ['rename', /[\\/]staging[\\/].+\.sealed$/],
  artefact: ['rename', /[\\/]artefacts[\\/].+\.sealed$/],
  shred: ['sync', /\.shreds\.ndjson$/],
  'epoch-written': ['rename', /\.epoch-\d+\.json$/],
  'epoch-destroyed': ['rm', /\.epoch-\d+\.json$/],
  'backup-part': ['sync', /\.unfinished-[^\\/]+[\\/].+\.ndjson$/],
  'backup-named': ['rename', /[\\/]backups[\\/]\d+T\d+Z$/],
} as const;

export type StatementStep = keyof typeof STATEMENTS;
export type FileStep = keyof typeof FILES;
export type Step = StatementStep | FileStep;

/** The process dies by SIGKILL around a durable step, when it comes for the nth time. */
export interface Fault {
  readonly step: Step;
  /** `before` it is begun, or `after` it is done and before anybody here knows. */
  readonly when: 'before' | 'after';
  readonly nth: number;
}

const die = (): never => {
  process.kill(process.pid, 'SIGKILL');
  // The signal comes at once; nothing after it may run.
  for (;;);
};

/** Puts the fault into this process: into every connection, or into every file. */
export function arm(fault: Fault): void {
  if (fault.step in FILES) armFiles(fault, FILES[fault.step as FileStep]);
  else armStatements(fault, STATEMENTS[fault.step as StatementStep]);
}

function armStatements({ when, nth }: Fault, step: RegExp): void {
  let passed = 0;
  const query = Client.prototype.query as (...args: unknown[]) => unknown;
  const armed = function (this: Client, ...args: unknown[]): unknown {
    if (!step.test(labelOf(args[0]))) return query.apply(this, args);
    passed += 1;
    if (passed !== nth) return query.apply(this, args);
    if (when === 'before') die();
    const last = args.at(-1);
    if (typeof last === 'function') return query.apply(this, [...args.slice(0, -1), die]);
    return (query.apply(this, args) as Promise<unknown>).then(die, die);
  };
  Client.prototype.query = armed as typeof Client.prototype.query;
}

function labelOf(statement: unknown): string {
  if (typeof statement === 'string') return statement;
  const { name, text } = statement as { name?: string; text?: string };
  return name ?? text ?? '';
}

type Act = 'sync' | 'rename' | 'rm';

function armFiles({ when, nth }: Fault, [act, path]: readonly [Act, RegExp]): void {
  // The module as everybody shares it, not a copy with the same names.
  const files = process.getBuiltinModule('node:fs/promises');
  let passed = 0;
  const around = async <T>(file: string, work: () => Promise<T>): Promise<T> => {
    if (!path.test(file) || ++passed !== nth) return work();
    if (when === 'before') die();
    await work();
    return die();
  };
  const { open, rename, rm } = files;
  if (act === 'rename') files.rename = (from, to) => around(String(to), () => rename(from, to));
  if (act === 'rm') files.rm = (file, options) => around(String(file), () => rm(file, options));
  if (act !== 'sync') return;
  files.open = async (file, ...how): Promise<FileHandle> => {
    const handle = await open(file, ...how);
    const sync = handle.sync.bind(handle);
    handle.sync = () => around(String(file), sync);
    return handle;
  };
}
