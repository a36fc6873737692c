import {
  readLawSettings,
  requestStream,
  type ErasureChunk,
  type Ledger,
  type RetainedPerson,
} from '@enishi/application/ledger';
import {
  evolveRequest,
  INITIAL_REQUEST,
  isOwnEnd,
  keptCategories,
  personRetention,
  requestGround,
  requestStanding,
  retentionBases,
  sealedCategories,
  tokyoDay,
  type ErasureGround,
  type Fact,
  type HoldingEvent,
  type PersonEvent,
  type RequestEvent,
  type RetentionGround,
} from '@enishi/domain';
import { readStreamsOf } from '@enishi/projections/audit-trail/query';
import { readRequestsOf } from '@enishi/projections/request-register/query';
import { retainingPurposes } from '@enishi/projections/retention-calendar/query';
import type { Pool } from 'pg';
import { viewsPassed } from './views-passed';

/** Streams that say what is held of a person, and why. */
const OF_PERSON = /^(alumnus|consent|letter|lifecycle|link)-/;

interface Room {
  readonly ledger: Pick<Ledger, 'store' | 'vault' | 'clock'>;
  readonly pool: Pool;
  readonly signal: AbortSignal;
}

/**
 * What must stay of a chunk's people at this moment, where that can stand in the way: of evidence and of records always, of
 * everything where nothing but the end of the retention is the ground. Views tell only which streams to read; what
 * those say is looked at itself, since a view is a proposal.
 * @throws ViewsBehind, ViewParked
 */
export async function retentionNow(
  room: Room,
  { categories, alumnusIds }: Pick<ErasureChunk, 'categories' | 'alumnusIds'>,
  ground: ErasureGround,
): Promise<ReadonlyMap<string, RetainedPerson>> {
  if (ground !== 'retention' && !categories.some(isOwnEnd)) return new Map();
  const { ledger, pool, signal } = room;
  await viewsPassed(pool, (await ledger.store.head())!, signal);
  const [streams, requests, purposes, settings] = await Promise.all([
    readStreamsOf(pool, alumnusIds),
    readRequestsOf(pool, alumnusIds),
    retainingPurposes(pool),
    readLawSettings(ledger),
  ]);
  const today = tokyoDay(ledger.clock.now());
  const retained = alumnusIds.map(async (alumnusId): Promise<[string, RetainedPerson]> => {
    const own = (streams.get(alumnusId) ?? []).filter((stream) => OF_PERSON.test(stream));
    const asked = requests.filter((one) => one.alumnusId === alumnusId).map(({ requestId }) => requestId);
    const { grounds } = personRetention(await eventsOf(ledger, own));
    const records = await Promise.all(asked.map((requestId) => requestGroundOf(ledger, requestId)));
    const bases = retentionBases([...grounds, ...records], purposes, today, settings);
    const requestIds = categories.includes('request-record') ? asked : [];
    return [alumnusId, { kept: keptCategories(bases), requestIds }];
  });
  return new Map(await Promise.all(retained));
}

async function eventsOf(
  { store, vault }: Room['ledger'],
  streams: readonly string[],
): Promise<readonly HoldingEvent[]> {
  const events = await Promise.all(
    streams.map(async (stream) => {
      const records = await store.readStream(stream);
      const facts = await vault.openFacts(records, { categories: [] });
      return facts.map((fact, at): HoldingEvent => ({
        fact: fact as Fact<PersonEvent>,
        categories: sealedCategories(records[at]!.data),
      }));
    }),
  );
  return events.flat().toSorted((a, b) => (a.fact.position < b.fact.position ? -1 : 1));
}

async function requestGroundOf(
  { store, vault }: Room['ledger'],
  requestId: string,
): Promise<RetentionGround> {
  const records = await store.readStream(requestStream(requestId));
  const facts = (await vault.openFacts(records, { categories: [] })) as readonly Fact<RequestEvent>[];
  return requestGround(requestStanding(facts.reduce(evolveRequest, INITIAL_REQUEST)), facts.at(-1)!);
}
