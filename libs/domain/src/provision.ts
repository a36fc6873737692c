import type { EventType } from './disclosure';
import type { Day, Decider, Instant, NewEvent, Refusal } from './kernel';
import type { Category } from './terms';
import { CATEGORY_OF } from './alumnus-state';
import type { RecipientState } from './recipient';
import { handOverFault, type RecipientReviewMonths } from './recipient-reviews';
import type { ProvidedItem, ProvisionGround, RecipientRole } from './recipient-terms';
import { lawNumber } from './law/law-number';
import { refuse } from './refusals';
import { textsFault } from './texts';
import { addMonths, tokyoDay } from './time';

/** Most people of one record: its events go in one append. */
export const MOST_PROVIDED = 10_000;
/** People of a chunk: 3,000 pairs of ids take less than 256 KiB. */
const CHUNK = 3000;

/** Somebody whose data is given, and what stands in the way or allows it. */
export interface ProvidedPerson {
  readonly alumnusId: string;
  /** Nobody of this id is registered, or their data is being erased. */
  readonly gone?: true;
  /** Event by which they consented to this use. */
  readonly consentId?: string;
}

/** Records that data was given to a recipient (29); with what other streams say about it. */
export interface RecordProvision {
  readonly kind: 'RecordProvision';
  readonly provisionId: string;
  readonly staffId: string;
  readonly recipient: RecipientState;
  readonly months: RecipientReviewMonths;
  readonly ground: ProvisionGround;
  readonly purposeId?: string;
  readonly exportId?: string;
  readonly items: readonly ProvidedItem[];
  /** Each once. */
  readonly people: readonly ProvidedPerson[];
  readonly note?: string;
  /** When it was given; as recorded unless stated. */
  readonly effectiveAt?: Instant;
}

/** Records that data came from a third party (30). */
export interface RecordReceipt {
  readonly kind: 'RecordReceipt';
  readonly receiptId: string;
  readonly staffId: string;
  readonly provider: RecipientState;
  readonly ground: ProvisionGround;
  readonly items: readonly ProvidedItem[];
  readonly people: readonly ProvidedPerson[];
  readonly acquired: string;
  readonly effectiveAt?: Instant;
}

export type ProvisionEvent = Extract<
  EventType,
  'ProvisionRecorded' | 'ProvisionChunkRecorded' | 'ReceiptRecorded'
>;

type Decision = readonly NewEvent<ProvisionEvent>[] | Refusal;

/** The last day on which a record that was made then must be kept (29(2), 30(4)). */
export function keptUntil(made: Instant): Day {
  const day = tokyoDay(made);
  return addMonths(day, 12 * lawNumber('provision-record', day));
}

/** The category whose key seals an item. */
const ITEM_CATEGORY: Readonly<Record<ProvidedItem, Category>> = {
  ...CATEGORY_OF,
  employments: 'programme',
  consents: 'consent-evidence',
};

/** The items that belong to one of these categories. */
export function itemsIn(
  items: readonly ProvidedItem[],
  categories: readonly Category[],
): readonly ProvidedItem[] {
  return items.filter((item) => categories.includes(ITEM_CATEGORY[item]));
}

/** Grounds on which neither 27 nor 28 asks for consent (27(1)(i) to (iv)). */
const EXEMPT: readonly ProvisionGround[] = ['law', 'life', 'public-health', 'authority'];

/** Whether each person must have consented: by 27(1), or because the data goes abroad on that basis alone (28(1)). */
export function provisionNeedsConsent(ground: ProvisionGround, { entry }: RecipientState): boolean {
  return ground === 'consent' || (entry?.data.content.basis === 'consent' && !EXEMPT.includes(ground));
}

/** Rules of a stream `provision-<id>` or `receipt-<id>`: one record, never changed. */
export const provisionDecider: Decider<
  RecordProvision | RecordReceipt,
  { readonly recorded: boolean },
  ProvisionEvent
> = {
  initial: { recorded: false },
  decide(command, { recorded }, { decidedAt }) {
    if (recorded) return [];
    if ((command.effectiveAt ?? '') > decidedAt) return refuse('effective-in-future');
    return command.kind === 'RecordProvision' ? provide(command, decidedAt) : receive(command);
  },
  evolve: () => ({ recorded: true }),
};

function provide(command: RecordProvision, decidedAt: Instant): Decision {
  const { provisionId, recipient, months, ground, purposeId, items, people, note, effectiveAt } = command;
  const fault =
    handOverFault(recipient, effectiveAt ?? decidedAt, months) ??
    groundFault(ground, recipient.entry!.data.role) ??
    peopleFault(people) ??
    textsFault({ note });
  if (fault !== undefined) return fault;
  const consenting = provisionNeedsConsent(ground, recipient);
  if (consenting && purposeId === undefined) return refuse('provision-purpose-missing');
  const without = people.filter(({ consentId }) => consenting && consentId === undefined);
  if (without.length > 0) {
    return refuse('provision-without-consent', { people: without.length, alumnusId: without[0]!.alumnusId });
  }
  const { recipientId, version: recipientVersion } = recipient.entry!.data;
  const about = { recipientId, ...(purposeId !== undefined && { purposeId }), items };
  const chunks = chunksOf(people);
  const data = {
    ...{ provisionId, staffId: command.staffId, recipientVersion, ground, ...about },
    ...{ byConsent: consenting, people: people.length, chunks: chunks.length },
    ...(command.exportId !== undefined && { exportId: command.exportId }),
    ...(note !== undefined && { note }),
  };
  return [
    { type: 'ProvisionRecorded', data, ...at(effectiveAt) },
    ...chunks.map((members, number): NewEvent<'ProvisionChunkRecorded'> => ({
      type: 'ProvisionChunkRecorded',
      data: {
        ...{ provisionId, ...about, number },
        alumnusIds: members.map(({ alumnusId }) => alumnusId),
        ...(consenting && { consentIds: members.map(({ consentId }) => consentId!) }),
      },
      ...at(effectiveAt),
    })),
  ];
}

function receive(command: RecordReceipt): Decision {
  const { receiptId, staffId, provider, ground, items, people, acquired, effectiveAt } = command;
  if (provider.entry === undefined) return refuse('recipient-unknown');
  if (acquired.trim() === '') return refuse('acquisition-missing');
  const fault = peopleFault(people) ?? textsFault({ acquired });
  if (fault !== undefined) return fault;
  const { recipientId, version: recipientVersion } = provider.entry.data;
  const alumnusIds = people.map(({ alumnusId }) => alumnusId);
  const data = { receiptId, staffId, recipientId, recipientVersion, ground, items, alumnusIds, acquired };
  return [{ type: 'ReceiptRecorded', data, ...at(effectiveAt) }];
}

const GROUNDS_OF: Readonly<Record<RecipientRole, readonly ProvisionGround[]>> = {
  processor: ['entrustment'],
  'joint-user': ['joint-use'],
  'third-party': ['consent', ...EXEMPT, 'succession'],
};

function groundFault(ground: ProvisionGround, role: RecipientRole): Refusal | undefined {
  return GROUNDS_OF[role].includes(ground) ? undefined : refuse('provision-ground-unfit');
}

function peopleFault(people: readonly ProvidedPerson[]): Refusal | undefined {
  if (people.length === 0) return refuse('provision-of-nobody');
  if (people.length > MOST_PROVIDED) return refuse('provision-too-large', { most: MOST_PROVIDED });
  const gone = people.find((one) => one.gone === true);
  return gone && refuse('provision-of-gone', { alumnusId: gone.alumnusId });
}

function chunksOf(people: readonly ProvidedPerson[]): readonly (readonly ProvidedPerson[])[] {
  return Array.from({ length: Math.ceil(people.length / CHUNK) }, (_, number) =>
    people.slice(number * CHUNK, (number + 1) * CHUNK),
  );
}

function at(effectiveAt: Instant | undefined): { readonly effectiveAt?: Instant } {
  return effectiveAt === undefined ? {} : { effectiveAt };
}
