import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@enishi/access';
import { linkStream } from '@enishi/application';
import {
  duplicateDecider,
  fold,
  pairOf,
  type DuplicateEvent,
  type DuplicateState,
  type Fact,
  type Pair,
  type PersonName,
} from '@enishi/domain';
import { matchOf, readLinked, readPerson } from '@enishi/projections/alumni-roster/query';
import { maskedPerson, PersonReader } from '../alumni/person-reader';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';
import { comparedFields, matchView } from './pair-view';

/** Two records side by side, from the ledger itself. */
@Injectable()
export class PairReader {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly people: PersonReader,
  ) {}

  /** @throws ProblemError 404 where one of them is nobody, or outside the caller's scope */
  async sideBySide(principal: Principal, pair: Pair): Promise<Record<string, unknown>> {
    const ids = [pair.alumnusId, pair.otherId];
    const [state, people, consents] = await Promise.all([
      this.stateOf(pair),
      Promise.all(ids.map((id) => this.people.read(principal, id, ['programme', 'contact']))),
      Promise.all(ids.map((id) => this.consentsOf(id))),
    ]);
    const [one, other] = people.map((person) => person.state.values);
    return {
      ...pair,
      state: state.standing,
      ...matchView(matchOf(one!, other!)),
      fields: comparedFields(one!, other!),
      records: people.map((person, index) => ({
        ...maskedPerson(ids[index]!, person),
        consents: consents[index],
      })),
    };
  }

  /** The records linked with this one; of those that the caller may not see, the ids alone. */
  async linked(
    principal: Principal,
    alumnusId: string,
  ): Promise<readonly { alumnusId: string; name: PersonName | null; direct: boolean }[]> {
    const others = await readLinked(this.infrastructure.pool, alumnusId);
    return Promise.all(
      others.map(async (id) => {
        const { standing } = await this.stateOf(pairOf(alumnusId, id));
        return { alumnusId: id, name: await this.nameOf(principal, id), direct: standing === 'linked' };
      }),
    );
  }

  private async nameOf(principal: Principal, alumnusId: string): Promise<PersonName | null> {
    try {
      const { state } = await this.people.read(principal, alumnusId, []);
      return state.values.name ?? null;
    } catch (error) {
      if (error instanceof ProblemError) return null;
      throw error;
    }
  }

  private async stateOf(pair: Pair): Promise<DuplicateState> {
    const { store, vault } = this.infrastructure;
    const records = await store.readStream(linkStream(pair));
    const facts = await vault.openFacts(records, { categories: [] });
    return fold(duplicateDecider, facts as readonly Fact<DuplicateEvent>[]);
  }

  private async consentsOf(alumnusId: string): Promise<readonly object[]> {
    const { pool, ledger } = this.infrastructure;
    const person = await readPerson(pool, alumnusId, ledger.clock.now());
    return (person?.consents ?? []).map(({ purposeId, channel, answer: { state, effective } }) => ({
      purposeId,
      channel,
      state,
      effectiveAt: effective ?? null,
    }));
  }
}
