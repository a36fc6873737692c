import {
  evolveAlumnus,
  unknownAlumnus,
  type AlumnusEvent,
  type AlumnusState,
  type Fact,
} from '@enishi/domain';
import type { ConsentRow } from '@enishi/intake';
import type { Ledger } from '../handle';
import { alumnusStream } from '../streams';

/**
 * Whom a row is about: the employee number says who, and the name must be theirs, now or formerly. A name alone never
 * finds anybody.
 */
export async function personOfRow(
  { vault, store }: Pick<Ledger, 'vault' | 'store'>,
  source: string,
  { employeeNumber, fullName }: ConsentRow,
): Promise<{ readonly alumnusId: string } | { readonly code: 'person-unknown' | 'name-differs' }> {
  const alumnusId = await vault.identities.find(source, employeeNumber);
  if (alumnusId === undefined) return { code: 'person-unknown' };
  const records = await store.readStream(alumnusStream(alumnusId));
  const facts = (await vault.openFacts(records, {
    categories: ['programme'],
  })) as readonly Fact<AlumnusEvent>[];
  const state = facts.reduce(evolveAlumnus, unknownAlumnus);
  if (state.registeredId === undefined) return { code: 'person-unknown' };
  return namesOf(state).includes(withoutSpaces(fullName)) ? { alumnusId } : { code: 'name-differs' };
}

function namesOf({ values: { name, formerNames = [] } }: AlumnusState): readonly string[] {
  if (name === undefined) return [];
  const given = name.given ?? '';
  return [name.family, ...formerNames].map((family) => withoutSpaces(`${family}${given}`));
}

function withoutSpaces(text: string): string {
  return text.replace(/\s+/g, '');
}
