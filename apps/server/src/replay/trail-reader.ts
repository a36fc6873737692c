import { Inject, Injectable } from '@nestjs/common';
import type { Fact, Instant } from '@enishi/domain';
import {
  readAuditTrail,
  readEvents,
  type AuditCursor,
  type AuditEntry,
} from '@enishi/projections/audit-trail/query';
import { listProgrammes } from '@enishi/projections/purpose-catalogue/query';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';

/** Everything that bears on one person, with the events as the audit trail shows them, by event id. */
export interface Trail {
  /** In the order of the ledger. */
  readonly facts: readonly Fact[];
  readonly entries: ReadonlyMap<string, AuditEntry>;
}

const LISTS_OF_PEOPLE = /^(export|provision|receipt)-/;

/** Reads from the ledger itself what bears on one person; which streams those are is told by the audit trail. */
@Injectable()
export class TrailReader {
  constructor(@Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure) {}

  /** @param purposeId with the rules of this purpose, all programmes, and what linked records say of it */
  async read(alumnusId: string, purposeId: string | undefined, at: Instant): Promise<Trail> {
    const streams = new Set(await this.streamsOf(alumnusId));
    if (purposeId !== undefined) {
      streams.add(`purpose-${purposeId}`);
      for (const { programmeId } of await listProgrammes(this.infrastructure.pool, at)) {
        streams.add(`programme-${programmeId}`);
      }
      for (const stream of await this.linkedStreams(alumnusId, streams)) {
        if (!stream.startsWith('consent-') || stream.endsWith(`.${purposeId}`)) streams.add(stream);
      }
    }
    const facts = await this.factsOf([...streams]);
    const entries = await readEvents(
      this.infrastructure.pool,
      facts.map(({ id }) => id),
    );
    const shown = new Map(entries.map((entry) => [entry.eventId, entry]));
    // What came since the trail was written is left out whole.
    return { facts: facts.filter(({ id }) => shown.has(id)), entries: shown };
  }

  private async streamsOf(alumnusId: string): Promise<readonly string[]> {
    const streams = new Set<string>();
    let cursor: AuditCursor | undefined;
    do {
      const page = await readAuditTrail(this.infrastructure.pool, {
        alumnusId,
        limit: 500,
        ...(cursor && { cursor }),
      });
      // That a file was made or data given changes nothing about the person, and such a stream may be very long.
      for (const { stream } of page.rows) if (!LISTS_OF_PEOPLE.test(stream)) streams.add(stream);
      cursor = page.next;
    } while (cursor !== undefined);
    return [...streams];
  }

  /** The streams of everybody who was ever linked with the person, by one link or by several in a row. */
  private async linkedStreams(alumnusId: string, own: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const found = new Set(own);
    const seen = new Set([alumnusId]);
    for (const stream of found) {
      if (!stream.startsWith('link-')) continue;
      for (const other of stream.slice('link-'.length).split('.')) {
        if (seen.has(other)) continue;
        seen.add(other);
        for (const theirs of await this.streamsOf(other)) found.add(theirs);
      }
    }
    return found;
  }

  private async factsOf(streams: readonly string[]): Promise<readonly Fact[]> {
    const { store, vault } = this.infrastructure;
    const records = [];
    for (const stream of streams) records.push(...(await store.readStream(stream)));
    records.sort((a, b) => (a.position < b.position ? -1 : 1));
    return vault.openFacts(records, { categories: ['programme', 'contact'] });
  }
}
