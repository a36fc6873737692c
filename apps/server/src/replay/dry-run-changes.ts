import type { Contactability, Fact, PersonAnswer } from '@enishi/domain';
import { reasonView } from '../roster/roster-view';
import { changedPerson, changeOf, Tally } from './changes';
import type { Telling } from './comparison';

/** Who would gain or lose by a rule: may be contacted, or may be asked for consent. */
export class DryRunChanges implements Telling {
  private readonly contact = new Tally();
  private readonly asking = new Tally();
  private readonly supposed: ReadonlySet<string>;

  /** @param supposed facts that are in no ledger: their ids are told to nobody */
  constructor(supposed: readonly Pick<Fact, 'id'>[]) {
    this.supposed = new Set(supposed.map(({ id }) => id));
  }

  row(before: PersonAnswer, after: PersonAnswer): Record<string, unknown> | undefined {
    const change = changeOf(before.contact, after.contact);
    const asking = changeOf(before.approach, after.approach);
    if ((change ?? asking) === undefined) return undefined;
    return {
      ...changedPerson(before, after),
      change: change ?? null,
      asking: asking ?? null,
      before: this.answerView(before),
      after: this.answerView(after),
    };
  }

  count(before: PersonAnswer, after: PersonAnswer): void {
    this.contact.add(before.contact, after.contact);
    this.asking.add(before.approach, after.approach);
  }

  totals(): Record<string, unknown> {
    return { ...this.contact.view(), asking: this.asking.view() };
  }

  private answerView({ contact, approach }: PersonAnswer): Record<string, unknown> {
    return {
      answer: contact.answer,
      because: contact.answer === 'yes' ? this.known(contact.because) : [],
      reasons: this.reasonsView(contact),
      approachable: approach.answer === 'yes',
      askingReasons: this.reasonsView(approach),
    };
  }

  private reasonsView(answer: Contactability): readonly object[] {
    if (answer.answer === 'yes') return [];
    return answer.reasons.map((one) => reasonView({ ...one, eventIds: this.known(one.eventIds) }));
  }

  private known(ids: readonly string[]): readonly string[] {
    return ids.filter((id) => !this.supposed.has(id));
  }
}
