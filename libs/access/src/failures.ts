import { createHmac, randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { AccessDenied } from './access-denied';

/** Failed attempts of one address within the window before it is told to wait. */
export const FAILURES_ALLOWED = 20;
const WINDOW_MS = 60_000;
const ADDRESSES_KEPT = 10_000;

/**
 * Counts failed sign-ins and bad tokens per address, in this process. Secrets have 256 random bits, so the
 * limit is not what stops guessing; it keeps a loop of bad requests from costing much and makes it visible.
 */
@Injectable()
export class Failures {
  private readonly logger = new Logger('Access');
  private readonly seen = new Map<string, { count: number; until: number }>();
  // Addresses are personal data: logs carry a tag that only this run of this process can relate to one.
  private readonly tagKey = randomBytes(32);

  /** @throws AccessDenied 429 when the address has failed too often. */
  check(address: string, now = Date.now()): void {
    const entry = this.seen.get(address);
    if (entry !== undefined && entry.until > now && entry.count >= FAILURES_ALLOWED) {
      throw new AccessDenied(429, 'too-many-attempts', Math.ceil((entry.until - now) / 1000));
    }
  }

  /**
   * Counts and logs one failure.
   * @param why a code, never a value from the request
   * @returns the tag of the address, for the access log; nothing past the limit
   */
  record(address: string, why: string, now = Date.now()): string | undefined {
    const current = this.seen.get(address);
    const entry =
      current !== undefined && current.until > now ? current : { count: 0, until: now + WINDOW_MS };
    entry.count += 1;
    this.seen.delete(address);
    this.seen.set(address, entry);
    // Oldest first: a Map keeps order of insertion.
    if (this.seen.size > ADDRESSES_KEPT) this.seen.delete(this.seen.keys().next().value!);
    // Past the limit one line per window is enough.
    if (entry.count > FAILURES_ALLOWED) return undefined;
    const client = createHmac('sha256', this.tagKey).update(address).digest('hex').slice(0, 12);
    this.logger.warn({ event: 'sign-in-failed', why, client, count: entry.count });
    return client;
  }
}
