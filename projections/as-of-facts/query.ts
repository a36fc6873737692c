import {
  answersAt,
  KnownFacts,
  linkedGroups,
  linksAt,
  type ContactQuestion,
  type DuplicateEvent,
  type Fact,
  type Instant,
  type LinkedGroup,
  type PersonAnswer,
  type ProgrammeEvent,
  type PurposeEvent,
} from '@enishi/domain';
import type { Pool } from 'pg';
import { parkedScopes, readFact, ViewParked } from '../engine';
import { readProgrammeFacts, readPurposeFacts } from '../schedules/schedule-facts';
import { keptFact, type StoredFact } from './kept-fact';
import { SCHEMA } from './tables';

/** What held at an instant, by what was known at a place of the ledger. */
export interface Point {
  readonly at: Instant;
  /** Position of the last event that counts. */
  readonly known: bigint;
  /** Facts of rules that are in no ledger, taken to have come behind that event. */
  readonly supposing?: readonly Fact[];
}

/** After whom a list goes on. Holds a reading: the caller seals it before it leaves the server. */
export interface SubjectCursor {
  readonly sortKey: string;
  readonly alumnusId: string;
}

/** One person's answers, one for each point asked about. */
export interface PersonAt extends SubjectCursor {
  readonly answers: readonly PersonAnswer[];
}

/** People looked at in one go. */
const CHUNK = 500;

/**
 * Everybody known by the last of the points, with what their facts come to at each of them by the pure rules: chunk by
 * chunk, in the order of readings as they are now, so that no more than a chunk is held.
 *
 * @param only `granted`: nobody who never consented to the purpose, since they cannot be contacted
 * @throws ViewParked when the question's purpose, a programme or everything is parked
 * @example for await (const people of peopleAt(pool, { purposeId, channel: 'email' }, [{ at, known }])) …
 */
export async function* peopleAt(
  pool: Pool,
  question: Omit<ContactQuestion, 'at'>,
  points: readonly Point[],
  options: { readonly after?: SubjectCursor; readonly only?: 'granted' } = {},
): AsyncGenerator<readonly PersonAt[]> {
  const known = points.reduce((last, point) => (point.known > last ? point.known : last), -1n);
  const ground = await groundOf(pool, question, known);
  let { after } = options;
  for (;;) {
    const people = await nextPeople(pool, question.purposeId, known, after, options.only);
    if (people.length === 0) return;
    yield await answersOf(pool, question, points, ground, people);
    if (people.length < CHUNK) return;
    after = people.at(-1);
  }
}

/** What the facts about one person come to at a point; also of somebody not registered. @throws ViewParked */
export async function personAt(
  pool: Pool,
  question: Omit<ContactQuestion, 'at'>,
  point: Point,
  alumnusId: string,
): Promise<PersonAnswer> {
  const ground = await groundOf(pool, question, point.known);
  const [person] = await answersOf(pool, question, [point], ground, [{ alumnusId, sortKey: '' }]);
  return person!.answers[0]!;
}

/** Facts of purposes and programmes, by their ids. */
export interface KnownRules {
  readonly purposes: ReadonlyMap<string, readonly Fact<PurposeEvent>[]>;
  readonly programmes: ReadonlyMap<string, readonly Fact<ProgrammeEvent>[]>;
}

/** The facts of all rules that were known at a place of the ledger. @throws ViewParked when one is parked */
export async function rulesKnownAt(pool: Pool, known: bigint): Promise<KnownRules> {
  const [purposes, programmes, scopes] = await Promise.all([
    readPurposeFacts(pool, SCHEMA),
    readProgrammeFacts(pool, SCHEMA),
    parkedScopes(pool, 'as-of-facts'),
  ]);
  const parked = scopes.find(({ scope }) => scope.kind !== 'alumnus');
  if (parked !== undefined) throw new ViewParked('as-of-facts', parked.scope);
  return { purposes: until(purposes, known), programmes: until(programmes, known) };
}

function until<F extends Fact>(
  facts: ReadonlyMap<string, readonly F[]>,
  known: bigint,
): ReadonlyMap<string, readonly F[]> {
  const counting = [...facts].map(
    ([id, all]) => [id, all.filter(({ position }) => position <= known)] as const,
  );
  return new Map(counting.filter(([, all]) => all.length > 0));
}

/** What a question stands on beside the people. */
interface Ground {
  /** Of rules and links, in the order of the ledger. */
  readonly facts: readonly Fact[];
  readonly parked: ReadonlySet<string>;
}

async function groundOf(
  pool: Pool,
  { purposeId, programmeId }: Omit<ContactQuestion, 'at'>,
  known: bigint,
): Promise<Ground> {
  const [purposes, programmes, links, scopes] = await Promise.all([
    readPurposeFacts(pool, SCHEMA, purposeId),
    readProgrammeFacts(pool, SCHEMA),
    pool.query<{ fact: string }>(
      `SELECT fact FROM ${SCHEMA}.link_fact WHERE position <= $1 ORDER BY position`,
      [known.toString()],
    ),
    parkedScopes(pool, 'as-of-facts'),
  ]);
  const parked = new Set<string>();
  for (const { scope } of scopes) {
    if (scope.kind === 'alumnus') parked.add(scope.id);
    else if (scope.kind === 'programme' && programmeId !== undefined && scope.id !== programmeId) continue;
    else if (scope.kind === 'purpose' && scope.id !== purposeId) continue;
    else throw new ViewParked('as-of-facts', scope);
  }
  const facts: Fact[] = [
    ...[...purposes.values()].flat(),
    ...[...programmes.values()].flat(),
    ...links.rows.map(({ fact }) => readFact(fact)),
  ];
  return { facts: facts.sort(inLedgerOrder), parked };
}

async function nextPeople(
  pool: Pool,
  purposeId: string,
  known: bigint,
  after: SubjectCursor | undefined,
  only: 'granted' | undefined,
): Promise<readonly SubjectCursor[]> {
  const granted =
    only === undefined
      ? ''
      : `AND EXISTS (SELECT FROM ${SCHEMA}.person_fact f WHERE f.alumnus_id = s.alumnus_id
          AND f.purpose_id = $5 AND f.type = 'ConsentGranted' AND f.position <= $1)`;
  const { rows } = await pool.query<SubjectCursor>(
    `SELECT s.alumnus_id AS "alumnusId", s.sort_key AS "sortKey" FROM ${SCHEMA}.subject s
      WHERE s.first_position <= $1 AND ($2::text IS NULL OR (s.sort_key, s.alumnus_id) > ($2, $3)) ${granted}
      ORDER BY s.sort_key, s.alumnus_id LIMIT $4`,
    [
      known.toString(),
      after?.sortKey ?? null,
      after?.alumnusId ?? null,
      CHUNK,
      ...(only === undefined ? [] : [purposeId]),
    ],
  );
  return rows;
}

async function answersOf(
  pool: Pool,
  question: Omit<ContactQuestion, 'at'>,
  points: readonly Point[],
  ground: Ground,
  people: readonly SubjectCursor[],
): Promise<readonly PersonAt[]> {
  const ids = people.map(({ alumnusId }) => alumnusId);
  const groups = points.map(({ at, known }) => groupsAt(ground, at, known));
  const facts = await factsOf(pool, question.purposeId, points, [
    ...new Set(ids.flatMap((id) => [id, ...groups.flatMap((group) => group.get(id)?.members ?? [])])),
  ]);
  const all = [...ground.facts, ...facts].sort(inLedgerOrder);
  const answers = points.map(({ at, known, supposing = [] }) => {
    const counting = new KnownFacts([...all.filter(({ position }) => position <= known), ...supposing]);
    return answersAt(counting, { ...question, at }, { parked: ground.parked });
  });
  return people.map((person) => ({ ...person, answers: answers.map((answer) => answer(person.alumnusId)) }));
}

function groupsAt({ facts }: Ground, at: Instant, known: bigint): ReadonlyMap<string, LinkedGroup> {
  const links = facts.filter(({ stream, position }) => stream.startsWith('link-') && position <= known);
  return linkedGroups(linksAt(links as readonly Fact<DuplicateEvent>[], at));
}

async function factsOf(
  pool: Pool,
  purposeId: string,
  points: readonly Point[],
  ids: readonly string[],
): Promise<readonly Fact[]> {
  const known = points.reduce((last, point) => (point.known > last ? point.known : last), -1n);
  const { rows } = await pool.query<StoredFact>(
    `SELECT position, type, fact, programme, contact FROM ${SCHEMA}.person_fact
      WHERE alumnus_id = ANY($1::text[]) AND position <= $2 AND (purpose_id IS NULL OR purpose_id = $3)`,
    [ids, known.toString(), purposeId],
  );
  return rows.map(keptFact);
}

function inLedgerOrder(a: Fact, b: Fact): number {
  return a.position < b.position ? -1 : a.position > b.position ? 1 : 0;
}
