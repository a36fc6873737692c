import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Place } from './ground';
import type { ImportOrder, ImportReport } from './import-process';
import type { ServerOrder, ServerReport } from './server-process';

const alive = new Set<ChildProcess>();
// The last resort, where the bench ends early.
process.once('exit', () => alive.forEach((child) => child.kill('SIGKILL')));

/** Starts one of the processes in `process.cjs`. */
export function startProcess(name: 'import' | 'server'): ChildProcess {
  const child = fork(path.join(__dirname, 'process.cjs'), [name], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  alive.add(child);
  child.once('exit', () => alive.delete(child));
  return child;
}

/** The first message a process sends. @throws Error when it ends before. */
export function answerOf<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T));
    child.once('exit', (code) => reject(new Error(`a process of the bench ended with code ${code}`)));
  });
}

/** Imports invented leavers into an empty place, in a process of its own. */
export async function importLeavers({
  place,
  rows,
}: {
  readonly place: Place;
  readonly rows: number;
}): Promise<ImportReport> {
  const importId = await stageLeavers({ place, rows });
  return ask<ImportReport>({ place, importId });
}

/** Takes a file of invented leavers in, ready to be imported. @returns the import's id */
export function stageLeavers({
  place,
  rows,
}: {
  readonly place: Place;
  readonly rows: number;
}): Promise<string> {
  return ask<string>({ place, stage: rows });
}

function ask<T>(order: ImportOrder): Promise<T> {
  const child = startProcess('import');
  child.send(order);
  return answerOf<T>(child);
}

/** A server of the bench, running. */
export interface BenchServer {
  readonly report: ServerReport;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Serves a place over HTTP from a process of its own. */
export async function startServer(order: ServerOrder): Promise<BenchServer> {
  const child = startProcess('server');
  const ended = once(child, 'exit');
  child.send(order);
  return {
    report: await answerOf<ServerReport>(child),
    pid: child.pid!,
    async stop() {
      child.disconnect();
      await ended;
    },
  };
}
