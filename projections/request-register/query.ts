import type {
  Fact,
  Instant,
  RequestEvent,
  RequestKind,
  RequestStanding,
  RequestSummary,
} from '@enishi/domain';
import type { Pool } from 'pg';
import { Conditions, MAX_PAGE, pageOf, readFact, readMembers, refuseGaps, type Page } from '../engine';

/** How far a request is, and which revision of it that is. */
export interface RequestEntry extends RequestSummary {
  readonly revision: number;
}

export interface RequestsQuestion {
  readonly standings?: readonly RequestStanding[];
  readonly kind?: RequestKind;
  /** An account: as assignee or deputy. */
  readonly assigneeId?: string;
  /** Exclusive. */
  readonly dueBefore?: Instant;
  readonly alumnusId?: string;
  readonly cursor?: RequestsCursor;
  readonly limit?: number;
}

export interface RequestsCursor {
  readonly due: string;
  readonly requestId: string;
}

const NEVER = 'infinity';
const SHOWN = `request_id, kind, ground, came_by, party, answer_form, language, arrived_at, standing, due_at, paused_at,
  verified, alumnus_id, assignee_id, deputy_id, original_id, decision, decided_at, notified_at, outcome, open_tasks, revision`;

/**
 * A page of requests, by when their next step is due; those for which nothing is due come last.
 * @throws ViewParked when an event is missing from the register.
 */
export async function readRequests(
  pool: Pool,
  { standings, kind, assigneeId, dueBefore, alumnusId, cursor, limit: asked }: RequestsQuestion,
): Promise<Page<RequestEntry, RequestsCursor>> {
  await refuseGaps(pool, 'request-register', undefined);
  const limit = Math.min(asked ?? 50, MAX_PAGE);
  const conditions = new Conditions()
    .add('standing = ANY(?::text[])', standings)
    .add('kind = ?', kind)
    .add('(assignee_id = ? OR deputy_id = ?)', assigneeId)
    .add('due_at < ?', dueBefore)
    .add('alumnus_id = ?', alumnusId);
  if (cursor !== undefined) {
    const [due, id] = [conditions.param(cursor.due), conditions.param(cursor.requestId)];
    conditions.all(`(coalesce(due_at, '${NEVER}'), request_id) > (${due}::timestamptz, ${id})`);
  }
  const rows = await readMembers(
    pool,
    `SELECT ${SHOWN} FROM request_register.request ${conditions.where}
      ORDER BY coalesce(due_at, '${NEVER}'), request_id LIMIT ${conditions.param(limit + 1)}`,
    conditions.params,
  );
  return pageOf(rows as unknown as readonly RequestEntry[], limit, ({ dueAt, requestId }) => ({
    due: dueAt ?? NEVER,
    requestId,
  }));
}

/**
 * Every request that was received up to a position, inclusive: the event that it began with, and its id.
 * @throws ViewParked when an event is missing from the register.
 */
export async function readReceived(
  pool: Pool,
  upTo: bigint,
): Promise<readonly { readonly eventId: string; readonly requestId: string }[]> {
  await refuseGaps(pool, 'request-register', undefined);
  const { rows } = await pool.query<{ eventId: string; requestId: string }>(
    `SELECT received_id AS "eventId", request_id AS "requestId" FROM request_register.request
      WHERE received_position <= $1::bigint ORDER BY received_position`,
    [upTo.toString()],
  );
  return rows;
}

/** A task that nobody has answered yet. */
export interface OpenTask {
  readonly requestId: string;
  readonly taskId: string;
  readonly ownerId: string;
  readonly openedAt: Instant;
  readonly dueAt: Instant;
}

/**
 * Tasks without an answer, of requests that are open and not paused, by what is due first.
 * @throws ViewParked when an event is missing from the register.
 */
export async function readOpenTasks(pool: Pool): Promise<readonly OpenTask[]> {
  await refuseGaps(pool, 'request-register', undefined);
  const { rows } = await pool.query<{ fact: string }>(
    `SELECT f.fact FROM request_register.request_fact f JOIN request_register.request r USING (request_id)
      WHERE r.open_tasks > 0 AND r.standing <> 'closed' AND r.paused_at IS NULL ORDER BY f.request_id, f.revision`,
  );
  const open = new Map<string, OpenTask>();
  for (const { type, data, decidedAt } of rows.map(({ fact }) => readFact<RequestEvent>(fact))) {
    if (type === 'RequestTaskAnswered') open.delete(data.taskId);
    if (type !== 'RequestTaskOpened') continue;
    const { requestId, taskId, ownerId, dueAt } = data;
    open.set(taskId, { requestId, taskId, ownerId, openedAt: decidedAt, dueAt });
  }
  return [...open.values()].toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
}

/** Requests by their ids, in any order. */
export async function readRequestEntries(
  pool: Pool,
  requestIds: readonly string[],
): Promise<readonly RequestEntry[]> {
  const rows = await readMembers(
    pool,
    `SELECT ${SHOWN} FROM request_register.request WHERE request_id = ANY($1)`,
    [requestIds],
  );
  return rows as unknown as readonly RequestEntry[];
}

/** A request about a person, and the last thing that happened to it. */
export interface RequestOfPerson {
  readonly alumnusId: string;
  readonly requestId: string;
  readonly standing: RequestStanding;
  readonly last: Fact<RequestEvent>;
}

/**
 * Every request that is known to be about these people.
 * @throws ViewParked when an event is missing from the register.
 */
export async function readRequestsOf(
  pool: Pool,
  alumnusIds: readonly string[],
): Promise<readonly RequestOfPerson[]> {
  await refuseGaps(pool, 'request-register', undefined);
  const { rows } = await pool.query<Omit<RequestOfPerson, 'last'> & { readonly fact: string }>(
    `SELECT r.alumnus_id AS "alumnusId", r.request_id AS "requestId", r.standing, f.fact
       FROM request_register.request r JOIN request_register.request_fact f USING (request_id, revision)
      WHERE r.alumnus_id = ANY($1::text[]) ORDER BY r.alumnus_id, r.request_id`,
    [alumnusIds],
  );
  return rows.map(({ fact, ...rest }) => ({ ...rest, last: readFact<RequestEvent>(fact) }));
}

/**
 * Whom a request is known to be about, with each of their requests.
 * @throws ViewParked when an event is missing from the register.
 */
export async function readAskers(
  pool: Pool,
): Promise<readonly Pick<RequestOfPerson, 'alumnusId' | 'requestId'>[]> {
  await refuseGaps(pool, 'request-register', undefined);
  const { rows } = await pool.query<Pick<RequestOfPerson, 'alumnusId' | 'requestId'>>(
    `SELECT alumnus_id AS "alumnusId", request_id AS "requestId" FROM request_register.request
      WHERE alumnus_id IS NOT NULL`,
  );
  return rows;
}
