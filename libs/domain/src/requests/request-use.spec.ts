import { facts, refusal, type Given } from '../../../../test/support/scenario';
import { evolveRequest, INITIAL_REQUEST, type RequestEvent } from './request-state';
import type { RequestDecision } from './request-terms';
import { requestUseFault, type RequestUse } from './request-use';

const of = { requestId: 'r1' };
const received: Given<RequestEvent> = {
  type: 'RequestReceived',
  data: {
    ...of,
    ...{ kind: 'correction', cameBy: 'paper', party: 'person', answerForm: 'paper', language: 'ja' },
    ...{ requester: '縁野 結', asked: '訂正', arrivedAt: '2026-01-01T00:00:00.000Z' },
    ...{ remindAt: '2026-01-10T15:00:00.000Z', dueAt: '2026-01-15T14:59:59.999Z' },
  },
};
const matched: Given<RequestEvent> = { type: 'RequestMatched', data: { ...of, alumnusId: 'a1' } };
const decided = (decision: RequestDecision): Given<RequestEvent> => ({
  type: 'RequestDecided',
  data: {
    ...{ ...of, decision, reason: '調査の結果' },
    ...(decision === 'deferred' && { deferredUntil: '2026-02-01T14:59:59.999Z', deferredUnder: 'roster' }),
  },
});
const closed: Given<RequestEvent> = { type: 'RequestClosed', data: { ...of, outcome: 'answered' } };
const NOW = '2026-01-20T00:00:00.000Z';

describe('a request that something else is done for', () => {
  const fault = (use: RequestUse, past: readonly Given<RequestEvent>[], ids = ['a1'], now = NOW) =>
    requestUseFault(facts(past).reduce(evolveRequest, INITIAL_REQUEST), ids, use, now);

  it.each<[string | undefined, RequestUse, readonly Given<RequestEvent>[], string[]?, string?]>([
    ['request-unknown', 'look-into', []],
    ['request-closed', 'look-into', [received, matched, decided('accepted'), closed]],
    ['request-of-another', 'look-into', [received]],
    ['request-of-another', 'look-into', [received, matched], ['a2']],
    ['request-of-another', 'carry-out', [received, matched, decided('accepted')], ['a1', 'a2']],
    [undefined, 'look-into', [received, matched]],
    ['request-undecided', 'carry-out', [received, matched]],
    ['request-refused', 'carry-out', [received, matched, decided('refused')]],
    ['request-deferred', 'carry-out', [received, matched, decided('deferred')]],
    [undefined, 'carry-out', [received, matched, decided('deferred')], ['a1'], '2026-02-01T15:00:00.000Z'],
    [undefined, 'carry-out', [received, matched, decided('accepted')]],
    [undefined, 'carry-out', [received, matched, decided('in-part')]],
  ])('%s: to %s', (...[code, use, past, ids, now]) => {
    expect(fault(use, past, ids, now)).toEqual(code && refusal(code as never));
  });
});
