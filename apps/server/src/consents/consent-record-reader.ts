import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '@enishi/access';
import { consentStream } from '@enishi/application';
import { Refusal, type ConsentEvent, type Fact, type RecordSources } from '@enishi/domain';
import { listPurposes, readCompany } from '@enishi/projections/purpose-catalogue/query';
import { PersonReader } from '../alumni/person-reader';
import type { Infrastructure } from '../infrastructure';
import { refusalProblem } from '../refusal';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';

/** Makes records of one person's consents from the ledger itself, so that they are never behind. */
@Injectable()
export class ConsentRecordReader {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly people: PersonReader,
    private readonly reads: ViewReads,
  ) {}

  /**
   * What `make` makes of the person's consents, purpose by purpose.
   * @throws ProblemError 404 outside the caller's scope; 422 `record-incomplete` where a mandatory field has no source
   */
  async read<T>(
    request: FastifyRequest,
    principal: Principal,
    alumnusId: string,
    make: (sources: RecordSources) => readonly T[] | Refusal,
  ): Promise<readonly T[]> {
    await this.people.read(principal, alumnusId, []);
    await this.reads.caughtUp(request, 'purpose-catalogue');
    const { pool, identity, ledger } = this.infrastructure;
    const at = ledger.clock.now();
    const [company, purposes] = await Promise.all([readCompany(pool), listPurposes(pool, at)]);
    const party = company?.party;
    const made: T[] = [];
    for (const { purposeId, schedule } of purposes) {
      const facts = await this.factsOf(alumnusId, purposeId);
      const { companyId } = identity;
      const records = make({ alumnusId, companyId, ...(party && { party }), schedule, facts, at });
      if (records instanceof Refusal) throw refusalProblem(records);
      made.push(...records);
    }
    return made;
  }

  private async factsOf(alumnusId: string, purposeId: string): Promise<readonly Fact<ConsentEvent>[]> {
    const { store, vault } = this.infrastructure;
    const records = await store.readStream(consentStream(alumnusId, purposeId));
    return (await vault.openFacts(records, { categories: [] })) as readonly Fact<ConsentEvent>[];
  }
}
