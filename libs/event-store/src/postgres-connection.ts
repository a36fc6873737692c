import { setTimeout as delay } from 'node:timers/promises';
import { Client, type ClientConfig, DatabaseError, type PoolConfig } from 'pg';

/** Where trouble is told; a pino logger fits. No event content is ever passed. */
export interface StoreLogger {
  warn(details: Readonly<Record<string, unknown>>, message: string): void;
}

/** SQLSTATEs (or their classes) after which the same statement may succeed on a new connection. */
const PASSING = /^(08|53|57P0[1-5]|25006|40001|40P01|55P03|58030)/;

const PG_CONNECTION_MESSAGE =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout|timeout e)/i;

/**
 * Whether an error of `pg` says that the connection is lost, never came about, or that the server cannot
 * serve right now; then a repeat is in order. An error about the statement itself is not.
 */
export function isConnectionFault(error: unknown): boolean {
  if (error instanceof DatabaseError) return error.code === undefined || PASSING.test(error.code);
  if (typeof error !== 'object' || error === null) return false;
  // By shape, not by class: an error made in another realm (Jest, vm) is not an instance of this one's Error.
  const { code, message, errors } = error as Partial<NodeJS.ErrnoException & AggregateError>;
  if (code !== undefined) return /^E[A-Z]+$/.test(code);
  if (Array.isArray(errors)) return errors.some(isConnectionFault);
  // `pg` has no error class of its own for these.
  return PG_CONNECTION_MESSAGE.test(message ?? '');
}

/** Settings every connection shares. */
export function connectionConfig(options: {
  readonly url?: string;
  readonly poolConfig?: PoolConfig;
  readonly connectWithinMs: number;
}): PoolConfig {
  const given: PoolConfig = options.poolConfig ?? { connectionString: options.url };
  return {
    application_name: 'enishi-ledger',
    keepAlive: true,
    connectionTimeoutMillis: options.connectWithinMs,
    ...given,
    // Times come back as text, cut by place: see `instant`.
    options: `${given.options ?? ''} -c timezone=UTC -c datestyle=ISO`.trim(),
  };
}

/**
 * A connection of its own. `onLost` is called once, when it has ended, for whatever reason.
 * @throws whatever connecting throws; nothing is left open then.
 */
export async function connect(config: ClientConfig, onLost: (client: Client) => void): Promise<Client> {
  const client = new Client(config);
  let lost = false;
  const lose = (): void => {
    if (!lost) onLost(client);
    lost = true;
  };
  client.on('error', lose);
  client.once('end', lose);
  try {
    await client.connect();
  } catch (error) {
    void client.end().catch(() => undefined);
    throw error;
  }
  return client;
}

/** Waits 20 ms doubled per attempt up to one second, halved at random so that processes do not march in step. */
export async function backOff(attempt: number, signal?: AbortSignal): Promise<void> {
  const wait = Math.min(1000, 20 * 2 ** attempt) * (0.5 + Math.random() / 2);
  await delay(wait, undefined, signal ? { signal } : {}).catch(() => undefined);
}
