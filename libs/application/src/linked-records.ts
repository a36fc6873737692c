import { linkedGroups, linksAt, pairOf, type DuplicateEvent, type Fact, type Pair } from '@enishi/domain';
import type { EventStore } from '@enishi/event-store';
import type { Pool } from 'pg';
import type { Ledger } from './handle';
import { throughOutages } from './outage';
import { linkStream } from './streams';

/**
 * Which pairs of records may be linked: the way from a person to the streams `link-…`, which say whether they are.
 * A pair is noted before it is linked, and stays noted: one that is too many costs a look, one too few would let
 * somebody be asked who has said no.
 */
export interface NotedPairs {
  note(pair: Pair): Promise<void>;
  /** Every noted pair that one of these is in. */
  of(alumnusIds: readonly string[]): Promise<readonly Pair[]>;
}

/** {@link NotedPairs} in the table `app.linked_pairs`: ids, and nothing about anybody. */
export function notedPairsIn(pool: Pool): NotedPairs {
  return {
    async note({ alumnusId, otherId }) {
      await throughOutages(() =>
        pool.query(
          'insert into app.linked_pairs (alumnus_id, other_id) values ($1, $2) on conflict do nothing',
          [alumnusId, otherId],
        ),
      );
    },
    async of(alumnusIds) {
      const { rows } = await throughOutages(() =>
        pool.query<Pair>({
          name: 'linked-pairs-of',
          text: `select alumnus_id::text as "alumnusId", other_id::text as "otherId" from app.linked_pairs
            where alumnus_id = any ($1::uuid[]) or other_id = any ($1::uuid[])`,
          values: [alumnusIds],
        }),
      );
      return rows;
    },
  };
}

/** Notes the pairs of a ledger that was written before they were noted, once. */
export async function noteFormerPairs(pool: Pool, store: EventStore): Promise<void> {
  const { rows } = await pool.query<{ noted: boolean }>('select pairs_noted as noted from app.ledger');
  if (rows[0]?.noted !== false) return;
  const pairs = notedPairsIn(pool);
  for (let after: bigint | undefined; ;) {
    const page = await store.readAll({ dataOf: ['AlumniLinked'], ...(after !== undefined && { after }) });
    for (const event of page) {
      if (event.type !== 'AlumniLinked') continue;
      const { alumnusId, otherId } = event.data;
      await pairs.note(pairOf(String(alumnusId), String(otherId)));
    }
    after = page.at(-1)?.position;
    if (after === undefined) break;
  }
  await pool.query('update app.ledger set pairs_noted = true');
}

/**
 * The person's other records at this moment, by links that hold, one after another.
 * @returns alumnus ids, in order
 */
export async function otherRecords(
  { store, vault, pairs }: Pick<Ledger, 'store' | 'vault' | 'pairs'>,
  alumnusId: string,
): Promise<readonly string[]> {
  const facts: Fact<DuplicateEvent>[] = [];
  const asked = new Set<string>();
  const read = new Set<string>();
  for (let next = [alumnusId]; next.length > 0;) {
    next.forEach((id) => asked.add(id));
    const around = (await pairs.of(next)).filter((pair) => !read.has(linkStream(pair)));
    for (const pair of around) {
      read.add(linkStream(pair));
      const records = await store.readStream(linkStream(pair));
      facts.push(
        ...((await vault.openFacts(records, { categories: [] })) as readonly Fact<DuplicateEvent>[]),
      );
    }
    next = membersOf(facts, alumnusId).filter((id) => !asked.has(id));
  }
  return membersOf(facts, alumnusId).filter((id) => id !== alumnusId);
}

function membersOf(facts: readonly Fact<DuplicateEvent>[], alumnusId: string): readonly string[] {
  return linkedGroups(linksAt(facts)).get(alumnusId)?.members ?? [];
}
