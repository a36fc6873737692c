import type { EventType, Fact } from '@enishi/domain';
import { scopeByIds, writeRows, type Projection } from '../engine';
import { PROGRAMME_EVENTS, PURPOSE_EVENTS, writeScheduleFacts } from '../schedules/schedule-facts';
import { COMPANY_STATEMENT, LEDGER, OFFICER, tables } from './tables';

/** Company, officer, purposes and programmes with all their versions. Opens the officer's name and contact. */
export const purposeCatalogue: Projection = {
  name: 'purpose-catalogue',
  version: 1,
  tables,
  handles: [
    'LedgerOpened',
    'CompanyDescribed',
    'ContactPointSet',
    'ResponsibleOfficerAppointed',
    ...PURPOSE_EVENTS,
    ...PROGRAMME_EVENTS,
  ],
  opens: ['staff'],
  // Officers are no alumni: their values go when the company replaces the view, not by ErasureStarted.
  subjects: [],
  scopeOf: scopeByIds,
  async project(entries, db) {
    const facts = entries.map(({ fact }) => fact);
    await writeRows(
      db,
      'ledger',
      LEDGER,
      ['ledger_id'],
      'keep',
      only(facts, 'LedgerOpened').map(({ data }) => ({
        ledger_id: data.ledgerId,
        company_id: data.companyId,
        mode: data.mode,
      })),
    );
    await writeRows(
      db,
      'company_statement',
      COMPANY_STATEMENT,
      ['position'],
      'keep',
      only(facts, 'CompanyDescribed', 'ContactPointSet').map((fact) => ({
        position: fact.position,
        event_id: fact.id,
        kind: fact.type === 'CompanyDescribed' ? 'party' : 'contact-point',
        content: JSON.stringify(fact.type === 'CompanyDescribed' ? fact.data.party : fact.data.contactPoint),
        effective_at: fact.effectiveAt,
      })),
    );
    await writeRows(
      db,
      'officer',
      OFFICER,
      ['position'],
      'keep',
      only(facts, 'ResponsibleOfficerAppointed').map((fact) => ({
        position: fact.position,
        event_id: fact.id,
        staff_id: fact.data.staffId,
        name: fact.data.name && JSON.stringify(fact.data.name),
        title: fact.data.title,
        work_contact: fact.data.workContact,
        effective_at: fact.effectiveAt,
      })),
    );
    await writeScheduleFacts(db, facts);
  },
};

/** The facts of these types. */
function only<T extends EventType>(facts: readonly Fact[], ...types: readonly T[]): readonly Fact<T>[] {
  return facts.filter((fact) =>
    (types as readonly string[]).includes(fact.type),
  ) as unknown as readonly Fact<T>[];
}
