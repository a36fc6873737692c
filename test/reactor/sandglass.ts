import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CLOCK_STREAM, consentStream, handle, systemContext, type Ledger } from '@enishi/application/ledger';
import { consentDecider, POLICIES, type Instant, type Policy } from '@enishi/domain';
import { DayClock, runReactor, type ReactorOptions } from '@enishi/worker';
import type { Infrastructure } from '../../apps/server/src/infrastructure';
import { openTestRoom } from '../application/room';
import { Desk, type PublishedPurpose } from '../bench/desk';

/** A ledger whose time the spec sets, with its reactor and its clock. */
export interface Sandglass {
  readonly room: Infrastructure;
  readonly ledger: Ledger;
  /** Turns the ledger's clock, and nobody confirms it. */
  turn(to: Instant): void;
  /** Looks at the clock as if so much time had passed since the last look. @returns whether it asks */
  look(milliseconds?: number): Promise<boolean>;
  /** Turns the clock, and passes as much time. */
  pass(to: Instant): Promise<void>;
  /** Somebody consents, by e-mail. @returns the person's id */
  consent(until?: Instant, person?: string): Promise<string>;
  /** Runs the reactor during the work. */
  during<T>(work: () => Promise<T>, options?: Partial<ReactorOptions>): Promise<T>;
  /** Waits until every policy has looked at everything there is. */
  caughtUp(policies?: readonly Policy[]): Promise<void>;
  /** Types and effective times of a person's consent. */
  history(person: string): Promise<readonly (readonly [type: string, effectiveAt: unknown])[]>;
  /** The beginnings of the days that are in the ledger. */
  days(): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

const SUBJECT = { registered: true, died: false, returned: false, erasing: false, held: false } as const;
const SAID = {
  channels: ['email'],
  language: 'ja',
  captureChannel: 'oral',
  method: 'oral',
  party: 'person',
  identityCheck: 'call-back',
} as const;

/** @param name of the database @param start where the clock stands at first */
export async function openSandglass(name: string, start: Instant): Promise<Sandglass> {
  const { room, close } = await openTestRoom(name);
  const { pool, store } = room;
  // The purposes are in force before the first consent.
  let now: Instant = new Date(Date.parse(start) - 60_000).toISOString();
  let elapsed = 0;
  const ledger: Ledger = { ...room.ledger, clock: { now: () => now } };
  const [purpose] = (await new Desk(ledger).publishPurposes()) as [PublishedPurpose];
  now = start;
  const clock = new DayClock(ledger, pool, () => elapsed);
  await clock.open();
  const { purposeId, schedule } = purpose;

  const look = (milliseconds = 1000): Promise<boolean> => {
    elapsed += milliseconds;
    return clock.look();
  };
  return {
    room,
    ledger,
    turn: (to) => (now = to),
    look,
    async pass(to) {
      const passed = Date.parse(to) - Date.parse(now);
      now = to;
      expect(await look(passed)).toBe(false);
    },
    async consent(until, person = randomUUID()) {
      const command = {
        kind: 'GrantConsent',
        ...{ alumnusId: person, purposeId, schedule, subject: SUBJECT },
        ...SAID,
        ...(until !== undefined && { expiresAt: until }),
      } as const;
      const stream = consentStream(person, purposeId);
      const outcome = await handle(ledger, consentDecider, stream, command, systemContext('spec'));
      if (outcome.kind !== 'done') throw new Error(outcome.code);
      return person;
    },
    async during(work, options = {}) {
      const stop = new AbortController();
      const base = { ledger, pool, policies: POLICIES, pollMs: 20 };
      const running = runReactor({ ...base, ...options, signal: stop.signal });
      try {
        return await work();
      } finally {
        stop.abort();
        await running;
      }
    },
    async caughtUp(policies = POLICIES) {
      for (;;) {
        const [head] = await store.readAll({ direction: 'backwards', limit: 1 });
        const { rows } = await pool.query<{ name: string }>(
          'SELECT name FROM app.policies WHERE event_id = $1',
          [head!.id],
        );
        if (policies.every(({ name: one }) => rows.some((row) => row.name === one))) return;
        await sleep(10);
      }
    },
    history: async (person) =>
      (await store.readStream(consentStream(person, purposeId))).map(({ type, metadata }) => [
        type,
        metadata['effectiveAt'],
      ]),
    days: async () =>
      (await store.readStream(CLOCK_STREAM))
        .filter(({ type }) => type === 'DayBegan')
        .map(({ data }) => data['from']),
    close,
  };
}
