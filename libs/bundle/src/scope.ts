import { CONSENT_KIND_OF, type ConsentKind } from '@enishi/domain';
import { personOf, textOf, type LeafEvent } from './leaf-event';

/** What data lines are chosen by; nothing stands for no condition. */
interface Conditions {
  /** Ids of people, sorted. */
  readonly alumni?: readonly string[];
  readonly purpose?: string;
  /** Recorded at this instant or later. */
  readonly from?: string;
  /** Recorded before this instant. */
  readonly to?: string;
  /** Of one import. */
  readonly batch?: string;
}

/** What a bundle is about: the history of consents, the audit trail, or every event of the ledger. */
export type BundleScope =
  | ({ readonly of: 'consents'; readonly kind?: ConsentKind } & Conditions)
  | ({ readonly of: 'trail'; readonly actor?: string } & Conditions)
  | { readonly of: 'ledger' };

/** What happened to the consent, where the event is one of a consent. */
export function consentKindOf({ type }: Pick<LeafEvent, 'type'>): ConsentKind | undefined {
  return Object.hasOwn(CONSENT_KIND_OF, type)
    ? CONSENT_KIND_OF[type as keyof typeof CONSENT_KIND_OF]
    : undefined;
}

/** Whether an event has a data line: it meets every condition of the scope. Of the ledger, every event does. */
export function inScope(scope: BundleScope, event: LeafEvent): boolean {
  if (scope.of === 'ledger') return true;
  const { alumni, purpose, from, to, batch } = scope;
  const { data, metadata, recordedAt } = event;
  const isMeant =
    scope.of === 'consents'
      ? meets(scope.kind, consentKindOf(event)) && consentKindOf(event) !== undefined
      : meets(scope.actor, metadata['actor']);
  return (
    isMeant &&
    (alumni === undefined || peopleOf(event).some((person) => alumni.includes(person))) &&
    meets(purpose, data['purposeId']) &&
    meets(batch, metadata['batchId']) &&
    (from === undefined || recordedAt >= from) &&
    (to === undefined || recordedAt < to)
  );
}

const meets = (wanted: string | undefined, found: unknown): boolean =>
  wanted === undefined || wanted === found;

/** The people an event is about: one, or both of a link of two records. */
export function peopleOf(event: Pick<LeafEvent, 'data' | 'stream'>): readonly string[] {
  return [personOf(event), textOf(event.data, 'otherId')].flatMap((id) => id ?? []);
}
