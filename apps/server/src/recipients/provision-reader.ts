import { Inject, Injectable } from '@nestjs/common';
import { provisionStream, receiptStream, recipientStream } from '@enishi/application';
import { keptUntil, tokyoDay, type Fact, type RecordForm } from '@enishi/domain';
import { readProvisions, type ProvisionEntry } from '@enishi/projections/audit-trail/query';
import { ActorNames } from '../audit/actor-names';
import { listOf, openCursor, sealCursor } from '../cursor';
import type { Infrastructure } from '../infrastructure';
import { plain } from '../plain';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';
import type { ProvidedPersonAnswer, RecipientThenAnswer } from './provisions.answers.dto';
import type { ProvisionsQuery } from './provisions.dto';

type Recorded = Fact<'ProvisionRecorded' | 'ReceiptRecorded'>;
type Listing = Fact<'ProvisionChunkRecorded' | 'ReceiptRecorded'>;

/** What every view of a record needs, whichever way it was read. */
interface Told {
  readonly eventId: string;
  readonly actor: string;
  readonly data: object;
  readonly effectiveAt: string;
  readonly decidedAt: string;
}

/** A page of records, and where the next one begins. */
export interface RecordsPage {
  readonly records: readonly Record<string, unknown>[];
  readonly cursor?: string;
}

/** One record, with everybody in it. */
export interface WholeRecord extends Readonly<Record<string, unknown>> {
  readonly members: readonly ProvidedPersonAnswer[];
}

/** Records of provision and of receipt, as clients see them. */
@Injectable()
export class ProvisionReader {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly actors: ActorNames,
  ) {}

  /** A page of provisions, the latest first; about one person each record says by which consent. */
  async provisions(query: ProvisionsQuery): Promise<RecordsPage> {
    const { rows, cursor } = await this.page('provisions', 'ProvisionRecorded', query);
    return { records: await this.list(rows, query.alumnusId), ...cursor };
  }

  /** A page of receipts, the latest first. */
  async receipts(query: ProvisionsQuery): Promise<RecordsPage> {
    const { rows, cursor } = await this.page('receipts', 'ReceiptRecorded', query);
    return { records: await this.list(rows, undefined), ...cursor };
  }

  private async page(name: string, of: Recorded['type'], query: ProvisionsQuery) {
    const { alumnusId, recipientId, cursor, limit = 50 } = query;
    const { pool, vault } = this.infrastructure;
    const list = listOf(name, { alumnusId, recipientId });
    const after = cursor === undefined ? undefined : openCursor<{ position: string }>(vault, list, cursor);
    const question = plain({ alumnusId, recipientId, cursor: after, limit });
    const { rows, next } = await readProvisions(pool, { of, ...question });
    return { rows, cursor: next && { cursor: sealCursor(vault, list, next) } };
  }

  /** @param alumnusId of a list about one person: each record then says by which consent */
  private async list(
    entries: readonly ProvisionEntry[],
    alumnusId: string | undefined,
  ): Promise<readonly Record<string, unknown>[]> {
    const names = await this.actors.of(entries.map(({ entry }) => entry.actor));
    return Promise.all(
      entries.map(async ({ entry, namedAt }) => {
        const member =
          alumnusId === undefined || namedAt === undefined
            ? undefined
            : (await this.members(entry.stream, namedAt, 1)).find((one) => one.alumnusId === alumnusId);
        const { consentId } = member ?? {};
        return { ...this.viewOf(entry, names), ...(consentId !== undefined && { consentId }) };
      }),
    );
  }

  /** A provision with everybody in it. @throws ProblemError 404 */
  provision(provisionId: string): Promise<WholeRecord> {
    return this.one(provisionStream(provisionId), 'provision-unknown', 1);
  }

  /** A receipt with everybody in it. @throws ProblemError 404 */
  receipt(receiptId: string): Promise<WholeRecord> {
    return this.one(receiptStream(receiptId), 'receipt-unknown', 0);
  }

  private async one(stream: string, unknown: string, from: number): Promise<WholeRecord> {
    const { ledger } = this.infrastructure;
    const records = await ledger.store.readStream(stream, { limit: 1 });
    const [fact] = (await ledger.vault.openFacts(records, { categories: ['staff'] })) as readonly Recorded[];
    if (fact === undefined) throw new ProblemError(404, unknown, 'There is no such record');
    const { note, acquired } = fact.data as { readonly note?: string; readonly acquired?: string };
    return {
      ...this.viewOf({ ...fact, eventId: fact.id }, await this.actors.of([fact.actor])),
      recipient: await this.recipient(fact.data.recipientId, fact.data.recipientVersion),
      ...(note !== undefined && { note }),
      ...(acquired !== undefined && { acquired }),
      members: await this.members(stream, from),
    };
  }

  private viewOf(
    { eventId, actor, data, effectiveAt, decidedAt }: Told,
    names: ReadonlyMap<string, string>,
  ): Record<string, unknown> {
    const {
      staffId: _,
      chunks: __,
      lines,
      alumnusIds,
      note: ___,
      acquired: ____,
      ...told
    } = data as Record<string, unknown> & {
      readonly lines?: number;
      readonly alumnusIds?: readonly string[];
      readonly form?: RecordForm;
    };
    const { form } = told;
    const record = { made: decidedAt, given: effectiveAt, ...(form !== undefined && { form }) };
    return {
      people: lines ?? alumnusIds?.length,
      ...told,
      effectiveAt,
      recordedBy: actor,
      ...(names.has(actor) && { recordedByName: names.get(actor) }),
      recordedAt: decidedAt,
      keepUntil: keptUntil(record, tokyoDay(this.infrastructure.ledger.clock.now())),
      eventId,
    };
  }

  /** Whom the events of a stream name, from a revision on. */
  private async members(
    stream: string,
    from: number,
    limit?: number,
  ): Promise<readonly ProvidedPersonAnswer[]> {
    const { ledger } = this.infrastructure;
    const records = await ledger.store.readStream(stream, { from, ...(limit !== undefined && { limit }) });
    const facts = (await ledger.vault.openFacts(records, { categories: [] })) as readonly Listing[];
    return facts.flatMap(({ data }) => {
      const consentIds = 'consentIds' in data ? data.consentIds : undefined;
      return data.alumnusIds.map((alumnusId, at) => ({
        alumnusId,
        ...(consentIds !== undefined && { consentId: consentIds[at] }),
      }));
    }) as readonly ProvidedPersonAnswer[];
  }

  private async recipient(recipientId: string, version: number): Promise<RecipientThenAnswer> {
    const { ledger } = this.infrastructure;
    const records = await ledger.store.readStream(recipientStream(recipientId));
    const facts = await ledger.vault.openFacts(records, { categories: ['staff'] });
    const stated = facts as readonly Fact<'RecipientAdded' | 'RecipientRevised'>[];
    const { data } = stated.find((one) => one.data.version === version)!;
    const { content, representative } = data;
    return {
      name: content.name,
      address: content.address,
      ...(representative !== undefined && { representative }),
    };
  }
}
