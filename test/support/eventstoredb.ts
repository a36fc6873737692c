import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GenericContainer, Wait } from 'testcontainers';
import type { Certificates } from './certificates';
import type { FoundEventStoreDb } from './find-eventstoredb.cjs';
import { notRun } from './not-run';
import { freePort } from './server';

/** What the run's set-up found; the bench looks by itself. */
function whatWasFound(): FoundEventStoreDb {
  return JSON.parse(process.env['ENISHI_TEST_EVENTSTOREDB_FOUND'] ?? '{}') as FoundEventStoreDb;
}

const IMAGE = 'eventstore/eventstore:24.2.0-bookworm-slim';
const READY_WITHIN_MS = 60_000;

/** A real server of its own. */
export interface EventStoreDbServer {
  /** `esdb://…` */
  readonly url: string;
  /** False where somebody else's server is used, which may hold something already. */
  readonly fresh: boolean;
  stop(): Promise<void>;
}

/** One process of the server program. */
export interface EventStoreDbNode {
  readonly port: number;
  readonly child: ChildProcess;
  /** As `kill -9`. */
  kill(): Promise<void>;
}

/**
 * Specs that need a real EventStoreDB; where none can be had they are skipped, and the summary says why.
 * @param own they need to start and kill the server program themselves.
 */
export function describeWithEventStoreDb(title: string, body: () => void, own = false): void {
  const found = whatWasFound();
  if (found.kind !== 'none' && (!own || found.kind === 'program')) return describe(title, body);
  const reason = found.kind === 'none' ? found.reason : 'it needs the server program itself on PATH';
  notRun(title, reason);
  it.skip(title, () => undefined);
}

/** Whether a real server can be had. */
export const hasEventStoreDb = (): boolean => whatWasFound().kind !== 'none';

/** Why none can be had. */
export function whyNoEventStoreDb(): string {
  const found = whatWasFound();
  return found.kind === 'none' ? found.reason : '';
}

/** Starts a server in memory, or gives the one that is named. */
export async function startEventStoreDb(): Promise<EventStoreDbServer> {
  const found = whatWasFound();
  switch (found.kind) {
    case 'server':
      return { url: found.url, fresh: false, stop: () => Promise.resolve() };
    case 'program': {
      const node = await startNode();
      return { url: urlOf([node]), fresh: true, stop: () => node.kill() };
    }
    case 'container': {
      const container = await new GenericContainer(IMAGE)
        .withExposedPorts(2113)
        .withEnvironment({
          EVENTSTORE_INSECURE: 'true',
          EVENTSTORE_MEM_DB: 'true',
          EVENTSTORE_TELEMETRY_OPTOUT: 'true',
        })
        .withWaitStrategy(Wait.forHttp('/health/live', 2113).forStatusCode(204))
        .start();
      const url = `esdb://${container.getHost()}:${container.getMappedPort(2113)}?tls=false`;
      return { url, fresh: true, stop: () => container.stop().then(() => undefined) };
    }
    case 'none':
      throw new Error(found.reason);
  }
}

/** The connection string of these nodes. */
export function urlOf(nodes: readonly Pick<EventStoreDbNode, 'port'>[]): string {
  return `esdb://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}?tls=false`;
}

const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/**
 * Starts the server program as one node on loopback, and waits until it takes appends.
 * @param options.folder keeps the data there; in memory where absent
 * @param options.certificates with TLS and users; without, open to everybody
 */
export async function startNode(
  options: { readonly folder?: string; readonly port?: number; readonly certificates?: Certificates } = {},
): Promise<EventStoreDbNode> {
  const { folder, certificates, port = await freePort() } = options;
  const storage = folder === undefined ? ['--mem-db'] : ['--db', folder];
  const node = launch(port, await freePort(), storage, certificates);
  await hasState(port, ['Leader'], node.child, certificates);
  return node;
}

/** Starts three nodes that know each other, and waits until one leads and two follow. */
export async function startThreeNodes(certificates?: Certificates): Promise<readonly EventStoreDbNode[]> {
  const ports = [await freePort(), await freePort(), await freePort()];
  const nodes = await Promise.all(
    ports.map(async (port) => {
      const others = ports.filter((other) => other !== port).map((other) => `127.0.0.1:${other}`);
      const cluster = ['--cluster-size=3', '--discover-via-dns=false', `--gossip-seed=${others.join(',')}`];
      return launch(port, await freePort(), ['--mem-db', ...cluster], certificates);
    }),
  );
  await Promise.all(
    nodes.map(({ port, child }) => hasState(port, ['Leader', 'Follower'], child, certificates)),
  );
  return nodes;
}

/** The node that leads, as `among` see it. */
export async function leaderOf(
  among: readonly EventStoreDbNode[],
  certificates?: Certificates,
): Promise<EventStoreDbNode> {
  for (const { port } of among) {
    const leader = (await gossip(port, certificates)).find(
      ({ state, isAlive }) => state === 'Leader' && isAlive,
    );
    const node = among.find((one) => one.port === leader?.httpEndPointPort);
    if (node) return node;
  }
  throw new Error('nobody leads');
}

function launch(
  port: number,
  replicationPort: number,
  more: readonly string[],
  certificates?: Certificates,
): EventStoreDbNode {
  const found = whatWasFound();
  if (found.kind !== 'program') throw new Error('the server program is not on PATH');
  // The program's own default is a folder of the system.
  const log = mkdtempSync(path.join(tmpdir(), 'enishi-esdb-log-'));
  const child = spawn(
    found.program,
    [
      ...(certificates === undefined
        ? ['--insecure']
        : [
            `--certificate-file=${certificates.certificate}`,
            `--certificate-private-key-file=${certificates.key}`,
            `--trusted-root-certificates-path=${certificates.authorities}`,
          ]),
      `--log=${log}`,
      '--node-ip=127.0.0.1',
      '--replication-ip=127.0.0.1',
      `--node-port=${port}`,
      `--replication-port=${replicationPort}`,
      ...more,
    ],
    { stdio: 'ignore', env: { ...process.env, EVENTSTORE_TELEMETRY_OPTOUT: 'true' } },
  );
  alive.add(child);
  const ended = once(child, 'exit').then(() => alive.delete(child));
  return {
    port,
    child,
    async kill() {
      child.kill('SIGKILL');
      await ended;
      rmSync(log, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

interface Member {
  readonly state: string;
  readonly isAlive: boolean;
  readonly httpEndPointPort: number;
}

async function gossip(port: number, certificates?: Certificates): Promise<readonly Member[]> {
  try {
    const text = await asked(port, '/gossip?format=json', certificates);
    return (JSON.parse(text) as { members: Member[] }).members;
  } catch {
    return [];
  }
}

/** The version that a node says it is. */
export async function versionOf(
  { port }: Pick<EventStoreDbNode, 'port'>,
  certificates?: Certificates,
): Promise<string> {
  return (JSON.parse(await asked(port, '/info', certificates)) as { esVersion: string }).esVersion;
}

async function asked(port: number, where: string, certificates?: Certificates): Promise<string> {
  if (certificates === undefined) return (await fetch(`http://127.0.0.1:${port}${where}`)).text();
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const ca = readFileSync(certificates.authority);
    get(`https://127.0.0.1:${port}${where}`, { ca, agent: false }, resolve).on('error', reject);
  });
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

async function hasState(
  port: number,
  states: readonly string[],
  child: ChildProcess,
  certificates?: Certificates,
): Promise<void> {
  for (const deadline = Date.now() + READY_WITHIN_MS; Date.now() < deadline; await sleep(100)) {
    if (child.exitCode !== null) throw new Error(`EventStoreDB ended with code ${child.exitCode}`);
    const own = (await gossip(port, certificates)).find((member) => member.httpEndPointPort === port);
    if (own && states.includes(own.state)) return;
  }
  child.kill('SIGKILL');
  throw new Error(`EventStoreDB was not ready within ${READY_WITHIN_MS} ms`);
}
