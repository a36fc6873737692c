import type { TimedEvent } from '../answers';
import { leaf } from '../leaf';
import { choice, count, option, required } from '../options';
import { plain } from '../output/plain';
import { when } from '../output/when';
import type { Session } from '../session';
import { download } from './download';
import { eventText } from './events';
import { exportText, type Export } from './export-of';
import { kindOf, wordOf, type Request } from './request-of';

interface Item {
  readonly number: number;
  readonly id: string;
  readonly rank: string;
  readonly actorName?: string;
  readonly consent?: Consent;
  readonly events?: readonly TimedEvent[];
  readonly use?: Export;
  readonly erasure?: Erased;
  readonly request?: Request;
  readonly reading?: Reading;
  readonly anchor?: { readonly eventId: string; readonly position: string; readonly digest: string };
}

interface Consent {
  readonly alumnusId: string;
  readonly purposeId: string;
  readonly purposeVersion?: number;
  readonly noticeHash?: string;
  readonly captureChannel?: string;
  readonly method?: string;
  readonly identityCheck?: string;
  readonly hasEvidence: boolean;
  readonly artefactId?: string;
  readonly actor: string;
}

interface Erased {
  readonly alumnusId: string;
  readonly erasureId?: string;
  readonly categories: readonly string[];
  readonly keys?: number;
  readonly completedAt: string;
}

interface Reading {
  readonly at: string;
  readonly actor: string;
  readonly route: string;
  readonly view: string;
  readonly fields: readonly string[];
  readonly personIds: readonly string[];
  readonly reason?: string;
}

interface Sample {
  readonly of: string;
  readonly seed: string;
  readonly position: string;
  readonly population: number;
  readonly items: readonly Item[];
}

interface Options {
  readonly of: string;
  readonly n: number;
  readonly seed: string;
  readonly position?: string;
  readonly sheet?: boolean;
  readonly encoding: string;
  readonly out?: string;
  readonly force?: boolean;
}

/** `enishi audit sample` */
export const AUDIT_SAMPLE = leaf<Options>({
  usage: 'sample',
  summary: 'draw a sample that anybody can draw again, with the evidence of each item',
  examples: [
    'audit sample --of consents --n 25 --seed 2026-Q3',
    'audit sample --of withdrawals --seed 2026-Q3 --position 18400 --json',
    'audit sample --of uses --seed 2026-Q3 --sheet --out uses.csv',
  ],
  notes:
    'Drawn are the items of the lowest SHA-256 over seed, line feed and id; docs/audit.md says how to check by hand.\nThe draw is in the access log, with its seed.',
  options: [
    required(
      choice('--of <population>', 'what to draw from', [
        'consents',
        'withdrawals',
        'requests',
        'erasures',
        'uses',
        'readings',
      ]),
    ),
    count('--n <number>', 'how many items', 1, 200).default(25),
    required(option('--seed <seed>', 'letters, digits, dots, hyphens: the same seed draws the same sample')),
    option('--position <position>', 'where in the ledger the population ends (default: its head)'),
    option('--sheet', 'as CSV with room for result and comment'),
    choice('--encoding <encoding>', 'encoding of the CSV', ['utf-8', 'cp932']).default('utf-8'),
    option('--out <file>', 'file to write (default: standard output)'),
    option('--force', 'replace the file if it exists'),
  ],
  async act(session, { of, n, seed, position, sheet, encoding, out, force }) {
    const query = { of, n, seed, position };
    const api = await session.api();
    if (sheet === true) {
      const chunks = await api.open('/v1/audit-samples/sheet', { ...query, encoding });
      return download(session, chunks, { out, force, format: 'csv' });
    }
    const sample = await api.get<Sample>('/v1/audit-samples', query);
    await session.show(sample, () => sampleText(session, sample));
  },
});

function sampleText(session: Session, { items, population, position, seed }: Sample): string {
  const head = session.t(
    `台帳の位置 ${position} までの ${population} 件から ${items.length} 件（シード ${seed}）`,
    `${items.length} of ${population} up to position ${position} of the ledger, seed ${seed}`,
  );
  return `${[head, ...items.map((item) => itemText(session, item))].join('\n\n')}\n`;
}

function itemText(session: Session, item: Item): string {
  const { palette } = session;
  const lines = [
    `${item.number}. ${palette.strong(plain(item.id))}  ${palette.faint(item.rank.slice(0, 16))}`,
    ...(item.consent ? consentLines(session, item.consent, item) : []),
    ...(item.use ? useLines(session, item.use, item) : []),
    ...(item.erasure ? erasureLines(session, item.erasure, item) : []),
    ...(item.request ? requestLines(session, item.request, item) : []),
    ...(item.reading ? readingLines(session, item.reading, item) : []),
  ];
  return lines.join('\n');
}

function consentLines(session: Session, consent: Consent, { actorName, events = [] }: Item): string[] {
  const none = session.t('なし', 'none');
  const evidence = consent.artefactId ?? (consent.hasEvidence ? session.t('あり', 'yes') : none);
  const how = [consent.method, consent.captureChannel, consent.identityCheck];
  return [
    `   ${session.t('本人', 'alumnus')} ${consent.alumnusId}  ${session.t('目的', 'purpose')} ${consent.purposeId}`,
    `   ${session.t('通知文の版', 'notice version')} ${consent.purposeVersion ?? none}  SHA-256 ${consent.noticeHash ?? none}`,
    `   ${session.t('証跡', 'evidence')} ${plain(evidence)}  ${how.filter(Boolean).map(plain).join(' / ')}`,
    `   ${session.t('記録者', 'by')} ${plain(actorName ?? consent.actor)}`,
    ...events.map((event) => eventText(session, event).trimEnd().replaceAll(/^/gm, '   ')),
  ];
}

function useLines(session: Session, use: Export, { events = [] }: Item): string[] {
  return [
    ...exportText(session, use).trimEnd().split('\n'),
    ...events.map((event) => eventText(session, event).trimEnd()),
  ].map((line) => line.replaceAll(/^/gm, '   '));
}

function erasureLines(session: Session, erasure: Erased, { events = [] }: Item): string[] {
  return [
    `${session.t('本人', 'alumnus')} ${erasure.alumnusId}  ${session.t('消去計画', 'plan')} ${plain(erasure.erasureId)}`,
    `${when(erasure.completedAt)}  ${plain(erasure.categories.join(' '))}  ${session.t('鍵', 'keys')} ${erasure.keys ?? 0}`,
    ...events.map((event) => eventText(session, event).trimEnd()),
  ].map((line) => line.replaceAll(/^/gm, '   '));
}

function requestLines(session: Session, request: Request, { events = [] }: Item): string[] {
  const { standing, arrivedAt, decision, decidedAt, notifiedAt } = request;
  return [
    `   ${kindOf(session, request)}  ${wordOf(session, 'standing', standing)}  ${request.requestId}`,
    `   ${session.t('到達', 'arrived')} ${when(arrivedAt)}  ${session.t('決定', 'decided')} ${wordOf(session, 'decision', decision) ?? ''} ${when(decidedAt)}  ${session.t('通知', 'told')} ${when(notifiedAt)}`,
    ...events.map((event) => eventText(session, event).trimEnd().replaceAll(/^/gm, '   ')),
  ].map((line) => line.trimEnd());
}

function readingLines(session: Session, reading: Reading, { actorName, anchor }: Item): string[] {
  return [
    `   ${when(reading.at)}  ${plain(actorName ?? reading.actor)}  ${plain(reading.view)}  ${plain(reading.route)}`,
    `   ${session.t('人数', 'people')} ${reading.personIds.length}  ${plain(reading.fields.join(','))}  ${plain(reading.reason ?? '')}`,
    `   ${session.t('要約の記録', 'anchored by')} ${plain(anchor?.eventId)}  ${plain(anchor?.digest)}`,
  ].map((line) => line.trimEnd());
}
