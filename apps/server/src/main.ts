import 'reflect-metadata';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GenesisRefused } from '@enishi/application/ledger';
import { startEmbedded, StartError, type Embedded } from '@enishi/embedded';
import { migrateAll } from '@enishi/migrations';
import { banner, sentence } from './banner';
import { ConfigError, readConfig, type ServerConfig } from './config';
import { tuneHeap } from './heap';
import { openInfrastructure, type DatabaseUrls, type Infrastructure } from './infrastructure';
import { createLogger } from './logger';
import { openOperatorsPort } from './operators-port';
import { describe } from './described-error';
import { checkPortFree } from './port';
import { VERSION } from './version';

/** What has been started so far, stopped in the reverse order. */
type Stop = () => Promise<void>;

type Worker = ReturnType<(typeof import('./worker.js'))['startWorker']>;

/** How long everything together may take to stop. */
const STOP_WITHIN_MS = 30_000;

async function openDatabase(
  config: ServerConfig,
  stops: Stop[],
): Promise<{ urls: DatabaseUrls; embedded?: Embedded }> {
  if (config.ENISHI_DATABASE !== undefined) {
    return { urls: { appUrl: config.ENISHI_DATABASE, embedded: false } };
  }
  const embedded = await startEmbedded({ home: config.ENISHI_HOME, onLog: () => undefined });
  stops.push(() => embedded.stop());
  await migrateAll({ databaseOwnerUrl: embedded.ownerUrl, servingRole: 'enishi_app' });
  const { adminUrl, ownerUrl, appUrl } = embedded;
  return { urls: { adminUrl, ownerUrl, appUrl, embedded: true }, embedded };
}

async function serve(config: ServerConfig, infrastructure: Infrastructure, stops: Stop[]): Promise<void> {
  const roles = config.ENISHI_ROLES;
  let worker: Worker | undefined;
  // A process loads the roles it has: without the API it takes neither its memory nor its time to start.
  if (roles.includes('worker')) {
    const { startWorker } = await import('./worker.js');
    const started = startWorker(infrastructure, (projection, mismatch) => {
      const problem = mismatch
        ? `The ledger was changed: ${mismatch.message}.`
        : `The view ${projection} cannot go on.`;
      const remedy = mismatch
        ? 'Keep both databases as they are, and compare with a backup.'
        : 'The log says which error it met; mend the cause and start again.';
      process.stderr.write(sentence(problem, remedy));
      void shutDown(stops, 1);
    });
    worker = started;
    stops.push(() => started.stop());
  }
  if (config.ENISHI_METRICS_PORT !== undefined) {
    const operators = await openOperatorsPort(config.ENISHI_METRICS_PORT, infrastructure, worker?.pool);
    stops.push(() => operators.close());
  }
  if (!roles.includes('api')) return;
  const { createApi } = await import('./api.js');
  const api = await createApi(infrastructure);
  stops.push(() => api.close());
  leave = async () => {
    infrastructure.standing.leave();
    // The load balancer asks `/ready` now and then, and needs that long to notice.
    await sleep(config.ENISHI_DRAIN_SECONDS * 1000);
  };
  await api.listen(config.ENISHI_PORT, config.ENISHI_BIND);
}

async function start(stops: Stop[]): Promise<void> {
  const began = performance.now();
  const config = readConfig(process.env);
  const logger = createLogger(config.ENISHI_LOG, config.ENISHI_ROLES);
  const api = config.ENISHI_ROLES.includes('api');
  if (config.ENISHI_OTLP_ENDPOINT !== undefined) {
    // Loaded where it is wanted: it takes memory and time to start.
    const { exportTraces } = await import('./tracing/exporting.js');
    const about = { version: VERSION, roles: config.ENISHI_ROLES };
    const traces = exportTraces(config.ENISHI_OTLP_ENDPOINT, about, logger);
    stops.push(() => traces.close());
  }
  if (api) await checkPortFree(config.ENISHI_PORT, config.ENISHI_BIND, config.ENISHI_HOME);
  const { urls, embedded } = await openDatabase(config, stops);
  const infrastructure = await openInfrastructure(config, urls, logger);
  stops.push(() => infrastructure.close());
  await serve(config, infrastructure, stops);
  let people: readonly string[] = [];
  if (config.ENISHI_MODE === 'development' && api) {
    const { writeTokenFile } = await import('./development-token.js');
    people = await writeTokenFile(infrastructure);
  }
  await embedded?.announce(config.ENISHI_PUBLIC_URL);
  embedded?.lost.addEventListener('abort', () => {
    process.stderr.write(
      sentence(
        'PostgreSQL ended unexpectedly.',
        `Start again; its log is ${path.relative('.', embedded.logFile)}.`,
      ),
    );
    void shutDown(stops, 1);
  });
  if (api) process.stdout.write(banner(config, people, performance.now() - began));
  logger.info({ mode: config.ENISHI_MODE, roles: config.ENISHI_ROLES, port: config.ENISHI_PORT }, 'serving');
}

let stopping = false;
/** What a process that serves does before it stops. */
let leave: Stop = () => Promise.resolve();

async function shutDown(stops: readonly Stop[], code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(code === 0 ? 1 : code), STOP_WITHIN_MS).unref();
  for (const stop of [...stops].reverse()) {
    try {
      await stop();
    } catch (error) {
      process.stderr.write(
        `${JSON.stringify({ stopping: error instanceof Error ? describe(error) : 'failed' })}\n`,
      );
    }
  }
  process.exit(code);
}

/** One sentence and its remedy for what a person can mend; frames without messages for the rest. */
function explain(error: unknown): string {
  if (error instanceof StartError || error instanceof GenesisRefused)
    return sentence(error.message, error.remedy);
  if (error instanceof ConfigError)
    return error.problems.map((problem) => sentence('A setting is wrong.', problem)).join('');
  const code = (error as { code?: unknown } | null)?.code;
  if (code === 'ENOSPC') return sentence('The disk is full.', 'Free some space and start again.');
  const remedy = (error as { remedy?: unknown } | null)?.remedy;
  if (error instanceof Error && typeof remedy === 'string') return sentence(error.message, remedy);
  return sentence(
    'Enishi could not start.',
    error instanceof Error ? error.message : 'The cause is unknown.',
  );
}

tuneHeap();
const stops: Stop[] = [];
// SIGHUP: the terminal was closed.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => void shutDown(stops, 0));
process.on('SIGTERM', () => void leave().then(() => shutDown(stops, 0)));
start(stops).catch((error: unknown) => {
  process.stderr.write(explain(error));
  void shutDown(stops, 1);
});
