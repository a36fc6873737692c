import type { EventType, JsonObject } from '@enishi/domain';
import * as fc from 'fast-check';
import { MemoryLedger, uuid } from './memory-ledger';

/** One step: which request, and what happens to it. */
type Step = readonly [request: number, what: number, detail: number];

const REQUESTS = 4;
const KINDS = ['disclosure', 'erasure', 'complaint'] as const;
const START = Date.parse('2026-01-05T00:00:00.000Z');
const HOUR = 3_600_000;

/** What may follow once a request was received, in any order: the register must cope with whatever the ledger holds. */
const STEPS: readonly ((detail: number, at: string) => readonly [EventType, JsonObject])[] = [
  (n) => [
    'RequestIdentityChecked',
    { result: n % 3 ? 'verified' : 'not-verified', method: 'call-back', seen: 'seen' },
  ],
  (n) => ['RequestMatched', { alumnusId: uuid('alumnus', n % 3) }],
  (n) => [
    'RequestAssigned',
    { assigneeId: uuid('staff', n % 2), ...(n % 3 === 0 && { deputyId: uuid('staff', 2) }) },
  ],
  () => ['RequestNoted', { note: 'note' }],
  (n) => ['RequestPaused', { reason: `reason ${n}` }],
  () => ['RequestResumed', {}],
  (n) => ['RequestLinked', { originalId: uuid('request', (n + 1) % REQUESTS) }],
  (n, dueAt) => [
    'RequestTaskOpened',
    { taskId: uuid('task', n % 3), system: 'payroll', ownerId: uuid('staff', 0), dueAt, task: 'look' },
  ],
  (n) => ['RequestTaskAnswered', { taskId: uuid('task', n % 3), answer: 'done', proof: 'list' }],
  (n) => ['RequestDecided', { decision: n % 2 ? 'accepted' : 'refused', reason: 'because' }],
  (_, deferredUntil) => [
    'RequestDecided',
    { decision: 'deferred', deferredUntil, deferredUnder: 'roster', reason: 'because' },
  ],
  () => ['RequestExecuted', { changed: 'all of it' }],
  (n) => [
    'RequestNotified',
    { about: n % 4 ? 'decision' : 'unverifiable', form: 'paper', way: 'post', said: 'done', proof: '1' },
  ],
  (n) => [
    'RequestReplyOrdered',
    { letterId: uuid('letter', n % 3), letter: 'request-decided-refused', form: 'paper' },
  ],
  (n) => [
    'RequestNotified',
    {
      ...{ about: 'decision', form: 'paper', way: 'post' },
      ...{ letterId: uuid('letter', n % 3), sentId: uuid('event', n) },
    },
  ],
  (n) => ['RequestReplyReturned', { letterId: uuid('letter', n % 3), ground: 'returned' }],
  () => ['RequestComplained', { complaint: 'not enough' }],
  (n) => ['RequestClosed', { outcome: n % 2 ? 'answered' : 'withdrawn' }],
];

/** Random histories of some requests, their events among each other. */
export function requestHistories(maxLength: number): fc.Arbitrary<MemoryLedger> {
  const step = fc.tuple(
    fc.nat({ max: REQUESTS - 1 }),
    fc.nat({ max: STEPS.length - 1 }),
    fc.nat({ max: 11 }),
  );
  return fc.array(step, { minLength: 1, maxLength, size: 'max' }).map(written);
}

function written(steps: readonly Step[]): MemoryLedger {
  const ledger = new MemoryLedger();
  const received = new Set<string>();
  let now = START;
  const add = (requestId: string, type: EventType, data: JsonObject): void => {
    const decidedAt = new Date(now).toISOString();
    ledger.append({ stream: `request-${requestId}`, type, data: { requestId, ...data }, decidedAt });
  };
  for (const [request, what, detail] of steps) {
    now += (1 + detail) * HOUR;
    const requestId = uuid('request', request);
    const [arrivedAt, dueAt] = [now, now + 336 * HOUR].map((time) => new Date(time).toISOString());
    if (!received.has(requestId)) {
      received.add(requestId);
      const ways = { cameBy: 'paper', party: 'person', answerForm: 'paper', language: 'ja' };
      const times = { arrivedAt: arrivedAt!, dueAt: dueAt!, remindAt: arrivedAt! };
      const said = { requester: `name ${request}`, asked: 'everything' };
      add(requestId, 'RequestReceived', { kind: KINDS[detail % KINDS.length]!, ...ways, ...times, ...said });
    }
    add(requestId, ...STEPS[what]!(detail, dueAt!));
  }
  return ledger;
}
