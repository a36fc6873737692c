import {
  alumnusDecider,
  evolveAlumnus,
  Refusal,
  type AlumnusEvent,
  type Fact,
  type NewEvent,
} from '@enishi/domain';
import type { Ledger } from '../handle';
import { alumnusStream } from '../streams';
import { eachOf } from './each-of';
import { commandOf, nothingTaken, type RowToTakeOver, type TakenOver } from './take-over';

/** Streams read at the same time: their reads share round trips. */
const CONCURRENCY = 64;

/**
 * What taking these rows over would come to now, by the same rules, without reserving, recording or sealing anything.
 * Of somebody new the rows of one call are compared with each other; rows that come in another call are not known.
 */
export async function forecast(
  ledger: Ledger,
  rows: readonly RowToTakeOver[],
  source: string,
): Promise<TakenOver> {
  const taken = nothingTaken();
  const identities = await ledger.vault.identities.lookUp(
    rows.map(({ row }) => ({ source, number: row.employeeNumber })),
  );
  const people = new Map<string, { alumnusId: string | undefined; rows: RowToTakeOver[] }>();
  rows.forEach((row, index) => {
    const { alumnusId, blocked } = identities[index] ?? {};
    if (blocked === true) {
      taken.blocked += 1;
      return;
    }
    const known = people.get(row.row.employeeNumber);
    if (known === undefined) people.set(row.row.employeeNumber, { alumnusId, rows: [row] });
    else known.rows.push(row);
  });
  const decidedAt = ledger.clock.now();
  const known = await knownFacts(
    ledger,
    [...people.values()].flatMap(({ alumnusId }) => alumnusId ?? []),
  );
  for (const person of people.values()) {
    const { alumnusId = 'new' } = person;
    let state = (known.get(alumnusId) ?? []).reduce(evolveAlumnus, alumnusDecider.initial);
    for (const [at, { number, row }] of person.rows.entries()) {
      const decision = alumnusDecider.decide(commandOf(alumnusId, row), state, { decidedAt });
      count(taken, number, decision);
      // Most people have one row: nobody asks what they would be after it.
      if (at + 1 < person.rows.length && !(decision instanceof Refusal))
        state = decision.map((event) => assumed(event, decidedAt)).reduce(evolveAlumnus, state);
    }
  }
  return taken;
}

/** The facts of people, by alumnus id. */
async function knownFacts(
  { store, vault }: Ledger,
  alumnusIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Fact<AlumnusEvent>[]>> {
  if (alumnusIds.length === 0) return new Map();
  const streams = await eachOf(alumnusIds, CONCURRENCY, (id) => store.readStream(alumnusStream(id)));
  const facts = (await vault.openFacts(streams.flat())) as readonly Fact<AlumnusEvent>[];
  let at = 0;
  return new Map(
    alumnusIds.map((id, index) => {
      const from = at;
      at += streams[index]!.length;
      return [id, facts.slice(from, at)] as const;
    }),
  );
}

function count(
  taken: TakenOver,
  number: number,
  decision: readonly NewEvent<AlumnusEvent>[] | Refusal,
): void {
  if (decision instanceof Refusal) {
    if (decision.code === 'erased') taken.blocked += 1;
    else taken.refused.push({ number, code: decision.code });
    return;
  }
  const types = new Set(decision.map(({ type }) => type));
  if (types.size === 0) taken.unchanged += 1;
  else if (types.has('AlumnusRegistered')) taken.registered += 1;
  else if (types.has('EmploymentAdded')) taken.employmentsAdded += 1;
  else taken.corrected += 1;
}

/** An event as if it had been recorded by the import. */
function assumed(event: NewEvent<AlumnusEvent>, decidedAt: string): Fact<AlumnusEvent> {
  const none = '00000000-0000-0000-0000-000000000000';
  return {
    ...event,
    id: none,
    commandId: none,
    batchId: none,
    position: 0n,
    revision: 0,
    actor: 'system:forecast',
    effectiveAt: decidedAt,
    decidedAt,
    recordedAt: decidedAt,
    erased: [],
  } as unknown as Fact<AlumnusEvent>;
}
