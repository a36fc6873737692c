import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AccessLogReader, type AccessLogEntry, type AccessLogPlace } from '@enishi/access';
import { ACCESS_LOG_STREAM, consentStream, lifecycleStream, requestStream } from '@enishi/application';
import type { ExportState, JsonObject } from '@enishi/domain';
import {
  readAuditTrail,
  readCompleted,
  readErased,
  readExportSteps,
  type AuditEntry,
} from '@enishi/projections/audit-trail/query';
import {
  readConsentEvents,
  streamConsentHistory,
  type ConsentEntry,
} from '@enishi/projections/consent-history/query';
import {
  readReceived,
  readRequestEntries,
  type RequestEntry,
} from '@enishi/projections/request-register/query';
import { drawFrom, type Draw, type Drawn } from '@enishi/transparency';
import type { Infrastructure } from '../../infrastructure';
import { INFRASTRUCTURE } from '../../tokens';
import { stateOfSteps } from '../../exports/export-views';
import { AuditReader } from '../audit-reader';

const HOUR_MS = 3_600_000;
const PAGE = 500;
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** A sample of what there is up to a position, with the size of what it was drawn from. */
export interface Sampled<Item> {
  readonly population: number;
  readonly items: readonly (Drawn & Item)[];
}

/** A consent or withdrawal with the events of its stream. */
export interface SampledConsent {
  readonly consent: ConsentEntry;
  readonly events: readonly Record<string, unknown>[];
}

/** A file with personal data that was made, and the steps of its stream. */
export interface SampledUse {
  readonly use: ExportState;
  readonly events: readonly Record<string, unknown>[];
}

/** An erasure of a person that was completed, and the events of its stream. */
export interface SampledErasure {
  readonly erasure: AuditEntry;
  readonly events: readonly Record<string, unknown>[];
}

/** A request of a person, and the steps of its stream. */
export interface SampledRequest {
  readonly request: RequestEntry;
  readonly events: readonly Record<string, unknown>[];
}

/** An entry of the access log with the event that anchors its hour. */
export interface SampledReading {
  readonly reading: AccessLogEntry;
  readonly anchor: Anchor;
}

/** An hour of the access log, as the ledger has it. */
export interface Anchor {
  readonly eventId: string;
  readonly position: string;
  readonly from: string;
  readonly to: string;
  readonly entries: number;
  readonly digest: string;
}

/** Draws samples, and lays the evidence beside each item. */
@Injectable()
export class Sampler {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly audit: AuditReader,
    private readonly log: AccessLogReader,
  ) {}

  /**
   * Answers of one kind, by the ids of their events; those that were voided since are among them.
   * @param upTo the last position, inclusive
   */
  async consents(kind: 'granted' | 'withdrawn', draw: Draw, upTo: bigint): Promise<Sampled<SampledConsent>> {
    const { pool } = this.infrastructure;
    let drawn: readonly Drawn[] = [];
    let places = new Map<string, bigint>();
    let population = 0;
    for await (const page of streamConsentHistory(pool, { kinds: [kind], upTo })) {
      const known = new Map([
        ...places,
        ...page.map(({ eventId, position }) => [eventId, position] as const),
      ]);
      const ids = page.map(({ eventId }) => eventId);
      drawn = drawFrom(ids, draw, sha256, drawn);
      places = new Map(drawn.map(({ id }) => [id, known.get(id)!]));
      population += ids.length;
    }
    const found = await readConsentEvents(pool, [...places.values()]);
    const byId = new Map(found.map((entry) => [entry.eventId, entry]));
    const items: (Drawn & SampledConsent)[] = [];
    for (const one of drawn) {
      const consent = byId.get(one.id);
      // Erased between the two questions: then it is no longer there to be looked at.
      if (consent !== undefined) items.push({ ...one, consent, events: await this.streamOf(consent) });
    }
    return { population, items };
  }

  private async streamOf({
    alumnusId,
    purposeId,
  }: ConsentEntry): Promise<readonly Record<string, unknown>[]> {
    const question = { alumnusId, purposeId, limit: PAGE };
    const { rows } = await readAuditTrail(this.infrastructure.pool, question);
    const stream = consentStream(alumnusId, purposeId);
    return this.audit.views(rows.filter((row) => row.stream === stream));
  }

  /**
   * Files with personal data that were made, by the ids of the events that completed them; those deleted since are
   * among them.
   * @param upTo the last position, inclusive
   */
  async uses(draw: Draw, upTo: bigint): Promise<Sampled<SampledUse>> {
    const { pool } = this.infrastructure;
    const made = await readCompleted(pool, upTo);
    const streams = new Map(made.map(({ eventId, stream }) => [eventId, stream]));
    const drawn = drawFrom([...streams.keys()], draw, sha256, []);
    const found = await readExportSteps(
      pool,
      drawn.map(({ id }) => streams.get(id)!),
    );
    const items = await Promise.all(
      drawn.map(async (one, at) => ({
        ...one,
        use: stateOfSteps(found[at]!),
        events: await this.audit.views(found[at]!.steps),
      })),
    );
    return { population: made.length, items };
  }

  /**
   * Erasures of people that were completed, by the ids of the events that completed them.
   * @param upTo the last position, inclusive
   */
  async erasures(draw: Draw, upTo: bigint): Promise<Sampled<SampledErasure>> {
    const { pool } = this.infrastructure;
    const erased = await readErased(pool, upTo);
    const people = new Map(erased.map(({ eventId, alumnusId }) => [eventId, alumnusId]));
    const items: (Drawn & SampledErasure)[] = [];
    for (const one of drawFrom([...people.keys()], draw, sha256, [])) {
      const alumnusId = people.get(one.id)!;
      const { rows } = await readAuditTrail(pool, { alumnusId, limit: PAGE });
      const life = rows.filter(({ stream }) => stream === lifecycleStream(alumnusId));
      const erasure = life.find(({ eventId }) => eventId === one.id);
      if (erasure !== undefined) items.push({ ...one, erasure, events: await this.audit.views(life) });
    }
    return { population: erased.length, items };
  }

  /**
   * Requests by the person, by the ids of the events that they began with. Opens nothing.
   * @param upTo the last position, inclusive
   */
  async requests(draw: Draw, upTo: bigint): Promise<Sampled<SampledRequest>> {
    const { pool } = this.infrastructure;
    const received = await readReceived(pool, upTo);
    const ids = new Map(received.map(({ eventId, requestId }) => [eventId, requestId]));
    const drawn = drawFrom([...ids.keys()], draw, sha256, []);
    const entries = await readRequestEntries(
      pool,
      drawn.map(({ id }) => ids.get(id)!),
    );
    const byId = new Map(entries.map((entry) => [entry.requestId, entry]));
    const items = await Promise.all(
      drawn.map(async (one) => {
        const request = byId.get(ids.get(one.id)!)!;
        return { ...one, request, events: await this.stepsOf(request.requestId) };
      }),
    );
    return { population: received.length, items };
  }

  private async stepsOf(requestId: string): Promise<readonly Record<string, unknown>[]> {
    const { store, vault } = this.infrastructure;
    const records = await store.readStream(requestStream(requestId));
    const facts = await vault.openFacts(records, { categories: [] });
    const rows = facts.map(({ id, data, erased: _, ...fact }, at) => {
      const { alumnusId } = data as { readonly alumnusId?: string };
      const sealed = sealedIn(records[at]!);
      return { ...fact, eventId: id, data, sealed, ...(alumnusId !== undefined && { alumnusId }) };
    });
    return this.audit.views(rows as unknown as readonly AuditEntry[]);
  }

  /**
   * Entries of the access log by which somebody's data was opened, by their ids, in the hours that the ledger had
   * anchored by then and that retention has left.
   * @param upTo the last position, inclusive
   */
  async readings(draw: Draw, upTo: bigint): Promise<Sampled<SampledReading>> {
    const anchors = await this.anchorsUpTo(upTo);
    const hours = [...anchors.keys()].sort((a, b) => a - b);
    const [first, last] = [hours[0], hours.at(-1)];
    if (first === undefined || last === undefined) return { population: 0, items: [] };
    let drawn: readonly Drawn[] = [];
    let places = new Map<string, AccessLogPlace>();
    let population = 0;
    for await (const page of this.log.uses(iso(first), iso(last + HOUR_MS))) {
      const anchored = page.filter(({ at }) => anchors.has(hourOf(at)));
      const known = new Map([...places, ...anchored.map((place) => [place.id, place] as const)]);
      const ids = anchored.map(({ id }) => id);
      drawn = drawFrom(ids, draw, sha256, drawn);
      places = new Map(drawn.map(({ id }) => [id, known.get(id)!]));
      population += ids.length;
    }
    const items: (Drawn & SampledReading)[] = [];
    for (const one of drawn) {
      const reading = await this.log.at(places.get(one.id)!);
      if (reading !== undefined) items.push({ ...one, reading, anchor: anchors.get(hourOf(reading.at))! });
    }
    return { population, items };
  }

  private async anchorsUpTo(upTo: bigint): Promise<ReadonlyMap<number, Anchor>> {
    const events = await this.infrastructure.store.readStream(ACCESS_LOG_STREAM);
    return new Map(
      events
        .filter(({ position }) => position <= upTo)
        .map(({ id, position, data }) => {
          const { from, to, entries, digest } = data as unknown as Anchor;
          return [Date.parse(from), { eventId: id, position: String(position), from, to, entries, digest }];
        }),
    );
  }
}

function hourOf(at: string): number {
  return Math.floor(Date.parse(at) / HOUR_MS) * HOUR_MS;
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}

/** Names of an event's sealed fields, which stand in clear beside what was sealed. */
function sealedIn({ data }: { readonly data: JsonObject }): readonly string[] {
  const groups = (data['sealed'] ?? []) as readonly { readonly commitments?: object }[];
  return groups.flatMap(({ commitments }) => Object.keys(commitments ?? {}));
}
