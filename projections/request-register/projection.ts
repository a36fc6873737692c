import {
  evolveRequest,
  INITIAL_REQUEST,
  REQUEST_EVENTS,
  summaryOfRequest,
  type Fact,
  type RequestEvent,
} from '@enishi/domain';
import type { ClientBase } from 'pg';
import { readFact, storeFact, writeRows, type Entry, type Projection, type Row } from '../engine';
import { indexes, REQUEST, REQUEST_FACT, tables } from './tables';

/**
 * The desk's list: how far each request is, and by when its next step is due. Opens nothing, so that nothing of it is to
 * be erased. A request is read as a whole, therefore nothing of the list is shown while one of its events is missing.
 */
export const requestRegister: Projection = {
  name: 'request-register',
  version: 1,
  tables,
  indexes,
  handles: REQUEST_EVENTS,
  opens: [],
  subjects: [],
  scopeOf: () => ({ kind: 'all' }),
  async project(entries, db) {
    const facts = entries.map(requestFactOf);
    const rows = facts.map((fact) => ({
      request_id: fact.data.requestId,
      revision: fact.revision,
      fact: storeFact(fact),
    }));
    await writeRows(db, 'request_fact', REQUEST_FACT, ['request_id', 'revision'], 'keep', rows);
    const ids = [...new Set(facts.map(({ data }) => data.requestId))];
    await writeRows(db, 'request', REQUEST, ['request_id'], 'replace', await requestsIn(db, ids));
  },
};

function requestFactOf({ fact }: Entry): Fact<RequestEvent> {
  return fact as Fact<RequestEvent>;
}

async function requestsIn(db: ClientBase, ids: readonly string[]): Promise<readonly Row<typeof REQUEST>[]> {
  const { rows } = await db.query<{ request_id: string; fact: string }>(
    'SELECT request_id, fact FROM request_fact WHERE request_id = ANY($1) ORDER BY request_id, revision',
    [ids],
  );
  const facts = new Map<string, Fact<RequestEvent>[]>(ids.map((id) => [id, []]));
  for (const { request_id: id, fact } of rows) facts.get(id)!.push(readFact<RequestEvent>(fact));
  return [...facts.values()].flatMap(rowOf);
}

function rowOf(facts: readonly Fact<RequestEvent>[]): readonly Row<typeof REQUEST>[] {
  const state = facts.reduce(evolveRequest, INITIAL_REQUEST);
  const summary = summaryOfRequest(state);
  if (summary === undefined) return [];
  return [
    {
      request_id: summary.requestId,
      kind: summary.kind,
      ground: summary.ground,
      came_by: summary.cameBy,
      party: summary.party,
      answer_form: summary.answerForm,
      language: summary.language,
      arrived_at: summary.arrivedAt,
      standing: summary.standing,
      due_at: summary.dueAt,
      paused_at: summary.pausedAt,
      verified: summary.verified,
      alumnus_id: summary.alumnusId,
      assignee_id: summary.assigneeId,
      deputy_id: summary.deputyId,
      original_id: summary.originalId,
      decision: summary.decision,
      decided_at: summary.decidedAt,
      notified_at: summary.notifiedAt,
      outcome: summary.outcome,
      open_tasks: summary.openTasks,
      revision: facts.at(-1)!.revision,
      received_id: state.received!.id,
      received_position: state.received!.position,
    },
  ];
}
