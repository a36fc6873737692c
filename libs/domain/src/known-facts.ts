import { approachable } from './approachable';
import { alumnusDecider } from './alumnus';
import type { AlumnusEvent, PersonValues } from './alumnus-state';
import { consentAnswer, type ConsentAnswer, type ConsentEvent } from './consent-answer';
import {
  contactability,
  type Contactability,
  type ContactQuestion,
  type OwnContactFacts,
} from './contactability';
import { linkedGroups, linksAt, type DuplicateEvent } from './duplicate';
import { fold, type Fact, type Instant } from './kernel';
import { holdsAt, type LifecycleEvent } from './lifecycle';
import type { LinkedRecord } from './linked-records';
import { personFacts, type PersonFacts } from './person';
import { programmeSchedule, type ProgrammeEvent, type ProgrammeSchedule } from './programme-schedule';
import { purposeSchedule, type PurposeEvent, type PurposeSchedule } from './purpose-schedule';

/** What one person's facts come to for a question, at its instant. */
export interface PersonAnswer {
  readonly alumnusId: string;
  /** Absent of somebody not registered, or not yet. */
  readonly person?: PersonFacts;
  readonly values: PersonValues;
  readonly consent: ConsentAnswer;
  readonly contact: Contactability;
  readonly approach: Contactability;
}

/**
 * The facts known at one place of the ledger, sorted by what they are about. State at (effective E, known n) is
 * {@link answersAt} of the facts of the first n leaves for a question whose `at` is E. Facts are added in the order
 * of the ledger.
 */
export class KnownFacts {
  private readonly streams = new Map<string, Fact[]>();
  /** Ids of alumni about whom something is known, in the order in which they came. */
  readonly people = new Set<string>();
  private readonly programmes = new Set<string>();
  readonly links: Fact<DuplicateEvent>[] = [];

  constructor(facts: readonly Fact[] = []) {
    this.add(facts);
  }

  add(facts: readonly Fact[]): this {
    for (const fact of facts) {
      const { stream } = fact;
      const known = this.streams.get(stream);
      if (known !== undefined) known.push(fact);
      else this.streams.set(stream, [fact]);
      if (stream.startsWith('alumnus-')) this.people.add(stream.slice('alumnus-'.length));
      else if (stream.startsWith('programme-')) this.programmes.add(stream);
      else if (stream.startsWith('link-')) this.links.push(fact as Fact<DuplicateEvent>);
    }
    return this;
  }

  /** The facts of a stream, in order. */
  of<F extends Fact>(stream: string): readonly F[] {
    return (this.streams.get(stream) ?? []) as unknown as readonly F[];
  }

  /** The streams known whose names begin so. */
  streamsOf(prefix: string): readonly string[] {
    return [...this.streams.keys()].filter((stream) => stream.startsWith(prefix));
  }

  purpose(purposeId: string): PurposeSchedule | undefined {
    return purposeSchedule(this.of<Fact<PurposeEvent>>(`purpose-${purposeId}`));
  }

  allProgrammes(): readonly ProgrammeSchedule[] {
    return [...this.programmes].flatMap(
      (stream) => programmeSchedule(this.of<Fact<ProgrammeEvent>>(stream)) ?? [],
    );
  }
}

/**
 * Answers a question for one person after the other, from what is known: the facts effective by `question.at`, under
 * the rules in force then. Purposes and programmes are told by their schedules, which know of what is yet to come.
 *
 * @param parked people whose facts are not to be trusted: nobody may be contacted by them
 * @example answersAt(new KnownFacts(facts), { purposeId, channel: 'email', at })(alumnusId).contact
 */
export function answersAt(
  known: KnownFacts,
  question: ContactQuestion,
  { parked }: { readonly parked?: ReadonlySet<string> } = {},
): (alumnusId: string) => PersonAnswer {
  const purpose = known.purpose(question.purposeId);
  const programmes = known.allProgrammes();
  const groups = linkedGroups(linksAt(known.links, question.at));
  const own = (alumnusId: string) => ({
    ...ownFacts(known, alumnusId, question),
    purpose,
    programmes,
    parked: parked?.has(alumnusId) === true,
  });
  return (alumnusId) => {
    const record = own(alumnusId);
    const { members = [], linkIds = [] } = groups.get(alumnusId) ?? {};
    const linked = members
      .filter((member) => member !== alumnusId)
      .map((member): LinkedRecord => ({ alumnusId: member, linkIds, facts: own(member) }));
    const facts = { ...record, linked };
    return {
      alumnusId,
      ...(record.person && { person: record.person }),
      values: record.values,
      consent: record.consent,
      contact: contactability(question, facts),
      approach: approachable(question, facts),
    };
  };
}

function ownFacts(
  known: KnownFacts,
  alumnusId: string,
  { purposeId, channel, at }: ContactQuestion,
): Pick<OwnContactFacts, 'person' | 'undoneId' | 'consent' | 'holds'> & Pick<PersonAnswer, 'values'> {
  const alumnus = known.of<Fact<AlumnusEvent>>(`alumnus-${alumnusId}`).filter(effectiveBy(at));
  const lifecycle = known.of<Fact<LifecycleEvent>>(`lifecycle-${alumnusId}`);
  const consents = known.of<Fact<ConsentEvent>>(`consent-${alumnusId}.${purposeId}`);
  const { values, undoneId } = fold(alumnusDecider, alumnus);
  return {
    person: personFacts(alumnus, lifecycle, at),
    ...(undoneId !== undefined && { undoneId }),
    values,
    consent: consentAnswer(consents, channel, at),
    holds: holdsAt(lifecycle, at),
  };
}

function effectiveBy(at: Instant): (fact: { readonly effectiveAt: Instant }) => boolean {
  return ({ effectiveAt }) => effectiveAt <= at;
}
