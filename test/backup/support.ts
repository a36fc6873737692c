import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Vault } from '@enishi/vault';
import { openVault, parseKeysSetting } from '@enishi/vault';
import { api, type Api } from '../support/api';
import { databaseOf } from '../support/home-database';
import type { TestServer } from '../support/server';
import {
  accepted,
  caughtUp,
  furnish,
  IN_PERSON,
  importFile,
  leaversFile,
  wholeRoster,
} from '../e2e/support/steps';

/** The built command line. */
export const COMMAND = path.resolve(__dirname, '../../apps/cli/bin/enishi.cjs');

/** What a run of the built command line came to. */
export interface Ran {
  readonly code: number;
  /** The document it printed. */
  readonly out: Record<string, unknown>;
  /** The problem it told. */
  readonly err: { readonly code?: string; readonly message?: string; readonly remedy?: string };
}

/** Runs the built command line as a process of its own, with nothing of Enishi's from our environment. */
export function enishi(home: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('ENISHI_'));
  const options = { env: { ...Object.fromEntries(inherited), ...env } };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [COMMAND, ...args, '--json', '--lang', 'en', '--home', home],
      options,
      (error, out, err) =>
        resolve({
          code: error === null ? 0 : Number(error.code),
          out: parsed(out),
          err: parsed(err.trim().split('\n').at(-1) ?? ''),
        }),
    );
  });
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return text === '' ? {} : { message: text };
  }
}

/** The development key of another home; the master key is in no backup. */
export const keysOf = (home: string): { readonly ENISHI_KEYS: string } => ({
  ENISHI_KEYS: `file:${path.join(home, 'keys', 'master.key')}`,
});

/** The only backup in a folder, or the newest. */
export function newestIn(folder: string): string {
  return path.join(folder, readdirSync(folder).sort().at(-1)!);
}

/** A ledger with people, answers and a scan. */
export interface Furnished {
  readonly purposeId: string;
  /** Somebody with a consent that a scan proves. */
  readonly alumnusId: string;
  readonly artefactId: string;
  readonly scan: Buffer;
}

/** Imports leavers, records consents, and keeps a scan of one. */
export async function furnishLedger(to: Api, people: number): Promise<Furnished> {
  const { purposeId } = await furnish(to);
  await importFile(to, leaversFile(people));
  await caughtUp(to);
  const rows = await wholeRoster(to, { purposeId, channel: 'email', mode: 'excluded' });
  const scan = Buffer.from('bytes of a scanned form');
  const [{ alumnusId }] = rows as [(typeof rows)[0]];
  const kept = accepted(await to.post<{ artefactId: string }>(`/v1/alumni/${alumnusId}/artefacts`, scan));
  const { artefactId } = kept.body;
  for (const [index, row] of rows.slice(0, 6).entries()) {
    await to.post(
      `/v1/alumni/${row.alumnusId}/consents/${purposeId}/${index % 3 === 2 ? 'refusals' : 'grants'}`,
      {
        ...{ channels: ['email'], language: 'ja', ...IN_PERSON },
        ...(index === 0 && { artefactId, evidence: '面談で確認' }),
      },
    );
  }
  return { purposeId, alumnusId, artefactId, scan };
}

/** Everything that must be the same after a restore. */
export async function everything(
  server: Pick<TestServer, 'url' | 'token'>,
  { purposeId, alumnusId }: Furnished,
): Promise<unknown> {
  const to = api(server);
  await idle(to);
  const all = {
    excluded: await wholeRoster(to, { purposeId, channel: 'email', mode: 'excluded' }),
    approachable: await wholeRoster(to, { purposeId, channel: 'email', mode: 'approachable' }),
    person: accepted(await to.get(`/v1/alumni/${alumnusId}`)).body,
    history: accepted(await to.get(`/v1/consent-history?alumnusId=${alumnusId}`)).body,
  };
  // A place is the engine's own; the order it stands for is in the rows.
  return JSON.parse(JSON.stringify(all, (key, value: unknown) => (key === 'position' ? undefined : value)));
}

/** Waits until every view has read the ledger to its end. */
export async function idle(to: Api): Promise<void> {
  for (;;) {
    const { status, body } = await to.get<{ projections: { lag: string }[] }>('/v1/projections');
    if (status === 200 && body.projections.every(({ lag }) => lag === '0')) return;
    await sleep(50);
  }
}

/** The vault of a home whose server or PostgreSQL runs, as another process has it. */
export async function vaultOf(home: string, ledgerId: string, keysHome = home): Promise<Vault> {
  return openVault({
    databaseUrl: databaseOf(home),
    ledgerId,
    epochsDirectory: path.join(home, 'epochs', 'current'),
    epochsCopyDirectory: path.join(home, 'epochs', 'copy'),
    artefactsDirectory: path.join(home, 'artefacts'),
    shredsDirectory: path.join(home, 'epochs', 'shreds'),
    masterKey: parseKeysSetting(`file:${path.join(keysHome, 'keys', 'master.key')}`, { development: true }),
  });
}
