import { Inject, Injectable } from '@nestjs/common';
import {
  readAuditTrail,
  streamAuditTrail,
  type AuditEntry,
  type AuditQuestion,
} from '@enishi/projections/audit-trail/query';
import { openCursor, sealCursor } from '../cursor';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import { ActorNames } from './actor-names';
import { titleOf } from './event-titles';

/** An event with what operators call the account that acted, where that is known. */
export type NamedEvent = AuditEntry & { readonly actorName?: string };

/** Pages of the audit trail, with who acted by name where that is known. */
@Injectable()
export class AuditReader {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly actors: ActorNames,
  ) {}

  async read(question: AuditQuestion, cursor: string | undefined, limit = 100): Promise<unknown> {
    const { pool, vault } = this.infrastructure;
    const after = cursor === undefined ? undefined : openCursor<{ position: string }>(vault, 'audit', cursor);
    const page = await readAuditTrail(pool, { ...question, limit, ...(after && { cursor: after }) });
    return {
      events: await this.views(page.rows),
      ...(page.next && { cursor: sealCursor(vault, 'audit', page.next) }),
    };
  }

  /** The whole answer, page by page. */
  async *pages(question: AuditQuestion): AsyncGenerator<readonly NamedEvent[]> {
    for await (const page of streamAuditTrail(this.infrastructure.pool, question)) {
      const names = await this.actors.of(page.map(({ actor }) => actor));
      yield page.map((event) => {
        const actorName = names.get(event.actor);
        return actorName === undefined ? event : { ...event, actorName };
      });
    }
  }

  /** Events as clients see them. */
  async views(rows: readonly AuditEntry[]): Promise<readonly Record<string, unknown>[]> {
    const names = await this.actors.of(rows.map(({ actor }) => actor));
    return rows.map((row) => eventView(row, names));
  }
}

function eventView(row: AuditEntry, names: ReadonlyMap<string, string>): Record<string, unknown> {
  const { position, data, actor, ...rest } = row;
  const actorName = names.get(actor);
  return {
    ...rest,
    position: String(position),
    actor,
    ...(actorName !== undefined && { actorName }),
    fields: data,
    summary: titleOf(row.type),
  };
}
