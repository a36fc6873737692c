import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  declarationOf,
  type Category,
  type EventDeclaration,
  type Fact,
  type JsonObject,
  type NewEvent,
} from '@enishi/domain';
import type { RecordedEvent } from '@enishi/event-store';
import { canonical } from '@enishi/transparency';
import { migrateVault, openVault, parseKeysSetting, type Vault, type VaultOptions } from '@enishi/vault';
import { Pool } from 'pg';
import { testCluster, type TestCluster, type TestDatabase } from '../support/postgres';

/** An event type of no real ledger: two categories, one value in both of them. */
const GUEST_NOTED: EventDeclaration = {
  version: 2,
  subject: { kind: 'alumnus', field: 'alumnusId' },
  fields: {
    alumnusId: { kind: 'opaque-id', optional: false },
    room: { kind: 'enum', values: ['garden', 'hall'], many: false, optional: true },
    tastes: { kind: 'enum', values: ['sweet', 'bitter'], many: true, optional: true },
    at: { kind: 'instant', optional: true },
    cups: { kind: 'number', optional: true },
    paid: { kind: 'flag', optional: true },
    menu: { kind: 'published', optional: true },
    proof: { kind: 'digest', optional: true },
    name: { kind: 'sealed', categories: ['programme'], optional: true },
    address: { kind: 'sealed', categories: ['contact'], optional: true },
    words: { kind: 'sealed', categories: ['programme', 'consent-evidence'], optional: true },
  },
};

/** One database and the directories of one ledger, in which a test opens as many vaults as it needs. */
export class House {
  readonly ledgerId = 'ledger-1';
  readonly alarms: { code: string }[] = [];
  readonly lines: string[] = [];
  private readonly vaults = new Set<Vault>();

  private constructor(
    private readonly cluster: TestCluster,
    readonly database: TestDatabase,
    readonly directory: string,
    /** As the owner, to look behind the vault's back. */
    readonly owner: Pool,
  ) {}

  static async build(): Promise<House> {
    const cluster = await testCluster();
    const database = await cluster.createDatabase('vault');
    await migrateVault(database.ownerUrl, { servingRole: 'enishi_app' });
    const owner = new Pool({ connectionString: database.ownerUrl, max: 4 });
    owner.on('error', () => undefined);
    return new House(cluster, database, await mkdtemp(join(tmpdir(), 'enishi-vault-')), owner);
  }

  get epochs(): string {
    return join(this.directory, 'epochs');
  }

  get epochsCopy(): string {
    return join(this.directory, 'epochs-copy');
  }

  /** Another process, as far as the vault can tell. */
  async open(options: Partial<VaultOptions> = {}): Promise<Vault> {
    const line = (details: object, message: string): void => {
      this.lines.push(message + JSON.stringify(details));
    };
    const vault = await openVault({
      databaseUrl: this.database.url,
      ledgerId: this.ledgerId,
      epochsDirectory: this.epochs,
      epochsCopyDirectory: this.epochsCopy,
      artefactsDirectory: join(this.directory, 'artefacts'),
      masterKey: parseKeysSetting(`file:${join(this.directory, 'master.key')}`, { development: true }),
      logger: { info: line, warn: line },
      onAlarm: (alarm) => {
        this.alarms.push(alarm);
        line(alarm.details, alarm.code);
      },
      declarations: (type) => (type === 'GuestNoted' ? GUEST_NOTED : declarationOf(type)),
      ...options,
    });
    this.vaults.add(vault);
    return vault;
  }

  async tearDown(): Promise<void> {
    await Promise.all([...this.vaults].map((vault) => vault.close()));
    await this.owner.end();
    await this.database.drop();
    await this.cluster.stop();
    await rm(this.directory, { recursive: true, force: true });
  }

  /** Rows of `vault.keys` of an alumnus. */
  async keysOf(
    alumnusId: string,
  ): Promise<{ category: string; generation: number; state: string; wrapped: Buffer | null }[]> {
    const { rows } = await this.owner.query<{
      category: string;
      generation: number;
      state: string;
      wrapped: Buffer | null;
    }>('SELECT * FROM vault.keys WHERE subject = $1 ORDER BY category, generation', [`alumnus:${alumnusId}`]);
    return rows;
  }
}

/** An event of the fictitious type. */
export function guest(alumnusId: string, data: JsonObject = { name: '青木 花子' }): NewEvent {
  return { type: 'GuestNoted', data: { alumnusId, ...data } } as unknown as NewEvent;
}

/** A real registration with sealed fields in three categories. */
export function registration(alumnusId: string): NewEvent {
  return {
    type: 'AlumnusRegistered',
    data: {
      alumnusId,
      origin: 'import',
      name: { family: '髙橋', given: '花子' },
      kana: { family: 'タカハシ', given: 'ハナコ' },
      employeeNumber: 'A-00017',
      birthDate: '1980-02-29',
      email: 'hanako@example.jp',
      phone: '+81 90 0000 0000',
      leavingReason: '一身上の都合',
      employment: { joinedOn: '2004-04-01', leftOn: '2024-03-31', department: '営業部' },
    },
  } as unknown as NewEvent;
}

let position = 0n;

/** Seals events under one lease and gives them back as a store would. */
export async function record(
  vault: Vault,
  events: readonly NewEvent[],
  options: { readonly mayReopen?: readonly Category[]; readonly version?: number } = {},
): Promise<RecordedEvent[]> {
  const lease = vault.lease();
  try {
    const placed = events.map((event) => ({
      stream: `alumnus-${(event.data as { alumnusId: string }).alumnusId}`,
      id: randomUUID(),
      event,
      ...(options.mayReopen && { mayReopen: options.mayReopen }),
    }));
    const sealed = await lease.seal(placed);
    return placed.map(({ stream, id, event }, index) =>
      recorded(
        stream,
        id,
        event.type,
        sealed[index]!,
        options.version ?? (event.type === ('GuestNoted' as string) ? 2 : 1),
      ),
    );
  } finally {
    lease.release();
  }
}

export function recorded(
  stream: string,
  id: string,
  type: string,
  data: JsonObject,
  version: number,
): RecordedEvent {
  const metadata: JsonObject = {
    v: version,
    commandId: 'c-1',
    $correlationId: 'c-1',
    $causationId: 'c-1',
    actor: 'staff:s-1',
    decidedAt: '2026-11-21T00:00:00.000Z',
  };
  const dataText = canonical(data);
  return {
    stream,
    revision: 0,
    position: ++position,
    id,
    type,
    // Through text, as a store gives it.
    data: JSON.parse(dataText) as JsonObject,
    metadata,
    dataText,
    metadataText: canonical(metadata),
    recordedAt: '2026-11-21T00:00:00.001Z',
  };
}

/** The data of the only fact. */
export async function openOne(
  vault: Vault,
  event: RecordedEvent,
): Promise<{ data: Record<string, unknown>; erased: readonly string[] }> {
  const [fact] = (await vault.openFacts([event])) as [Fact];
  return { data: fact.data as unknown as Record<string, unknown>, erased: fact.erased };
}

export function anId(): string {
  return randomBytes(8).toString('hex');
}
