import {
  createdId,
  handle,
  policyCommandId,
  refusedStream,
  TooContended,
  type CommandContext,
  type Ledger,
} from '@enishi/application/ledger';
import {
  later,
  policyRefusalDecider,
  type Fact,
  type Instant,
  type Policy,
  type Reaction,
  type RefusalCode,
} from '@enishi/domain';
import type { RecordedEvent } from '@enishi/event-store';
import { codeOf, isTransient } from '@enishi/projections/engine';
import type { Outbox } from './outbox';
import { carryOut, targetOf, type DigestSettings } from './policy-commands';
import { nameOf, type EventName, type ParkedEvent, type PolicyRows } from './policy-rows';
import type { RunnerLog } from './runner-log';

/** What has been done of an event, in this order; each stands by itself. */
export type PolicyStep = 'waits' | 'carried-out' | 'parked' | 'waited' | 'moved';

export interface PolicyRunOptions {
  readonly ledger: Ledger;
  readonly policy: Policy;
  readonly rows: PolicyRows;
  readonly outbox: Outbox;
  readonly digest: DigestSettings;
  readonly logger?: RunnerLog;
  /** Told of each step that is done. What it throws stops the runner there, as a crash would. */
  readonly onStep?: (step: PolicyStep) => void;
}

const RUNG_AT_ONCE = 100;

/** One policy at its events, one after the other. What it is interrupted in is begun again, and comes to the same. */
export class PolicyRun {
  private readonly parked = new Set<string>();
  private readonly step: (step: PolicyStep) => void;

  constructor(private readonly options: PolicyRunOptions) {
    this.step = options.onStep ?? (() => undefined);
  }

  /** Learns what is parked. Before anything else. */
  async open(): Promise<void> {
    for (const target of await this.options.rows.parkedTargets()) this.parked.add(target);
  }

  /**
   * Takes a page of the ledger, each event in its turn.
   * @throws what is transient: the same page is then to be taken again
   */
  async take(records: readonly RecordedEvent[]): Promise<void> {
    const { policy, rows } = this.options;
    let alarms: (EventName & { readonly dueAt: Instant })[] = [];
    for (const record of records) {
      if (record.type === 'DayBegan' && policy.dueAt) {
        await rows.wait(alarms);
        alarms = [];
        await this.ring(String(record.data['from']));
      }
      if (!(policy.handles as readonly string[]).includes(record.type)) continue;
      if (!policy.dueAt) {
        await this.answer(record);
        continue;
      }
      const dueAt = await this.guarded(record, record.stream, (fact) => policy.dueAt?.(fact));
      if (dueAt !== undefined) alarms.push({ ...nameOf(record), dueAt });
    }
    await rows.wait(alarms);
    this.step('waits');
  }

  /** Looks again at what operators have released. */
  async release(): Promise<void> {
    const { rows, policy, ledger } = this.options;
    const stopped = new Set<string>();
    const events = await rows.released();
    if (events.length === 0) return;
    for (const event of events) {
      if (stopped.has(event.target)) continue;
      const record = await find(ledger.store, event);
      if (record && (await this.again(record, event, policy)).has(event.target)) stopped.add(event.target);
      else await rows.unpark(event);
    }
    this.parked.clear();
    await this.open();
  }

  /** An event whose day is not there yet goes on waiting; any other is answered. @returns where it was parked again */
  private async again(
    record: RecordedEvent,
    event: ParkedEvent,
    { dueAt }: Policy,
  ): Promise<ReadonlySet<string>> {
    if (dueAt) {
      const due = await this.guarded(record, record.stream, (fact) => dueAt(fact) ?? '');
      if (due === undefined) return new Set([record.stream]);
      if (due === '') return new Set();
      if (due > this.options.ledger.clock.now()) {
        await this.options.rows.wait([{ ...nameOf(record), dueAt: due }]);
        return new Set();
      }
    }
    return this.answer(record, event.target);
  }

  private async ring(until: Instant): Promise<void> {
    const { rows, ledger } = this.options;
    for (;;) {
      const due = await rows.due(until, RUNG_AT_ONCE);
      if (due.length === 0) return;
      for (const name of due) {
        const record = await find(ledger.store, name);
        // A ledger that was restored may lack it.
        if (record) await this.answer(record);
        await rows.waited(name);
        this.step('waited');
      }
    }
  }

  /**
   * Answers one event. What comes for a parked target waits behind what was parked, so that its order stays.
   * @param freed a target that is being released
   * @returns the targets at which it was parked
   */
  private async answer(record: RecordedEvent, freed?: string): Promise<ReadonlySet<string>> {
    const { policy, rows } = this.options;
    const stopped = new Set<string>();
    const reactions = await this.guarded(record, record.stream, (fact) => ({
      after: later(fact.decidedAt, policy.dueAt?.(fact) ?? ''),
      all: policy.react(fact),
    }));
    if (reactions === undefined) return stopped.add(record.stream);
    for (const reaction of reactions.all) {
      const target = targetOf(reaction.command);
      if (target !== freed && this.parked.has(target)) {
        await rows.park(target, nameOf(record));
        stopped.add(target);
        continue;
      }
      try {
        await this.order(record, reaction, reactions.after);
      } catch (error) {
        await this.park(target, record, error);
        stopped.add(target);
      }
      this.step('carried-out');
    }
    return stopped;
  }

  /** Carries a command out, never decided before what it answers. A refusal is kept, and is an end too. */
  private async order(record: RecordedEvent, reaction: Reaction, after: Instant): Promise<void> {
    const { policy, ledger, outbox, digest } = this.options;
    const { command, discriminator } = reaction;
    const order = { policy: policy.name, stream: targetOf(command), command: command.kind, discriminator };
    const context: CommandContext = {
      commandId: policyCommandId(record.id, order),
      actor: `system:${policy.name}`,
      correlationId: String(record.metadata['$correlationId']),
      causationId: record.id,
    };
    const inTime = { ...ledger, clock: { now: () => later(ledger.clock.now(), after) } };
    const outcome = await carryOut(inTime, outbox, command, context, digest);
    if (outcome?.kind !== 'refused') return;
    const refusal = {
      kind: 'NotePolicyRefusal',
      policy: policy.name,
      command: command.kind,
      eventId: record.id,
      // Rules refuse with codes of the catalogue alone.
      code: outcome.code as RefusalCode,
    } as const;
    const commandId = createdId(context.commandId, 'refusal');
    const stream = refusedStream(context.commandId);
    await handle(inTime, policyRefusalDecider, stream, refusal, { ...context, commandId });
  }

  /** What the policy says to an event; undefined where it could not say anything, and the target was parked. */
  private async guarded<T>(
    record: RecordedEvent,
    target: string,
    ask: (fact: Fact) => T,
  ): Promise<T | undefined> {
    try {
      const [fact] = await this.options.ledger.vault.openFacts([record], { categories: [] });
      return ask(fact as Fact);
    } catch (error) {
      await this.park(target, record, error);
      return undefined;
    }
  }

  /** @throws what is transient: waiting cures it, and the order of events must stay */
  private async park(target: string, record: RecordedEvent, error: unknown): Promise<void> {
    if (isTransient(error) || error instanceof TooContended) throw error;
    const { rows, policy, logger } = this.options;
    const code = codeOf(error);
    await rows.park(target, nameOf(record), code);
    this.parked.add(target);
    logger?.warn({ alarm: 'policy-parked', policy: policy.name, code }, 'a policy has parked a target');
    this.step('parked');
  }
}

/** An event by its name; undefined where another stands there, or none. */
export async function find(
  store: Ledger['store'],
  { eventId, stream, revision }: EventName,
): Promise<RecordedEvent | undefined> {
  const [record] = await store.readStream(stream, { from: revision, limit: 1 });
  return record?.id === eventId ? record : undefined;
}
