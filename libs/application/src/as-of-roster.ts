import {
  answersAt,
  KnownFacts,
  type ContactQuestion,
  type Fact,
  type PersonAnswer,
  type PersonFacts,
} from '@enishi/domain';
import type { Position } from '@enishi/event-store';
import type { Ledger } from './handle';

/** One person as of a point of the ledger: what was known there of what held at an instant. */
export interface AsOfRow extends PersonAnswer {
  readonly person: PersonFacts;
}

const PAGE = 2000;

/**
 * The roster as of an instant, folded from zero: the facts known at a place of the ledger and effective by
 * `question.at`, under the rules then in force. Slow and true; reads the whole ledger up to there.
 * @param known position of the last event that counts; absent: the head
 * @param signal ends it early
 */
export async function rosterAsOf(
  ledger: Ledger,
  question: ContactQuestion,
  known: Position | undefined,
  signal?: AbortSignal,
): Promise<readonly AsOfRow[]> {
  const facts = new KnownFacts();
  for await (const page of factsUntil(ledger, known)) {
    signal?.throwIfAborted();
    facts.add(page.filter((fact) => bearsOn(fact, question.purposeId)));
  }
  const answer = answersAt(facts, question);
  return [...facts.people].flatMap((alumnusId) => {
    const { person, ...rest } = answer(alumnusId);
    return person === undefined ? [] : [{ ...rest, person }];
  });
}

async function* factsUntil(ledger: Ledger, known: Position | undefined): AsyncGenerator<readonly Fact[]> {
  let after: bigint | undefined;
  for (;;) {
    const records = await ledger.store.readAll({ limit: PAGE, ...(after !== undefined && { after }) });
    const within = known === undefined ? records : records.filter(({ position }) => position <= known);
    if (within.length > 0)
      yield await ledger.vault.openFacts(within, { categories: ['programme', 'contact'] });
    if (records.length < PAGE || within.length < records.length) return;
    after = records.at(-1)!.position;
  }
}

const OF_EVERYBODY = /^(?:alumnus|lifecycle|link|programme)-/;

function bearsOn({ stream }: Fact, purposeId: string): boolean {
  return (
    OF_EVERYBODY.test(stream) ||
    stream === `purpose-${purposeId}` ||
    (stream.startsWith('consent-') && stream.endsWith(`.${purposeId}`))
  );
}
