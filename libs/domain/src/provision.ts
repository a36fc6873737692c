import type { EventType } from './disclosure';
import type { Day, Decider, Instant, NewEvent, Refusal } from './kernel';
import type { Category } from './terms';
import { CATEGORY_OF } from './alumnus-state';
import type { RecipientState } from './recipient';
import { handOverFault, type RecipientReviewMonths } from './recipient-reviews';
import type {
  NamedGround,
  ProvidedItem,
  ProvisionGround,
  RecipientRole,
  RecordForm,
} from './recipient-terms';
import type { DocumentCode } from './law/documents';
import { retentionEnd } from './law/retention';
import { refuse } from './refusals';
import { textsFault } from './texts';
import { tokyoDay } from './time';

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
  readonly ground: NamedGround;
  /** One provision unless stated. */
  readonly form?: RecordForm;
  readonly purposeId?: string;
  readonly exportId?: string;
  readonly items: readonly ProvidedItem[];
  /** Each once. */
  readonly people: readonly ProvidedPerson[];
  /** By which way; of a contract that stands in for a record, which one. */
  readonly note?: string;
  /** When it was given, of several the last time; as recorded unless stated. */
  readonly effectiveAt?: Instant;
}

/** Records that data came from a third party (30). */
export interface RecordReceipt {
  readonly kind: 'RecordReceipt';
  readonly receiptId: string;
  readonly staffId: string;
  readonly provider: RecipientState;
  readonly ground: ProvisionGround;
  /** One receipt unless stated. */
  readonly form?: RecordForm;
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

/** The row of the retention schedule that a record belongs to. */
const DOCUMENT_OF: Readonly<Record<RecordForm, DocumentCode>> = {
  single: 'provision-record',
  batch: 'provision-record-batch',
  contract: 'provision-record-contract',
};

/**
 * The last day on which a record must be kept (29(2), 30(4), its Rules 21, 25).
 * @param record.made when it was recorded @param record.given when the data was given, of several the last time
 * @param at the day whose law counts
 */
export function keptUntil(
  {
    form = 'single',
    made,
    given,
  }: { readonly form?: RecordForm; readonly made: Instant; readonly given: Instant },
  at: Day,
): Day {
  const days = { creation: tokyoDay(made), 'last-provision': tokyoDay(given) };
  const end = retentionEnd(DOCUMENT_OF[form], days, at);
  if (end.kind === 'open') throw new Error(`nobody knows the ${end.missing} of a record`);
  return end.until;
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
const EXEMPT = ['law', 'life', 'public-health', 'authority'] as const satisfies readonly ProvisionGround[];

/** Whether each person must have consented: by 27(1), or because the data goes abroad on that basis alone (28(1)). */
export function provisionNeedsConsent(ground: NamedGround, { entry }: RecipientState): boolean {
  return (
    ground === 'consent' ||
    (entry?.data.content.basis === 'consent' && !(EXEMPT as readonly NamedGround[]).includes(ground))
  );
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
  const { provisionId, recipient, months, ground, form, purposeId, items, people, note, effectiveAt } =
    command;
  if (ground === 'opt-out') return refuse('provision-by-opt-out');
  const fault =
    handOverFault(recipient, effectiveAt ?? decidedAt, months) ??
    groundFault(ground, recipient.entry!.data.role) ??
    peopleFault(people) ??
    contractFault(form, note) ??
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
    ...(form !== undefined && { form }),
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
  const { receiptId, staffId, provider, ground, form, items, people, acquired, effectiveAt } = command;
  if (provider.entry === undefined) return refuse('recipient-unknown');
  if (acquired.trim() === '') return refuse('acquisition-missing');
  const fault = peopleFault(people) ?? textsFault({ acquired });
  if (fault !== undefined) return fault;
  const { recipientId, version: recipientVersion } = provider.entry.data;
  const alumnusIds = people.map(({ alumnusId }) => alumnusId);
  const about = { recipientId, recipientVersion, ground, ...(form !== undefined && { form }) };
  const data = { receiptId, staffId, ...about, items, alumnusIds, acquired };
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

/** A contract stands in for a record only where somebody can find it. */
function contractFault(form: RecordForm | undefined, note = ''): Refusal | undefined {
  return form === 'contract' && note.trim() === '' ? refuse('provision-contract-missing') : undefined;
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
