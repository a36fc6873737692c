import {
  approachable,
  consentAnswer,
  contactability,
  holdsAt,
  NEVER_ASKED,
  personFacts,
  programmeSchedule,
  purposeSchedule,
  type AlumnusEvent,
  type ConsentEvent,
  type Contactability,
  type ContactQuestion,
  type DuplicateEvent,
  type Fact,
  type LifecycleEvent,
  type LinkedRecord,
  type OwnContactFacts,
  type ProgrammeEvent,
  type PurposeEvent,
} from '@enishi/domain';
import { keysErased } from './histories';
import type { MemoryLedger } from './memory-ledger';
import { PlainVault } from './plain-vault';

/** The pure answers for one person, straight from the facts of a history. */
export interface PureAnswer {
  readonly contact: Contactability;
  readonly approach: Contactability;
}

/** Answers questions from a history's facts by the domain's functions alone; what was erased does not open. */
export class PureRoster {
  private readonly streams = new Map<string, Fact[]>();
  readonly people = new Set<string>();
  /** Who was registered by an import that was undone, and not since. */
  readonly undone = new Set<string>();

  private constructor(facts: readonly Fact[]) {
    for (const fact of facts) {
      const stream = this.streams.get(fact.stream);
      if (stream) stream.push(fact);
      else this.streams.set(fact.stream, [fact]);
      const isUndone = fact.type === 'RegistrationUndone';
      if (fact.type !== 'AlumnusRegistered' && !isUndone) continue;
      const [into, from] = isUndone ? [this.undone, this.people] : [this.people, this.undone];
      into.add(fact.data.alumnusId);
      from.delete(fact.data.alumnusId);
    }
  }

  static async of(ledger: MemoryLedger): Promise<PureRoster> {
    const vault = new PlainVault();
    for (const key of keysErased(ledger)) vault.destroyed.add(key);
    return new PureRoster(await vault.openFacts(ledger.records));
  }

  private facts<T>(stream: string): readonly T[] {
    return (this.streams.get(stream) ?? []) as unknown as readonly T[];
  }

  answer(question: ContactQuestion, alumnusId: string): PureAnswer {
    const facts = { ...this.own(question, alumnusId), linked: this.linked(question, alumnusId) };
    return { contact: contactability(question, facts), approach: approachable(question, facts) };
  }

  /** The records of the same person, found by walking from link to link. */
  private linked(question: ContactQuestion, alumnusId: string): readonly LinkedRecord[] {
    const links = [...this.streams.keys()]
      .filter((stream) => stream.startsWith('link-'))
      .flatMap((stream) => this.facts<Fact<DuplicateEvent>>(stream).at(-1) ?? [])
      .filter((fact) => fact.type === 'AlumniLinked');
    const members = [alumnusId];
    const linkIds = new Set<string>();
    for (const member of members) {
      for (const { id, data } of links) {
        if (data.alumnusId !== member && data.otherId !== member) continue;
        linkIds.add(id);
        const there = data.alumnusId === member ? data.otherId : data.alumnusId;
        if (!members.includes(there)) members.push(there);
      }
    }
    return members
      .slice(1)
      .sort()
      .map((id) => ({ alumnusId: id, linkIds: [...linkIds].sort(), facts: this.own(question, id) }));
  }

  private own(question: ContactQuestion, alumnusId: string): OwnContactFacts {
    const { at, channel, purposeId } = question;
    const lifecycle = this.facts<Fact<LifecycleEvent>>(`lifecycle-${alumnusId}`);
    const consents = this.facts<Fact<ConsentEvent>>(`consent-${alumnusId}.${purposeId}`);
    const programmes = [...this.streams.keys()].filter((stream) => stream.startsWith('programme-'));
    const alumnus = this.facts<Fact<AlumnusEvent>>(`alumnus-${alumnusId}`);
    const undone = alumnus.findLast(({ type }) => type === 'RegistrationUndone');
    return {
      person: personFacts(alumnus, lifecycle, at),
      ...(undone && { undoneId: undone.id }),
      purpose: purposeSchedule(this.facts<Fact<PurposeEvent>>(`purpose-${purposeId}`)),
      programmes: programmes.flatMap(
        (stream) => programmeSchedule(this.facts<Fact<ProgrammeEvent>>(stream)) ?? [],
      ),
      consent: consents.length === 0 ? NEVER_ASKED : consentAnswer(consents, channel, at),
      holds: holdsAt(lifecycle, at),
    };
  }
}
