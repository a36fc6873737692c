import { Inject, Injectable } from '@nestjs/common';
import { AccessLog, type PrincipalActor, type ReadEntry } from '@enishi/access';
import { consentStream } from '@enishi/application';
import type { BundleScope } from '@enishi/bundle';
import { actorFrom, type Actor, type ExportLevel, type ExportState, type Fact } from '@enishi/domain';
import { streamConsentHistory, type ConsentEntry } from '@enishi/projections/consent-history/query';
import { AuditReader, type NamedEvent } from '../audit/audit-reader';
import { CONSENT_TABLE } from '../audit/consent-table';
import { loggedPages } from '../audit/logged-pages';
import { tableBody, type FileBody } from '../audit/table-export';
import { TRAIL_TABLE } from '../audit/trail-table';
import { Bundles } from '../bundles/bundles';
import type { Infrastructure } from '../infrastructure';
import { consentReport } from '../reports/consent-report';
import type { Report } from '../reports/report';
import type { ReportFrame } from '../reports/report-frame';
import { Reports } from '../reports/reports';
import { trailReport } from '../reports/trail-report';
import type { Table } from '../audit/table-export';
import { INFRASTRUCTURE } from '../tokens';
import { PersonalReader, type EvidenceEvent } from './personal-reader';
import { personalTable, type Personal } from './personal-table';

/** A line of the file about somebody: the person, and the event that it shows; of a bundle the person alone. */
export type Member = readonly [alumnusId: string, eventId?: string];

/** Told of each page before it enters the file. */
export type OnPage = (lines: number | undefined, members: readonly Member[]) => Promise<void>;

type Request = Fact<'ExportRequested'>;

/** Lines of a page: its people are opened in one go, while requests wait. */
const PAGE = 500;

/** What one kind of row is about, and how it is shown. */
interface Kind<Row> {
  readonly table: Table<Row>;
  readonly report: (frame: ReportFrame, rows: readonly Personal<Row>[]) => Report;
  readonly pages: AsyncIterable<readonly Row[]>;
  readonly peopleOf: (row: Row) => readonly string[];
  /** Where words of evidence may stand with it. */
  readonly evidenceOf: (row: Row) => EvidenceEvent | undefined;
}

/** The content of a file with personal data, made page by page. */
@Injectable()
export class ExportPages {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly audit: AuditReader,
    private readonly personal: PersonalReader,
    private readonly accessLog: AccessLog,
    private readonly reports: Reports,
    private readonly bundles: Bundles,
  ) {}

  /**
   * The file as it was asked for. Its lines end where making it began, so that one begun again has the same; a bundle
   * ends at the newest checkpoint.
   * @throws ProblemError 422 `report-too-long`; of a bundle 409 `not-covered` and others that pass
   */
  body({ request, started, decision }: ExportState, onPage: OnPage): Promise<FileBody> {
    if (request!.data.format === 'bundle') return this.bundle(request!, onPage);
    const order = { request: request!, upTo: started!.position, approvedBy: decision!.actor };
    return request!.data.content === 'consents'
      ? this.made(order, this.consents(order.request, order.upTo), onPage)
      : this.made(order, this.trail(order.request, order.upTo), onPage);
  }

  private async made<Row extends { readonly eventId: string; readonly alumnusId?: string }>(
    { request, approvedBy }: { readonly request: Request; readonly approvedBy: Actor },
    kind: Kind<Row>,
    onPage: OnPage,
  ): Promise<FileBody> {
    const { exportId, level, format, encoding = 'utf-8', language = 'ja' } = request.data;
    const logged = loggedPages(this.accessLog, kind.pages, kind.peopleOf, readingOf(request));
    const pages = this.withPeople(logged, kind, level, onPage);
    if (format !== 'pdf' && format !== 'bundle')
      return tableBody(format, encoding, personalTable(kind.table, level), pages);
    const principal = { actor: request.actor as PrincipalActor };
    const order = {
      language,
      principal,
      question: questionOf(request),
      approval: { exportId, level, approvedBy },
    };
    return this.reports.body(order, pages, kind.report);
  }

  private bundle(request: Request, onPage: OnPage): Promise<FileBody> {
    const { level } = request.data;
    return this.bundles.open({ scope: scopeOf(request), level, since: [] }, async (personIds) => {
      if (personIds.length > 0) await this.accessLog.record({ ...readingOf(request), personIds });
      await onPage(
        undefined,
        personIds.map((who): Member => [who]),
      );
    });
  }

  private async *withPeople<Row extends { readonly eventId: string; readonly alumnusId?: string }>(
    pages: AsyncIterable<readonly Row[]>,
    { peopleOf, evidenceOf }: Kind<Row>,
    level: ExportLevel,
    onPage: OnPage,
  ): AsyncGenerator<readonly Personal<Row>[]> {
    for await (const page of pages) {
      await onPage(
        page.length,
        page.flatMap((row) => peopleOf(row).map((who): Member => [who, row.eventId])),
      );
      const ids = [...new Set(page.flatMap(({ alumnusId }) => alumnusId ?? []))];
      const people = await this.personal.people(ids, level);
      const texts =
        level === 'full'
          ? await this.personal.evidence(page.flatMap((row) => evidenceOf(row) ?? []))
          : new Map<string, never>();
      yield page.map((row) => {
        const person = row.alumnusId === undefined ? undefined : people.get(row.alumnusId);
        const evidence = texts.get(row.eventId);
        return { ...row, ...(person && { person }), ...(evidence && { evidence }) };
      });
    }
  }

  private consents(request: Request, upTo: bigint): Kind<ConsentEntry> {
    return {
      table: CONSENT_TABLE,
      report: consentReport,
      pages: streamConsentHistory(this.infrastructure.pool, { ...questionOf(request), upTo, limit: PAGE }),
      peopleOf: ({ alumnusId }) => [alumnusId],
      evidenceOf: ({ eventId, alumnusId, purposeId, hasEvidence }) =>
        hasEvidence ? { eventId, alumnusId, stream: consentStream(alumnusId, purposeId) } : undefined,
    };
  }

  private trail(request: Request, upTo: bigint): Kind<NamedEvent> {
    return {
      table: TRAIL_TABLE,
      report: trailReport,
      pages: this.audit.pages({ ...questionOf(request), upTo, limit: PAGE }),
      peopleOf: ({ alumnusId, otherId }) => [alumnusId ?? [], otherId ?? []].flat(),
      evidenceOf: ({ eventId, alumnusId, stream, sealed }) =>
        alumnusId !== undefined && stream.startsWith('consent-') && sealed.length > 0
          ? { eventId, alumnusId, stream }
          : undefined,
    };
  }
}

/** Who reads what is in the file, and what for: the one who asked. */
function readingOf({ actor, data }: Request): Omit<ReadEntry, 'personIds'> {
  return {
    principal: { accountId: data.staffId, actor: actor as PrincipalActor },
    route: 'POST /v1/exports',
    view: 'export',
    fields: [`level:${data.level}`],
    correlationId: data.exportId,
  };
}

/** The conditions of an export, as bundles have them. */
function scopeOf({ data }: Request): BundleScope {
  const { content, alumnusId, purposeId, importId, kind, from, until } = data;
  const actor = actorFrom(data);
  const conditions = {
    ...(alumnusId !== undefined && { alumni: [alumnusId] }),
    ...(purposeId !== undefined && { purpose: purposeId }),
    ...(importId !== undefined && { batch: importId }),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { to: until }),
  };
  return content === 'trail'
    ? { of: 'trail', ...conditions, ...(actor !== undefined && { actor }) }
    : { of: 'consents', ...conditions, ...(kind !== undefined && { kind }) };
}

/** The conditions of an export, as the views are asked. */
function questionOf({ data }: Request) {
  const { alumnusId, purposeId, importId, kind, from, until } = data;
  const actor = actorFrom(data);
  return {
    ...(alumnusId !== undefined && { alumnusId }),
    ...(purposeId !== undefined && { purposeId }),
    ...(importId !== undefined && { batchId: importId }),
    ...(kind !== undefined && { kinds: [kind] }),
    ...(actor !== undefined && { actor }),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  };
}
