import { backOff, isConnectionFault } from '@enishi/event-store';
import { VaultUnavailable } from '@enishi/vault';

/** How long work is repeated while the database is away, in ms. The event store waits by itself, and longer. */
const REPEAT_FOR_MS = 10_000;

/**
 * Does work that may be repeated as a whole, again and again with back-off while the database cannot be reached: a
 * connection that was cut or a server that restarts is no reason to send a person away.
 *
 * @throws what the work throws that no waiting cures, or that 10 s of it did not
 */
export async function throughOutages<T>(work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const passes = isConnectionFault(error) || error instanceof VaultUnavailable;
      if (!passes || performance.now() - began > REPEAT_FOR_MS) throw error;
      await backOff(attempt);
    }
  }
}
