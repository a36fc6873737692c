import type { RecordedEvent } from '@enishi/event-store';
import type { ClientBase } from 'pg';
import { openBatch, projectEntries, type Opener } from './apply';
import { scratchTables } from './compare-rows';
import type { Projection, Scope } from './definition';
import { eraseSubjects, isErasure } from './erase';
import { codeOf, isTransient } from './faults';
import { transaction } from './schema';
import { scopeKey } from './scope';

/** A scope whose events are not applied any more, from one of them on. */
export interface ParkedFrom {
  readonly scope: Scope;
  readonly position: bigint;
  readonly code: string;
}

/**
 * A version of a projection in temporary tables: only its session sees it, nothing of it is written ahead, and it goes
 * with the session, however that ends.
 *
 * Events must come in the order of the ledger. One that cannot be applied parks its scope, as it would in the version that serves.
 */
export class Scratch {
  /** Scopes that this version parked by itself. */
  readonly parked: ParkedFrom[] = [];
  private readonly keys = new Set<string>();
  private applied = 0;
  private counted = 500;

  private constructor(
    private readonly db: ClientBase,
    private readonly projection: Projection,
  ) {}

  /** Makes the tables, empty. @param db a session that does nothing else until {@link end} */
  static async begin(db: ClientBase, projection: Projection): Promise<Scratch> {
    // Tables of a search path that begins with it are temporary.
    await db.query(`DISCARD TEMP; SET search_path TO pg_temp; ${projection.tables}`);
    return new Scratch(db, projection);
  }

  /**
   * @param serving scopes that the version that serves has parked: they are left alone from the same event on
   * @throws transient faults of database and store
   */
  async apply(
    vault: Opener,
    records: readonly RecordedEvent[],
    serving: readonly ParkedFrom[] = [],
  ): Promise<void> {
    for (let from = 0; from < records.length;) {
      const { position } = records[from]!;
      for (const { scope, position: at } of serving) if (at <= position) this.keys.add(scopeKey(scope));
      const next = records.findIndex(
        (record, index) => index > from && serving.some(({ position: at }) => at === record.position),
      );
      const end = next === -1 ? records.length : next;
      await this.applyRun(vault, records.slice(from, end));
      from = end;
    }
    this.applied += records.length;
    if (this.applied >= 2 * this.counted) await this.count();
  }

  /** Drops the tables. */
  async end(): Promise<void> {
    await this.db.query('DISCARD TEMP');
  }

  /** Nobody else counts temporary tables; without it the planner would soon read a whole one for a few of its rows. */
  private async count(): Promise<void> {
    this.counted = this.applied;
    const names = (await scratchTables(this.db)).map(({ name }) => `pg_temp.${name}`);
    await this.db.query(`ANALYZE ${names.join(', ')}`);
  }

  private async applyRun(vault: Opener, records: readonly RecordedEvent[]): Promise<void> {
    const { db, projection } = this;
    const { opened } = await openBatch(vault, projection, records);
    let fault: unknown;
    if ('fault' in opened) fault = opened.fault;
    else {
      try {
        await transaction(db, () => projectEntries(db, projection, opened, this.keys));
        return;
      } catch (error) {
        if (isTransient(error)) throw error;
        fault = error;
      }
    }
    if (records.length === 1) return this.park(records[0]!, fault);
    const middle = records.length >> 1;
    await this.applyRun(vault, records.slice(0, middle));
    await this.applyRun(vault, records.slice(middle));
  }

  private async park(record: RecordedEvent, fault: unknown): Promise<void> {
    const { db, projection } = this;
    if (isErasure(record)) await transaction(db, () => eraseSubjects(db, projection, [record]));
    const scope = projection.scopeOf(record);
    if (this.keys.has(scopeKey(scope)) || this.keys.has('all')) return;
    this.keys.add(scopeKey(scope));
    this.parked.push({ scope, position: record.position, code: codeOf(fault) });
  }
}
