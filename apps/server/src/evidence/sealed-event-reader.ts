import { Inject, Injectable } from '@nestjs/common';
import type { Principal, RevealableField } from '@enishi/access';
import { CATEGORIES, declarationOf, type Category } from '@enishi/domain';
import { readEvents, type AuditEntry } from '@enishi/projections/audit-trail/query';
import { PersonReader } from '../alumni/person-reader';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';
import type { SealedFieldsAnswer } from './evidence.answers.dto';

/** What is masked where a person is shown needs the same field of a grant here. */
const NEEDED_FOR: Partial<Readonly<Record<Category, RevealableField>>> = {
  contact: 'contact',
  'leaving-detail': 'leaving-detail',
};

/** Opens single events for those who must be able to see what an answer or an order stands on. */
@Injectable()
export class SealedEventReader {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly people: PersonReader,
  ) {}

  /**
   * The sealed fields of one event about a person, as far as the caller's grant goes.
   * @throws ProblemError 404 for somebody outside the caller's scope, or an event that is not about them
   */
  async read(principal: Principal, alumnusId: string, eventId: string): Promise<SealedFieldsAnswer> {
    const granted = this.people.revealable(principal, await this.people.read(principal, alumnusId, []));
    const event = await this.find(alumnusId, eventId);
    const { store, vault } = this.infrastructure;
    const records = await store.readStream(event.stream, { from: event.revision, limit: 1 });
    const categories = CATEGORIES.filter((category) => {
      const needed = NEEDED_FOR[category];
      return needed === undefined || granted.includes(needed);
    });
    const [fact] = await vault.openFacts(records, { categories });
    if (fact?.id !== eventId) throw unknownEvent();
    const { fields } = declarationOf(fact.type);
    const isShown = (field: string): boolean => {
      if (field === 'employeeNumber') return granted.includes('employee-number');
      const kind = fields[field];
      return kind?.kind === 'sealed' && kind.categories.some((category) => categories.includes(category));
    };
    const values = Object.entries(fact.data).filter(([field]) => event.sealed.includes(field));
    return {
      eventId,
      type: fact.type,
      values: Object.fromEntries(values.filter(([field]) => isShown(field))),
      withheld: event.sealed.filter((field) => !isShown(field)),
      erased: [...fact.erased],
    };
  }

  private async find(alumnusId: string, eventId: string): Promise<AuditEntry> {
    const [event] = await readEvents(this.infrastructure.pool, [eventId]);
    if (event === undefined || event.alumnusId !== alumnusId) throw unknownEvent();
    return event;
  }
}

function unknownEvent(): ProblemError {
  return new ProblemError(404, 'event-unknown', 'There is no such event about this person');
}
