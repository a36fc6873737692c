import type { Instant } from '@enishi/domain';
import type { RecordedEvent } from '@enishi/event-store';
import { CheckpointMoved } from '@enishi/projections/engine';
import type { Pool } from 'pg';

/** An event by its place in its stream, which is the same in every event store. */
export interface EventName {
  readonly eventId: string;
  readonly stream: string;
  readonly revision: number;
}

/** A target's event that was stopped by a bug, or waits behind one that was. */
export interface ParkedEvent extends EventName {
  readonly number: string;
  readonly target: string;
}

const NAME = 'event_id AS "eventId", stream, revision';

/** How a row calls an event. */
export function nameOf({ id: eventId, stream, revision }: RecordedEvent): EventName {
  return { eventId, stream, revision };
}

/** What one policy keeps: how far it is, which events wait for their day, which targets are parked. */
export class PolicyRows {
  constructor(
    private readonly pool: Pool,
    private readonly policy: string,
  ) {}

  /** The last event looked at, in a list; an empty list before the first; undefined of a policy that is new. */
  async checkpoint(): Promise<readonly EventName[] | undefined> {
    const { rows } = await this.pool.query<EventName>(`SELECT ${NAME} FROM app.policies WHERE name = $1`, [
      this.policy,
    ]);
    return rows[0] && rows.filter(({ eventId }) => eventId !== null);
  }

  /** Starts, or starts again where the event it had looked at is not in this ledger. */
  async begin(after: EventName | undefined): Promise<void> {
    await this.pool.query(
      `INSERT INTO app.policies (name, event_id, stream, revision) VALUES ($1, $2, $3, $4)
       ON CONFLICT (name) DO UPDATE SET event_id = $2, stream = $3, revision = $4`,
      [this.policy, after?.eventId ?? null, after?.stream ?? null, after?.revision ?? null],
    );
  }

  /** @throws CheckpointMoved where it is not at `from`: another runner has taken over */
  async move(from: EventName | undefined, to: EventName): Promise<void> {
    const { rowCount } = await this.pool.query(
      `UPDATE app.policies SET event_id = $2, stream = $3, revision = $4
        WHERE name = $1 AND event_id IS NOT DISTINCT FROM $5::uuid`,
      [this.policy, to.eventId, to.stream, to.revision, from?.eventId ?? null],
    );
    if (rowCount !== 1) throw new CheckpointMoved(this.policy);
  }

  /** Has events wait. May be repeated. */
  async wait(alarms: readonly (EventName & { readonly dueAt: Instant })[]): Promise<void> {
    if (alarms.length === 0) return;
    await this.pool.query(
      `INSERT INTO app.policy_alarms (policy, event_id, stream, revision, due_at)
       SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::integer[], $5::timestamptz[]) ON CONFLICT DO NOTHING`,
      [
        this.policy,
        alarms.map(({ eventId }) => eventId),
        alarms.map(({ stream }) => stream),
        alarms.map(({ revision }) => revision),
        alarms.map(({ dueAt }) => dueAt),
      ],
    );
  }

  /** Events whose day has come by an instant, the earliest first. */
  async due(until: Instant, limit: number): Promise<readonly EventName[]> {
    const { rows } = await this.pool.query<EventName>(
      `SELECT ${NAME} FROM app.policy_alarms WHERE policy = $1 AND due_at <= $2 ORDER BY due_at, event_id LIMIT $3`,
      [this.policy, until, limit],
    );
    return rows;
  }

  /** An event waits no more. */
  async waited({ eventId }: EventName): Promise<void> {
    await this.pool.query('DELETE FROM app.policy_alarms WHERE policy = $1 AND event_id = $2', [
      this.policy,
      eventId,
    ]);
  }

  async parkedTargets(): Promise<readonly string[]> {
    const { rows } = await this.pool.query<{ target: string }>(
      'SELECT DISTINCT target FROM app.policy_parked WHERE policy = $1',
      [this.policy],
    );
    return rows.map(({ target }) => target);
  }

  /** @param code of the bug; absent where the event only comes behind another */
  async park(target: string, { eventId, stream, revision }: EventName, code?: string): Promise<void> {
    await this.pool.query(
      `INSERT INTO app.policy_parked (policy, target, event_id, stream, revision, code) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (policy, target, event_id) DO UPDATE SET code = coalesce($6, app.policy_parked.code)`,
      [this.policy, target, eventId, stream, revision, code ?? null],
    );
  }

  /** What is parked for targets that no bug holds any more, since operators have released them; in its order. */
  async released(): Promise<readonly ParkedEvent[]> {
    const { rows } = await this.pool.query<ParkedEvent>(
      `SELECT number, target, ${NAME} FROM app.policy_parked p
        WHERE policy = $1 AND NOT EXISTS (SELECT FROM app.policy_parked held
          WHERE held.policy = p.policy AND held.target = p.target AND held.code IS NOT NULL)
        ORDER BY p.number LIMIT 100`,
      [this.policy],
    );
    return rows;
  }

  async unpark({ number }: ParkedEvent): Promise<void> {
    await this.pool.query('DELETE FROM app.policy_parked WHERE policy = $1 AND number = $2', [
      this.policy,
      number,
    ]);
  }
}
