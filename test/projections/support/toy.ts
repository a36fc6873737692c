import { alumnusOf, scopeByIds, type Projection } from '@enishi/projections/engine';
import { type MemoryLedger, uuid } from './memory-ledger';

/** The smallest projection with opened values: family names by person. A family name `poison` cannot be applied. */
export function toy(version = 1): Projection {
  return {
    name: 'toy-names',
    version,
    tables: `CREATE TABLE person (alumnus_id text PRIMARY KEY, family text, kind text, seen bigint NOT NULL)`,
    indexes: 'CREATE INDEX IF NOT EXISTS person_family ON person (family)',
    handles: ['AlumnusRegistered', 'AlumnusCorrected', 'ErasureStarted', 'ErasureCompleted'],
    opens: ['programme'],
    subjects: [{ table: 'person', column: 'alumnus_id', erase: { programme: { set: 'family = NULL' } } }],
    scopeOf: scopeByIds,
    async project(entries, db) {
      for (const { fact, record } of entries) {
        const data = fact.data as { readonly name?: { readonly family: string } };
        if (data.name?.family === 'poison') throw new TypeError('cannot be applied');
        await db.query(
          `INSERT INTO person VALUES ($1, $2, $3, $4) ON CONFLICT (alumnus_id) DO UPDATE
             SET family = coalesce($2, person.family), kind = $3, seen = $4`,
          [
            alumnusOf(record),
            data.name?.family ?? null,
            `${fact.type} v${version}`,
            fact.position.toString(),
          ],
        );
      }
    },
  };
}

let clock = Date.parse('2026-01-05T00:00:00.000Z');
const now = (): string => new Date((clock += 1000)).toISOString();

export function register(ledger: MemoryLedger, person: string, family: string) {
  const data = { alumnusId: uuid(person), origin: 'hand', name: { family }, employment: {} };
  return ledger.append({
    stream: `alumnus-${uuid(person)}`,
    type: 'AlumnusRegistered',
    data,
    decidedAt: now(),
  });
}

export function rename(ledger: MemoryLedger, person: string, family: string) {
  const data = { alumnusId: uuid(person), name: { family }, changed: ['name'] };
  return ledger.append({
    stream: `alumnus-${uuid(person)}`,
    type: 'AlumnusCorrected',
    data,
    decidedAt: now(),
  });
}

export function erase(ledger: MemoryLedger, person: string, type: 'ErasureStarted' | 'ErasureCompleted') {
  const data = { alumnusId: uuid(person), categories: ['programme'] };
  return ledger.append({ stream: `lifecycle-${uuid(person)}`, type, data, decidedAt: now() });
}

/** Waits until the condition holds. */
export async function eventually(condition: () => Promise<boolean>, ms = 5000): Promise<void> {
  for (const deadline = Date.now() + ms; !(await condition());) {
    if (Date.now() > deadline) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
