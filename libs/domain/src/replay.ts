import { consentAnswers, type ConsentAnswer, type ConsentEvent } from './consent-answer';
import type { ContactQuestion } from './contactability';
import type { Fact, Instant } from './kernel';
import { answersAt, KnownFacts, type PersonAnswer } from './known-facts';
import { holdsAt, type Hold, type LifecycleEvent } from './lifecycle';
import { personFacts, type PersonFacts } from './person';
import type { AlumnusEvent } from './alumnus-state';
import type { ContactChannel } from './terms';

/** For which purpose and channel a replay also tells whether the person might be contacted. */
export type ReplayQuestion = Omit<ContactQuestion, 'at'>;

/** What a person's answer for one purpose and channel came to. */
export interface StandingConsent {
  readonly purposeId: string;
  readonly channel: ContactChannel;
  readonly answer: ConsentAnswer;
}

/** What was known about a person at one place of the ledger. */
export interface PersonStanding {
  readonly person: PersonFacts | undefined;
  readonly holds: readonly Hold[];
  /** What is `none` is left out. */
  readonly consents: readonly StandingConsent[];
  /** Where a question was put. */
  readonly answer?: PersonAnswer;
}

/** What happened, and what the person's state was after it. */
export interface ReplayStep {
  /** Of a step that no event made, absent: something took effect, or expired. */
  readonly fact?: Fact;
  /** The instant that the state is of: the latest at which anything was decided until then, or that of the effect. */
  readonly at: Instant;
  /** Whether the answer to the question is another than before, or the same for other reasons. */
  readonly changed: boolean;
  readonly after: PersonStanding;
}

/**
 * One person's trail step by step: after each event about them, what was known then of what held then. Events about
 * others (purposes, programmes, linked records) and instants at which something took effect or expired are steps only
 * where they changed the answer to the question. What is recorded later never changes an earlier step.
 *
 * @param facts everything that bears on the person, in the order of the ledger
 * @param now until when instants without an event are told
 */
export function replay(
  facts: readonly Fact[],
  alumnusId: string,
  question: ReplayQuestion | undefined,
  now: Instant,
): readonly ReplayStep[] {
  const known = new KnownFacts();
  const steps: ReplayStep[] = [];
  let pending: readonly Instant[] = [];
  let before: string | undefined;
  let clock: Instant = '';
  const step = (at: Instant, fact?: Fact): void => {
    const after = standingAt(known, alumnusId, question, at);
    const said = gist(after.answer);
    const changed = question !== undefined && said !== before;
    const isOwn = fact !== undefined && isAbout(fact, alumnusId);
    if (isOwn || (changed && before !== undefined)) steps.push({ ...(fact && { fact }), at, changed, after });
    if (isOwn || before !== undefined) before = said;
  };
  const passTo = (until: Instant): void => {
    for (const at of pending.filter((instant) => instant <= until)) step(at);
    pending = pending.filter((instant) => instant > until);
  };
  for (const fact of facts) {
    if (fact.decidedAt > clock) {
      passTo(fact.decidedAt);
      clock = fact.decidedAt;
    }
    known.add([fact]);
    step(clock, fact);
    pending = [...new Set([...pending, ...laterEffects(fact).filter((at) => at > clock)])].sort();
  }
  if (now > clock) passTo(now);
  return steps;
}

/** The instants at which a fact has an effect of its own: later than it was decided, or an expiry. */
function laterEffects(fact: Fact): readonly Instant[] {
  const expiry = fact.type === 'ConsentGranted' ? fact.data.expiresAt : undefined;
  return [fact.effectiveAt, ...(expiry === undefined ? [] : [expiry])];
}

/** Streams are named by the ids of whom they are about. */
function isAbout({ stream }: Fact, alumnusId: string): boolean {
  return stream.includes(alumnusId);
}

/** As much of an answer as makes it another one. */
function gist(answer: PersonAnswer | undefined): string {
  if (answer === undefined) return '';
  const { contact } = answer;
  return contact.answer === 'yes'
    ? 'yes'
    : JSON.stringify(contact.reasons.map(({ code, params }) => [code, params]));
}

function standingAt(
  known: KnownFacts,
  alumnusId: string,
  question: ReplayQuestion | undefined,
  at: Instant,
): PersonStanding {
  const lifecycle = known.of<Fact<LifecycleEvent>>(`lifecycle-${alumnusId}`);
  const answer = question && answersAt(known, { ...question, at })(alumnusId);
  return {
    person: personFacts(known.of<Fact<AlumnusEvent>>(`alumnus-${alumnusId}`), lifecycle, at),
    holds: holdsAt(lifecycle, at),
    consents: consentsAt(known, alumnusId, at),
    ...(answer && { answer }),
  };
}

function consentsAt(known: KnownFacts, alumnusId: string, at: Instant): readonly StandingConsent[] {
  const prefix = `consent-${alumnusId}.`;
  return known.streamsOf(prefix).flatMap((stream) => {
    const answers = consentAnswers(known.of<Fact<ConsentEvent>>(stream), at);
    return Object.entries(answers)
      .filter(([, { state }]) => state !== 'none')
      .map(([channel, answer]) => ({
        purposeId: stream.slice(prefix.length),
        channel: channel as ContactChannel,
        answer,
      }));
  });
}
