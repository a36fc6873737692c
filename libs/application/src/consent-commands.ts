import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  consentDecider,
  consentSubject,
  fold,
  lifecycleDecider,
  personFacts,
  purposeSchedule,
  refuse,
  Refusal,
  type AlumnusEvent,
  type Category,
  type ConsentCommand,
  type ConsentEvent,
  type ConsentSubject,
  type Fact,
  type LifecycleEvent,
  type LinkedAskedRecord,
  type PurposeEvent,
} from '@enishi/domain';
import { handlingOf } from './consent-handling';
import type { CommandContext } from './context';
import { decidingInstant, handle, once, type Ledger } from './handle';
import { LEDGER } from './ledger-token';
import { otherRecords } from './linked-records';
import type { Outcome } from './outcome';
import { alumnusStream, consentStream, lifecycleStream, purposeStream } from './streams';

/** What other streams say is looked up by the handler, so a caller gives none of it. */
type LookedUp = 'schedule' | 'subject' | 'linked' | 'alumnusId' | 'purposeId' | 'artefactHash';
type WithoutLookups<C> = C extends unknown ? Omit<C, LookedUp> : never;

/** A command on one person's consent to one purpose. */
export class OnConsent extends Command<Outcome> {
  constructor(
    readonly alumnusId: string,
    readonly purposeId: string,
    readonly command: WithoutLookups<ConsentCommand>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(OnConsent)
export class OnConsentHandler implements ICommandHandler<OnConsent> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute(order: OnConsent): Promise<Outcome> {
    return once(this.ledger, order.context, (context) => this.carryOut(order, context));
  }

  /**
   * What carrying an order out would come to now, without recording or keeping anything. An artefact that the command
   * names is not looked for.
   * @returns the refusal, or how many events there would be
   */
  async foresee(order: OnConsent): Promise<Refusal | number> {
    const { alumnusId, purposeId, command } = order;
    const { store, vault, clock } = this.ledger;
    const lookups = await this.lookUp(order);
    if (lookups === undefined) return refuse('purpose-unknown');
    const whole = { ...command, alumnusId, purposeId, ...lookups } as ConsentCommand;
    const { opens = [] } = handlingOf(whole);
    const records = await store.readStream(consentStream(alumnusId, purposeId));
    const facts = (await vault.openFacts(records, { categories: opens })) as readonly Fact<ConsentEvent>[];
    const decision = consentDecider.decide(whole, fold(consentDecider, facts), {
      decidedAt: decidingInstant(clock.now(), facts),
    });
    return decision instanceof Refusal ? decision : decision.length;
  }

  private async carryOut(order: OnConsent, context: CommandContext): Promise<Outcome> {
    const { alumnusId, purposeId, command } = order;
    const lookups = await this.lookUp(order);
    if (lookups === undefined) return unknown('purpose-unknown');
    const artefact = await this.artefact(alumnusId, command);
    if (artefact === undefined) return unknown('artefact-unknown');
    const whole = { ...command, alumnusId, purposeId, ...lookups, ...artefact } as ConsentCommand;
    const stream = consentStream(alumnusId, purposeId);
    return handle(this.ledger, consentDecider, stream, whole, context, handlingOf(whole));
  }

  /** What the rules ask of other streams at this moment; rules and views check them again. */
  private async lookUp({ alumnusId, purposeId, command }: OnConsent): Promise<object | undefined> {
    if (!needsLookUp(command)) return {};
    const [purpose, subject, linked] = await Promise.all([
      this.facts(purposeStream(purposeId)),
      this.subject(alumnusId),
      // Only asking looks at them: an answer that comes by itself is the person's word for this record.
      command.kind === 'RequestConsent' ? this.linked(alumnusId, purposeId) : undefined,
    ]);
    const schedule = purposeSchedule(purpose as readonly Fact<PurposeEvent>[]);
    if (schedule === undefined) return undefined;
    return { schedule, subject, ...(linked && { linked }) };
  }

  /** How a person stands. */
  private async subject(alumnusId: string): Promise<ConsentSubject> {
    const [person, lifecycle] = await Promise.all([
      // Whether a return has ended is told by the sealed day of leaving.
      this.facts(alumnusStream(alumnusId), ['programme']),
      this.facts(lifecycleStream(alumnusId)),
    ]);
    const happened = lifecycle as readonly Fact<LifecycleEvent>[];
    const known = personFacts(person as readonly Fact<AlumnusEvent>[], happened);
    return consentSubject(known, fold(lifecycleDecider, happened).holds);
  }

  /** The person's other records, and what they answered there. */
  private async linked(alumnusId: string, purposeId: string): Promise<readonly LinkedAskedRecord[]> {
    const others = await otherRecords(this.ledger, alumnusId);
    return Promise.all(
      others.map(async (other) => ({
        alumnusId: other,
        subject: await this.subject(other),
        answers: (await this.facts(consentStream(other, purposeId))) as readonly Fact<ConsentEvent>[],
      })),
    );
  }

  /** The hash that the vault gave the artefact when it was put there; a caller's word for it is not taken. */
  private async artefact(
    alumnusId: string,
    command: OnConsent['command'],
  ): Promise<{ artefactHash?: string } | undefined> {
    if (!('artefactId' in command) || command.artefactId === undefined) return {};
    const artefactHash = await this.ledger.vault.artefacts.sealedHash(
      `alumnus:${alumnusId}`,
      command.artefactId,
    );
    return artefactHash === undefined ? undefined : { artefactHash };
  }

  private async facts(stream: string, categories: readonly Category[] = []): Promise<readonly Fact[]> {
    return this.ledger.vault.openFacts(await this.ledger.store.readStream(stream), { categories });
  }
}

/**
 * Whether the rules ask what other streams say. A withdrawal asks nothing: whatever has become of the person's
 * keys, of their data or of the purpose, their word counts.
 */
function needsLookUp({ kind }: OnConsent['command']): boolean {
  return kind !== 'VoidConsent' && kind !== 'WithdrawConsent' && kind !== 'ApproveEvidence';
}

function unknown(code: string): Outcome {
  return { kind: 'refused', code, details: {} };
}
