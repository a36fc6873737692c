import {
  alumnusDecider,
  approachable,
  consentAnswer,
  contactability,
  fold,
  holdsAt,
  linkedGroups,
  linksAt,
  personFacts,
  programmeSchedule,
  purposeSchedule,
  type AlumnusEvent,
  type ConsentEvent,
  type Contactability,
  type ContactQuestion,
  type DuplicateEvent,
  type Fact,
  type Instant,
  type LifecycleEvent,
  type OwnContactFacts,
  type PersonFacts,
  type PersonValues,
  type ProgrammeEvent,
  type PurposeEvent,
} from '@enishi/domain';
import type { Ledger } from './handle';
import { consentStream } from './streams';

/** One person as of an instant: what was known by then of what held then. */
export interface AsOfRow {
  readonly alumnusId: string;
  readonly person: PersonFacts;
  readonly values: PersonValues;
  readonly contact: Contactability;
  readonly approach: Contactability;
}

const PAGE = 2000;

/**
 * The roster as of an instant, folded from zero: facts recorded by `question.at` and effective by it, under
 * the rules then in force. Slow and true; reads the whole ledger up to then.
 * @param signal ends it early
 */
export async function rosterAsOf(
  ledger: Ledger,
  question: ContactQuestion,
  signal?: AbortSignal,
): Promise<readonly AsOfRow[]> {
  const facts = new FactsByStream(question.purposeId);
  for await (const page of factsUntil(ledger, question.at)) {
    signal?.throwIfAborted();
    page.forEach((fact) => facts.add(fact));
  }
  return facts.answers(question);
}

/** Facts up to the last one recorded by `known` (an instant is turned into a leaf, then compared as such). */
async function* factsUntil(ledger: Ledger, known: Instant): AsyncGenerator<readonly Fact[]> {
  let after: bigint | undefined;
  for (;;) {
    const records = await ledger.store.readAll({ limit: PAGE, ...(after !== undefined && { after }) });
    const within = records.filter(({ recordedAt }) => recordedAt <= known);
    if (within.length > 0)
      yield await ledger.vault.openFacts(within, { categories: ['programme', 'contact'] });
    if (records.length < PAGE || within.length < records.length) return;
    after = records.at(-1)!.position;
  }
}

/** Facts sorted by what they are about. */
class FactsByStream {
  private readonly people = new Map<string, Fact<AlumnusEvent>[]>();
  private readonly lifecycles = new Map<string, Fact<LifecycleEvent>[]>();
  private readonly consents = new Map<string, Fact<ConsentEvent>[]>();
  private readonly purposes: Fact<PurposeEvent>[] = [];
  private readonly programmes = new Map<string, Fact<ProgrammeEvent>[]>();
  private readonly links: Fact<DuplicateEvent>[] = [];

  constructor(private readonly purposeId: string) {}

  add(fact: Fact): void {
    const { stream } = fact;
    if (stream.startsWith('alumnus-')) push(this.people, fact.stream.slice(8), fact as Fact<AlumnusEvent>);
    else if (stream.startsWith('lifecycle-'))
      push(this.lifecycles, stream.slice(10), fact as Fact<LifecycleEvent>);
    else if (stream === `purpose-${this.purposeId}`) this.purposes.push(fact as Fact<PurposeEvent>);
    else if (stream.startsWith('link-')) this.links.push(fact as Fact<DuplicateEvent>);
    else if (stream.startsWith('programme-')) push(this.programmes, stream, fact as Fact<ProgrammeEvent>);
    else if (stream.startsWith('consent-') && stream.endsWith(`.${this.purposeId}`)) {
      push(this.consents, stream, fact as Fact<ConsentEvent>);
    }
  }

  answers(question: ContactQuestion): AsOfRow[] {
    const purpose = purposeSchedule(this.purposes);
    const programmes = [...this.programmes.values()].flatMap((facts) => programmeSchedule(facts) ?? []);
    const groups = linkedGroups(linksAt(this.links, question.at));
    const known = new Map<string, OwnContactFacts>();
    for (const alumnusId of this.people.keys()) {
      known.set(alumnusId, { ...this.ownFacts(alumnusId, question), purpose, programmes });
    }
    const rows: AsOfRow[] = [];
    for (const [alumnusId, own] of this.people) {
      const record = known.get(alumnusId);
      if (record?.person === undefined) continue;
      const { members = [], linkIds = [] } = groups.get(alumnusId) ?? {};
      const linked = members.flatMap((member) => {
        const there = member === alumnusId ? undefined : known.get(member);
        return there === undefined ? [] : [{ alumnusId: member, linkIds, facts: there }];
      });
      const facts = { ...record, linked };
      rows.push({
        alumnusId,
        person: record.person,
        values: fold(alumnusDecider, own).values,
        contact: contactability(question, facts),
        approach: approachable(question, facts),
      });
    }
    return rows;
  }

  private ownFacts(
    alumnusId: string,
    { purposeId, channel, at }: ContactQuestion,
  ): Pick<OwnContactFacts, 'person' | 'consent' | 'holds'> {
    const lifecycle = this.lifecycles.get(alumnusId) ?? [];
    const consents = this.consents.get(consentStream(alumnusId, purposeId)) ?? [];
    return {
      person: personFacts(this.people.get(alumnusId) ?? [], lifecycle, at),
      consent: consentAnswer(consents, channel, at),
      holds: holdsAt(lifecycle, at),
    };
  }
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
