import { setImmediate as breathe } from 'node:timers/promises';
import type { EventStore } from '@enishi/event-store';
import {
  compareRows,
  parkedScopes,
  presentTables,
  readingOf,
  readVersion,
  schemaOf,
  Scratch,
  scratchTables,
  scopeKey,
  transaction,
  type Opener,
  type ParkedFrom,
  type Projection,
  type RowDifference,
} from '@enishi/projections/engine';
import { Client } from 'pg';

/** What rebuilding one view and comparing it with the version that serves came to. */
export interface ViewCheck {
  readonly view: string;
  /** `other-version`: the view is being built for this version of the program, so there is nothing to compare with yet. */
  readonly state: 'same' | 'different' | 'other-version';
  /** Up to where both were compared; absent where nothing was. */
  readonly position?: bigint;
  /** Rows that the events make. */
  readonly rows: number;
  readonly found: number;
  /** The first twenty of each table. */
  readonly differences: readonly RowDifference[];
  /** Scopes that the version that serves has parked, and those that cannot be rebuilt. */
  readonly parked: readonly (ParkedFrom & { readonly by: 'serving' | 'rebuild' })[];
}

export interface CheckViewsOptions {
  /** Connection string of the serving role: the check has two sessions of its own, and ends them. */
  readonly databaseUrl: string;
  readonly store: Pick<EventStore, 'readAll'>;
  readonly vault: Opener;
  readonly projections: readonly Projection[];
  /** Told of a view, and of how many events were read for it. */
  readonly onProgress?: (view: string, events: number) => void;
}

/** As small as those of the projectors, since requests are answered between them. */
const BATCH = 250;
const SHOWN = 20;
/** How often a view is begun anew that was switched to another version meanwhile. */
const ATTEMPTS = 3;

/** The name that the check's sessions have in the database. */
export const SELF_CHECK_SESSION = 'enishi self-check';

/**
 * Builds each view once more from the events, in temporary tables, and compares it row by row with the version that
 * serves, at the same place of the ledger. Changes nothing, and leaves nothing behind, however it ends.
 *
 * @throws faults of database, store and vault; the check may be repeated
 */
export async function checkViews({
  databaseUrl,
  projections,
  ...options
}: CheckViewsOptions): Promise<readonly ViewCheck[]> {
  const sessions = [0, 1].map(
    () => new Client({ connectionString: databaseUrl, application_name: SELF_CHECK_SESSION }),
  );
  const [serving, scratch] = sessions as [Client, Client];
  try {
    for (const session of sessions) {
      // The next query tells that a session was lost; unheard, its event would end the process.
      session.on('error', () => undefined);
      await session.connect();
    }
    const checks: ViewCheck[] = [];
    for (const projection of projections) {
      checks.push(await new Checking(serving, scratch, projection, options).check());
    }
    return checks;
  } finally {
    await Promise.all(sessions.map((session) => session.end().catch(() => undefined)));
  }
}

/** Where a version of a view stands. */
interface Standing {
  readonly position: bigint;
  readonly parked: readonly ParkedFrom[];
}

class Checking {
  private read = 0;

  constructor(
    private readonly serving: Client,
    private readonly scratch: Client,
    private readonly projection: Projection,
    private readonly options: Omit<CheckViewsOptions, 'databaseUrl' | 'projections'>,
  ) {}

  async check(): Promise<ViewCheck> {
    const { name } = this.projection;
    for (let attempt = 1; ; attempt += 1) {
      const found = await this.attempt();
      if (found !== 'begin-anew') return found;
      if (attempt === ATTEMPTS) throw new Error(`${name} was rebuilt again and again while it was checked`);
    }
  }

  private async attempt(): Promise<ViewCheck | 'begin-anew'> {
    this.read = 0;
    const begun = await this.standing();
    if (begun === undefined) return this.notComparable();
    const built = await Scratch.begin(this.scratch, this.projection);
    try {
      let at = await this.follow(built, -1n, begun);
      // What came meanwhile, before anything is held up.
      const caughtUp = await this.standing();
      if (caughtUp === undefined || !goesOn(begun, caughtUp)) return 'begin-anew';
      at = await this.follow(built, at, caughtUp);
      return await transaction(this.serving, () => this.compare(built, at, caughtUp));
    } finally {
      await built.end().catch(() => undefined);
    }
  }

  /** In one transaction, which sees the version that serves as it was at one moment. */
  private async compare(built: Scratch, at: bigint, before: Standing): Promise<ViewCheck | 'begin-anew'> {
    const { serving, scratch, projection } = this;
    const { name } = projection;
    await serving.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const tables = await scratchTables(scratch);
    const schema = schemaOf(name, 'serving');
    const present = await presentTables(serving, schema, tables);
    // Before the first look: a version that is switched to meanwhile waits, or was there before.
    const locked = present.map((table) => `${schema}.${table.name}`).join(', ');
    if (present.length > 0) await serving.query(`LOCK TABLE ${locked} IN ACCESS SHARE MODE`);
    const seen = await this.standing();
    if (seen === undefined || !goesOn(before, seen)) return 'begin-anew';
    await this.follow(built, at, seen);
    const compared = await transaction(scratch, () =>
      compareRows(serving, schema, scratch, { tables, present }, SHOWN),
    );
    return {
      view: name,
      state: compared.found === 0 ? 'same' : 'different',
      position: seen.position,
      ...compared,
      parked: [
        ...seen.parked.map((scope) => ({ ...scope, by: 'serving' as const })),
        ...built.parked.map((scope) => ({ ...scope, by: 'rebuild' as const })),
      ],
    };
  }

  /** Applies what comes after a place of the ledger, up to where the other version stands. */
  private async follow(built: Scratch, from: bigint, { position, parked }: Standing): Promise<bigint> {
    const { store, vault, onProgress } = this.options;
    for (let after = from; after < position;) {
      const reading = after < 0n ? {} : { after };
      const page = await store.readAll({ limit: BATCH, ...reading, ...readingOf(this.projection) });
      const records = page.filter((record) => record.position <= position);
      if (records.length === 0) break;
      await built.apply(vault, records, parked);
      after = records.at(-1)!.position;
      this.read += records.length;
      onProgress?.(this.projection.name, this.read);
      await breathe();
    }
    return position;
  }

  /** `undefined` where no version serves that this program made. */
  private async standing(): Promise<Standing | undefined> {
    const { name, version } = this.projection;
    const row = await readVersion(this.serving, name, 'serving');
    if (row?.version !== version) return undefined;
    return { position: row.checkpoint?.position ?? -1n, parked: await parkedScopes(this.serving, name) };
  }

  private notComparable(): ViewCheck {
    const view = this.projection.name;
    return { view, state: 'other-version', rows: 0, found: 0, differences: [], parked: [] };
  }
}

/** Whether a version is the one that was seen before, further on: nothing that was passed is parked otherwise. */
function goesOn(before: Standing, now: Standing): boolean {
  const passed = ({ parked }: Standing): string =>
    parked
      .filter(({ position }) => position <= before.position)
      .map(({ scope, position }) => `${position} ${scopeKey(scope)}`)
      .sort()
      .join();
  return now.position >= before.position && passed(before) === passed(now);
}
