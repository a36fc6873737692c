import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { GenericContainer, Wait } from 'testcontainers';
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
 */
export async function startNode(
  options: { readonly folder?: string; readonly port?: number } = {},
): Promise<EventStoreDbNode> {
  const port = options.port ?? (await freePort());
  const storage = options.folder === undefined ? ['--mem-db'] : ['--db', options.folder];
  const node = launch(port, await freePort(), storage);
  await hasState(port, ['Leader'], node.child);
  return node;
}

/** Starts three nodes that know each other, and waits until one leads and two follow. */
export async function startThreeNodes(): Promise<readonly EventStoreDbNode[]> {
  const ports = [await freePort(), await freePort(), await freePort()];
  const nodes = await Promise.all(
    ports.map(async (port) =>
      launch(port, await freePort(), [
        '--mem-db',
        '--cluster-size=3',
        '--discover-via-dns=false',
        `--gossip-seed=${ports
          .filter((other) => other !== port)
          .map((other) => `127.0.0.1:${other}`)
          .join(',')}`,
      ]),
    ),
  );
  await Promise.all(nodes.map(({ port, child }) => hasState(port, ['Leader', 'Follower'], child)));
  return nodes;
}

/** The node that leads, as `among` see it. */
export async function leaderOf(among: readonly EventStoreDbNode[]): Promise<EventStoreDbNode> {
  for (const { port } of among) {
    const leader = (await gossip(port)).find(({ state, isAlive }) => state === 'Leader' && isAlive);
    const node = among.find((one) => one.port === leader?.httpEndPointPort);
    if (node) return node;
  }
  throw new Error('nobody leads');
}

function launch(port: number, replicationPort: number, more: readonly string[]): EventStoreDbNode {
  const found = whatWasFound();
  if (found.kind !== 'program') throw new Error('the server program is not on PATH');
  const child = spawn(
    found.program,
    [
      '--insecure',
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
    },
  };
}

interface Member {
  readonly state: string;
  readonly isAlive: boolean;
  readonly httpEndPointPort: number;
}

async function gossip(port: number): Promise<readonly Member[]> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/gossip?format=json`);
    return ((await answer.json()) as { members: Member[] }).members;
  } catch {
    return [];
  }
}

async function hasState(port: number, states: readonly string[], child: ChildProcess): Promise<void> {
  for (const deadline = Date.now() + READY_WITHIN_MS; Date.now() < deadline; await sleep(100)) {
    if (child.exitCode !== null) throw new Error(`EventStoreDB ended with code ${child.exitCode}`);
    const own = (await gossip(port)).find((member) => member.httpEndPointPort === port);
    if (own && states.includes(own.state)) return;
  }
  child.kill('SIGKILL');
  throw new Error(`EventStoreDB was not ready within ${READY_WITHIN_MS} ms`);
}
