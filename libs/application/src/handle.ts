import {
  Refusal,
  declarationOf,
  fold,
  type Decider,
  type EventType,
  type Fact,
  type Instant,
  type JsonObject,
  type NewEvent,
} from '@enishi/domain';
import {
  RevisionConflict,
  type EventStore,
  type EventToAppend,
  type ExpectedRevision,
  type RecordedEvent,
} from '@enishi/event-store';
import type { Category } from '@enishi/domain';
import type { Vault } from '@enishi/vault';
import type { Answers } from './answers';
import type { Clock } from './clock';
import type { CommandContext } from './context';
import { eventId } from './ids';
import type { NotedPairs } from './linked-records';
import { throughOutages } from './outage';
import { PreconditionFailed, TooContended, refused, type Done, type Outcome } from './outcome';

/** What commands need from outside, passed in once. */
export interface Ledger {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly answers: Answers;
  readonly pairs: NotedPairs;
}

/** How often a command starts over when others write to its stream at the same time. */
const ATTEMPTS = 16;

export interface HandleOptions {
  /** Categories an event of this command may open anew after an erasure (new consent). */
  readonly mayReopen?: readonly Category[];
  /** Categories that the rules look at; all where absent. What is not opened cannot stand in the way. */
  readonly opens?: readonly Category[];
  /** Reads what the rules look at of a long stream, its last event always; all of it where absent. */
  readonly read?: (store: EventStore, stream: string) => Promise<readonly RecordedEvent[]>;
}

/**
 * Carries out one command on one stream: read, open, recognise a repeat, check `If-Match`, fold, decide,
 * seal, append at exactly the revision read; on a conflict start over, bounded.
 *
 * An acknowledged command is in the ledger; a repeated one changes nothing and gets the first answer.
 *
 * @throws PreconditionFailed, TooContended, IdempotencyKeyReused, StoreUnavailable (safe to repeat)
 */
export async function handle<C, S, T extends EventType>(
  ledger: Ledger,
  decider: Decider<C, S, T>,
  stream: string,
  command: C,
  context: CommandContext,
  options: HandleOptions = {},
): Promise<Outcome> {
  return once(ledger, context, () =>
    throughOutages(() => settle(ledger, decider, stream, command, context, options)),
  );
}

/**
 * Gives a repeated request its first answer and keeps the answer of a new one, refusals and no-ops included.
 * For what must be looked up, and may be refused, before {@link handle} is reached.
 *
 * @param work is told the context without the request, which is accounted for
 * @throws IdempotencyKeyReused
 */
export async function once(
  { answers }: Ledger,
  context: CommandContext,
  work: (context: CommandContext) => Promise<Outcome>,
): Promise<Outcome> {
  const { requestTag, ...rest } = context;
  if (requestTag === undefined) return work(rest);
  const known = await answers.claim(rest.commandId, requestTag);
  if (known !== undefined) return known;
  const outcome = await work(rest);
  await answers.save(rest.commandId, outcome);
  return outcome;
}

async function settle<C, S, T extends EventType>(
  ledger: Ledger,
  decider: Decider<C, S, T>,
  stream: string,
  command: C,
  context: CommandContext,
  options: HandleOptions,
): Promise<Outcome> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const opened = options.opens === undefined ? {} : { categories: options.opens };
    const records = await (options.read?.(ledger.store, stream) ?? ledger.store.readStream(stream));
    const facts = (await ledger.vault.openFacts(records, opened)) as readonly Fact<T>[];
    const repeat = answerOf(stream, facts, context.commandId);
    if (repeat !== undefined) return repeat;
    checkPrecondition(context, facts);
    const decidedAt = decidingInstant(ledger.clock.now(), facts);
    const decision = decider.decide(command, fold(decider, facts), { decidedAt });
    if (decision instanceof Refusal) return refused(decision);
    if (decision.length === 0) return nothingToDo(ledger, stream, facts);
    const expected = facts.length === 0 ? 'no-stream' : facts[facts.length - 1]!.revision;
    const appended = await append(ledger, stream, expected, decision, decidedAt, context, options);
    if (appended !== undefined) return appended;
  }
  throw new TooContended(stream);
}

/** Seals and appends; `undefined` when another writer was first. */
async function append(
  ledger: Ledger,
  stream: string,
  expected: ExpectedRevision,
  decision: readonly NewEvent[],
  decidedAt: Instant,
  context: CommandContext,
  options: HandleOptions,
): Promise<Done | undefined> {
  const lease = ledger.vault.lease();
  try {
    const sealing = decision.map((event, index) => ({
      stream,
      id: eventId(context.commandId, stream, index),
      event,
      ...(options.mayReopen && { mayReopen: options.mayReopen }),
    }));
    const data = await lease.seal(sealing);
    const events = sealing.map(({ id, event }, index): EventToAppend => {
      return { id, type: event.type, data: data[index]!, metadata: metadataOf(event, decidedAt, context) };
    });
    const { revision, position } = await ledger.store.append({ stream, expected, events });
    return { kind: 'done', stream, revision, position, eventIds: events.map((e) => e.id), repeated: false };
  } catch (error) {
    if (error instanceof RevisionConflict) return undefined;
    throw error;
  } finally {
    lease.release();
  }
}

/** The metadata of a new event; every key is declared in the disclosure table, and stands in canonical order. */
export function metadataOf(event: NewEvent, decidedAt: Instant, context: CommandContext): JsonObject {
  return {
    $causationId: context.causationId ?? context.commandId,
    $correlationId: context.correlationId,
    actor: context.actor,
    batchId: context.batchId,
    commandId: context.commandId,
    decidedAt,
    effectiveAt: event.effectiveAt ?? decidedAt,
    v: declarationOf(event.type).version,
  };
}

/** max(clock, the stream's greatest `decidedAt` + 1 ms): later decisions come later, whatever the clocks say. */
export function decidingInstant(now: Instant, facts: readonly Pick<Fact, 'decidedAt'>[]): Instant {
  const last = facts.reduce<Instant>(
    (greatest, fact) => (fact.decidedAt > greatest ? fact.decidedAt : greatest),
    '',
  );
  if (last === '' || now > last) return now;
  return new Date(Date.parse(last) + 1).toISOString();
}

function checkPrecondition(context: CommandContext, facts: readonly Pick<Fact, 'revision'>[]): void {
  if (context.ifMatch === undefined) return;
  const actual = facts.at(-1)?.revision;
  if (actual !== context.ifMatch) throw new PreconditionFailed(context.ifMatch, actual);
}

function answerOf(stream: string, facts: readonly Fact[], commandId: string): Done | undefined {
  const own = facts.filter((fact) => fact.commandId === commandId);
  const last = own.at(-1);
  if (last === undefined) return undefined;
  const { revision, position } = last;
  return { kind: 'done', stream, revision, position, eventIds: own.map((fact) => fact.id), repeated: true };
}

/** A no-op answers with the position of the stream's last event, so that reading one's own writes holds. */
async function nothingToDo(ledger: Ledger, stream: string, facts: readonly Fact[]): Promise<Done> {
  const last = facts.at(-1);
  const position = last?.position ?? (await ledger.store.head()) ?? 0n;
  return { kind: 'done', stream, revision: last?.revision ?? -1, position, eventIds: [], repeated: false };
}
