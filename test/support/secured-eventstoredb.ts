import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { makeCertificates, type Certificates } from './certificates';
import { startNode, startThreeNodes, type EventStoreDbNode } from './eventstoredb';

const ROOT = path.resolve(__dirname, '../..');
const run = promisify(execFile);

/** A password with every sign that means something in a connection string. */
export const PASSWORD = 'Geheim:/?#[]@,&=%+ z';

/** A real server with TLS and users, prepared as docs/operations.md says. */
export interface SecuredEventStoreDb {
  readonly nodes: readonly EventStoreDbNode[];
  readonly certificates: Certificates;
  /** Of the service account. */
  readonly url: string;
  /** Connection string of any account. */
  urlOf(user: string, password: string): string;
  stop(): Promise<void>;
}

/** The account that a new server has. */
export const ADMIN = ['admin', 'changeit'] as const;

/** Starts it, one node or three, and makes the service account with deploy/eventstoredb-account.mjs. */
export async function startSecured(count: 1 | 3 = 1): Promise<SecuredEventStoreDb> {
  const certificates = makeCertificates();
  const nodes = count === 1 ? [await startNode({ certificates })] : await startThreeNodes(certificates);
  const hosts = nodes.map(({ port }) => `127.0.0.1:${port}`).join(',');
  const urlOf = (user: string, password: string): string =>
    `esdb://${user}:${encodeURIComponent(password)}@${hosts}?tls=true&tlsCaFile=${encodeURIComponent(certificates.authority)}`;
  const url = urlOf('enishi', PASSWORD);
  const stop = async (): Promise<void> => {
    for (const node of nodes) await node.kill();
    certificates.remove();
  };
  try {
    await prepare(urlOf(...ADMIN), url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { nodes, certificates, url, urlOf, stop };
}

/** Runs the script as an administrator does. Answers what it said. */
export async function prepare(admin: string, service: string): Promise<string> {
  const script = path.join(ROOT, 'deploy', 'eventstoredb-account.mjs');
  const env = { PATH: process.env['PATH'], EVENTSTORE_ADMIN: admin, ENISHI_EVENT_STORE: service };
  return (await run(process.execPath, [script], { env })).stdout;
}
