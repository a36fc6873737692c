import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { generateLeavers } from '@enishi/intake';
import { accepted, caughtUp, type ImportView } from '../e2e/support/steps';
import { api, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { now } from './measure';

/** What an import of many leavers through the built server came to. */
export interface VolumeReport {
  /** While the import ran; without the time in which no server did. */
  readonly milliseconds: number;
  /** From its end until every view had it. */
  readonly viewsMilliseconds: number;
  /** Largest resident memory of a server process in MB: while it only took the file in, and at all. */
  readonly megabytesUploading: number;
  readonly megabytes: number;
  /** Rows told as registered when the server was killed. */
  readonly killedAt: readonly number[];
  /** Told as registered at the first answer after each restart: what was done is not done again. */
  readonly resumedAt: readonly number[];
  readonly last: ImportView;
}

/**
 * Uploads a file of invented leavers to the built server and imports it; kills the server (`kill -9`) in between,
 * starts it again on the same home and goes on.
 *
 * @param options.kills how often, at equal distances
 */
export async function importThroughServer(options: {
  readonly home: string;
  readonly rows: number;
  readonly kills: number;
  readonly say?: (line: string) => void;
}): Promise<VolumeReport> {
  const { home, rows, kills, say = () => undefined } = options;
  let server = await startServer({ home });
  try {
    const importId = await uploadLeavers(server, rows);
    const megabytesUploading = peakResident(server.pid);
    say(`  … uploaded, ${megabytesUploading.toFixed(0)} MB`);
    const killedAt: number[] = [];
    const resumedAt: number[] = [];
    let megabytes = megabytesUploading;
    let milliseconds = 0;
    for (let kill = 1; ; kill += 1) {
      const until = kill > kills ? Infinity : (rows * kill) / (kills + 1);
      const began = now();
      const run = await runUntil(api(server), importId, until, (registered) => {
        megabytes = Math.max(megabytes, peakResident(server.pid));
        if (killedAt.length > resumedAt.length) resumedAt.push(registered);
      });
      milliseconds += now() - began;
      if (run.state !== 'running') {
        const views = now();
        await caughtUp(api(server));
        megabytes = Math.max(megabytes, peakResident(server.pid));
        const viewsMilliseconds = now() - views;
        return {
          milliseconds,
          viewsMilliseconds,
          megabytesUploading,
          megabytes,
          killedAt,
          resumedAt,
          last: run,
        };
      }
      killedAt.push(run.counts['registered']!);
      await server.kill();
      say(`  … killed at ${killedAt.at(-1)} registered, ${megabytes.toFixed(0)} MB`);
      server = await startServer({ home });
    }
  } finally {
    await server.stop();
  }
}

/** Uploads a file of invented leavers, made while it is sent. @returns the import's id */
export async function uploadLeavers(
  { url, token }: Pick<TestServer, 'url' | 'token'>,
  rows: number,
): Promise<string> {
  const file = Readable.from(generateLeavers({ count: rows, seed: 7, layout: 'jinjer', encoding: 'cp932' }));
  const answer = await fetch(`${url}/v1/imports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
    body: Readable.toWeb(file) as ReadableStream,
    duplex: 'half',
  } as RequestInit);
  const { importId } = (await answer.json()) as { importId?: string };
  if (importId === undefined) throw new Error(`the upload was answered ${answer.status}`);
  return importId;
}

/** Runs the import until so many are registered, or it rests. @returns how it stands then */
export async function runUntil(
  to: Api,
  importId: string,
  wanted: number,
  look: (registered: number) => void,
): Promise<ImportView> {
  accepted(await to.post(`/v1/imports/${importId}/run`));
  for (;;) {
    const { body } = accepted(await to.get<ImportView>(`/v1/imports/${importId}`));
    const registered = body.counts['registered']!;
    look(registered);
    if (body.state !== 'running' || registered >= wanted) return body;
    await sleep(100);
  }
}

/** The largest resident memory that a process has had, in MB. Linux only. */
export function peakResident(pid: number): number {
  const found = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (found === null) throw new Error(`nothing is known of the memory of process ${pid}`);
  return Number(found[1]) / 1024;
}
