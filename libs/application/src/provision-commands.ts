import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  provisionNeedsConsent,
  personFacts,
  provisionConsent,
  provisionDecider,
  purposeSchedule,
  type AlumnusEvent,
  type ConsentEvent,
  type Fact,
  type Instant,
  type LifecycleEvent,
  type ProvidedPerson,
  type PurposeEvent,
  type PurposeSchedule,
  type RecordProvision,
  type RecordReceipt,
} from '@enishi/domain';
import type { CommandContext } from './context';
import { handle, once, type Ledger } from './handle';
import { LEDGER } from './ledger-token';
import { otherRecords } from './linked-records';
import type { Outcome } from './outcome';
import { readReviewMonths } from './read-law-settings';
import { readRecipient } from './recipient-commands';
import {
  alumnusStream,
  consentStream,
  lifecycleStream,
  provisionStream,
  purposeStream,
  receiptStream,
} from './streams';

/** People looked up at once. */
const AT_ONCE = 16;

/** What other streams say is looked up by the handler, so a caller gives none of it. */
interface Named {
  readonly recipientId: string;
  readonly alumnusIds: readonly string[];
}
export type ProvisionOrder = Omit<RecordProvision, 'kind' | 'recipient' | 'months' | 'people'> & Named;
export type ReceiptOrder = Omit<RecordReceipt, 'kind' | 'provider' | 'people'> & Named;

/** Records that data of some people was given to a recipient (29). */
export class OnProvision extends Command<Outcome> {
  constructor(
    readonly order: ProvisionOrder,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** Records that data of some people came from a third party (30). */
export class OnReceipt extends Command<Outcome> {
  constructor(
    readonly order: ReceiptOrder,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(OnProvision)
export class OnProvisionHandler implements ICommandHandler<OnProvision> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ order, context }: OnProvision): Promise<Outcome> {
    return once(this.ledger, context, async (inner) => {
      const { recipientId, alumnusIds, ...rest } = order;
      const now = this.ledger.clock.now();
      const recipient = await readRecipient(this.ledger, recipientId);
      const purpose = provisionNeedsConsent(rest.ground, recipient)
        ? await purposeOf(this.ledger, rest.purposeId)
        : undefined;
      const at = rest.effectiveAt ?? now;
      const people = await lookUp(alumnusIds, (alumnusId) => personOf(this.ledger, alumnusId, purpose, at));
      const months = await readReviewMonths(this.ledger, at);
      const command = { kind: 'RecordProvision', ...rest, recipient, months, people } as const;
      const stream = provisionStream(rest.provisionId);
      return handle(this.ledger, provisionDecider, stream, command, inner, { opens: [] });
    });
  }
}

@CommandHandler(OnReceipt)
export class OnReceiptHandler implements ICommandHandler<OnReceipt> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ order, context }: OnReceipt): Promise<Outcome> {
    return once(this.ledger, context, async (inner) => {
      const { recipientId, alumnusIds, ...rest } = order;
      const provider = await readRecipient(this.ledger, recipientId);
      const at = rest.effectiveAt ?? this.ledger.clock.now();
      const people = await lookUp(alumnusIds, (alumnusId) => personOf(this.ledger, alumnusId, undefined, at));
      const command = { kind: 'RecordReceipt', ...rest, provider, people } as const;
      const stream = receiptStream(rest.receiptId);
      return handle(this.ledger, provisionDecider, stream, command, inner, { opens: [] });
    });
  }
}

/** Each person once, in the order named, some at a time. */
async function lookUp(
  alumnusIds: readonly string[],
  one: (alumnusId: string) => Promise<ProvidedPerson>,
): Promise<readonly ProvidedPerson[]> {
  const wanted = [...new Set(alumnusIds)];
  const found: ProvidedPerson[] = [];
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    found.push(...(await Promise.all(wanted.slice(from, from + AT_ONCE).map(one))));
  }
  return found;
}

async function purposeOf(
  ledger: Ledger,
  purposeId: string | undefined,
): Promise<PurposeSchedule | undefined> {
  if (purposeId === undefined) return undefined;
  return purposeSchedule((await factsOf(ledger, purposeStream(purposeId))) as readonly Fact<PurposeEvent>[]);
}

/** How a person stands; and, where a purpose is given, by which consent. Nothing sealed is asked for that. */
async function personOf(
  ledger: Ledger,
  alumnusId: string,
  purpose: PurposeSchedule | undefined,
  at: Instant,
): Promise<ProvidedPerson> {
  const [known, happened] = await Promise.all([
    factsOf(ledger, alumnusStream(alumnusId)),
    factsOf(ledger, lifecycleStream(alumnusId)),
  ]);
  const person = personFacts(
    known as readonly Fact<AlumnusEvent>[],
    happened as readonly Fact<LifecycleEvent>[],
  );
  const { erasureStartedId, erasureCompletedId } = person ?? {};
  if (person === undefined || (erasureStartedId ?? erasureCompletedId) !== undefined) {
    return { alumnusId, gone: true };
  }
  if (purpose === undefined) return { alumnusId };
  const answers = async (one: string) =>
    (await factsOf(ledger, consentStream(one, purpose.purposeId))) as readonly Fact<ConsentEvent>[];
  const [consents, linked] = await Promise.all([
    answers(alumnusId),
    otherRecords(ledger, alumnusId).then((others) => Promise.all(others.map(answers))),
  ]);
  const consentId = provisionConsent({ person, purpose, consents, linked }, at);
  return { alumnusId, ...(consentId !== undefined && { consentId }) };
}

async function factsOf({ store, vault }: Ledger, stream: string): Promise<readonly Fact[]> {
  return vault.openFacts(await store.readStream(stream), { categories: [] });
}
