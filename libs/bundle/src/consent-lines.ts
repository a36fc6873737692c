import type { ConsentKind } from '@enishi/domain';
import type { Column } from './csv';
import { envelopeOf, NotALeaf, sealedOf, textOf, type Envelope, type LeafEvent } from './leaf-event';
import { consentKindOf } from './scope';

/** One line of the history of consents. */
export interface ConsentLine extends Envelope {
  /** The event's place in the ledger, counted from 0. */
  readonly leaf: number;
  readonly eventId: string;
  readonly kind: ConsentKind;
  readonly alumnusId: string;
  readonly purposeId: string;
  readonly purposeVersion?: number;
  readonly channels: readonly string[];
  readonly captureChannel?: string;
  readonly method?: string;
  readonly party?: string;
  readonly language?: string;
  readonly noticeHash?: string;
  readonly identityCheck?: string;
  /** Whether evidence was recorded with it, whatever has become of its key. */
  readonly hasEvidence: boolean;
  readonly artefactId?: string;
  readonly artefactHash?: string;
  readonly expiresAt?: string;
  /** Of an expiry: the grant. Of an approval or an invalidation: the answer. */
  readonly aboutEventId?: string;
  /** The invalidation that struck this answer out. */
  readonly voidedBy?: string;
}

/** Clear fields that a line has as they stand in the event. */
const COPIED = [
  'purposeVersion',
  'captureChannel',
  'method',
  'party',
  'language',
  'noticeHash',
  'identityCheck',
  'artefactId',
  'artefactHash',
  'expiresAt',
] as const;

/** Which answers were struck out, and by which event: of two, the first one did it. */
export function voidsOf(events: Iterable<LeafEvent>): ReadonlyMap<string, string> {
  const voids = new Map<string, string>();
  for (const { type, data, id } of events) {
    const voided = textOf(data, 'voided');
    if (type === 'ConsentInvalidated' && voided !== undefined && !voids.has(voided)) voids.set(voided, id);
  }
  return voids;
}

/**
 * The lines of the history of consents: one for each event of a consent, computed from the event alone. Others are
 * passed over.
 *
 * @param voids of {@link voidsOf} over all events of these consents
 * @example consentLines(events.filter((event) => inScope(scope, event)), voidsOf(events))
 */
export function* consentLines(
  events: Iterable<LeafEvent>,
  voids: ReadonlyMap<string, string>,
): Generator<ConsentLine> {
  for (const event of events) {
    const kind = consentKindOf(event);
    if (kind !== undefined) yield lineOf(event, kind, voids.get(event.id));
  }
}

function lineOf(event: LeafEvent, kind: ConsentKind, voidedBy: string | undefined): ConsentLine {
  const { data } = event;
  const about = textOf(data, 'grantId') ?? textOf(data, 'voided') ?? textOf(data, 'approved');
  const copied = COPIED.flatMap((name) => (data[name] === undefined ? [] : [[name, data[name]] as const]));
  return {
    leaf: event.leaf,
    eventId: event.id,
    kind,
    alumnusId: textOf(data, 'alumnusId') ?? '',
    purposeId: textOf(data, 'purposeId') ?? '',
    channels: channelsOf(data),
    hasEvidence: sealedOf(event).some(({ category }) => category === 'consent-evidence'),
    ...Object.fromEntries(copied),
    ...(about !== undefined && { aboutEventId: about }),
    ...(voidedBy !== undefined && { voidedBy }),
    ...envelopeOf(event),
  };
}

/** @throws NotALeaf where they are no list: only a forger records such */
function channelsOf({ channels = [] }: LeafEvent['data']): readonly string[] {
  if (!Array.isArray(channels)) throw new NotALeaf();
  return channels as readonly string[];
}

/** What a table of the history of consents tells of each event, behind its place. */
export const CONSENT_DETAILS: readonly Column<Omit<ConsentLine, 'leaf'>>[] = [
  ['記録ID event id', (e) => e.eventId],
  ['種別 kind', (e) => e.kind],
  ['本人ID alumnus', (e) => e.alumnusId],
  ['利用目的ID purpose', (e) => e.purposeId],
  ['版 version', (e) => e.purposeVersion],
  ['連絡手段 channels', (e) => e.channels.join(' ')],
  ['取得方法 capture', (e) => e.captureChannel],
  ['形式 method', (e) => e.method],
  ['表明者 party', (e) => e.party],
  ['本人確認 identity check', (e) => e.identityCheck],
  ['言語 language', (e) => e.language],
  ['通知文SHA-256 notice', (e) => e.noticeHash],
  ['証跡 evidence', (e) => (e.hasEvidence ? 'yes' : 'no')],
  ['証跡ファイル artefact', (e) => e.artefactId],
  ['証跡SHA-256 artefact hash', (e) => e.artefactHash],
  ['有効期限 expires', (e) => e.expiresAt],
  ['発効日時 effective', (e) => e.effectiveAt],
  ['判断日時 decided', (e) => e.decidedAt],
  ['記録日時 recorded', (e) => e.recordedAt],
  ['記録者 actor', (e) => e.actor],
  ['取込ID batch', (e) => e.batchId],
  ['対象 about', (e) => e.aboutEventId],
  ['取消 voided by', (e) => e.voidedBy],
];

/** The history of consents as a table. */
export const CONSENT_COLUMNS: readonly Column<ConsentLine>[] = [
  ['位置 leaf', (e) => e.leaf],
  ...CONSENT_DETAILS,
];
