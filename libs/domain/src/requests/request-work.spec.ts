import type { RequestDecision, RequestStanding } from './request-terms';
import { requestWork, type RequestWork } from './request-work';

const DUE = '2026-01-15T14:59:59.999Z';
const [before, after] = ['2026-01-10T00:00:00.000Z', '2026-01-15T15:00:00.000Z'];
const pausedAt = '2026-01-05T00:00:00.000Z';

describe('what is to be done about a request', () => {
  it.each<[RequestStanding, RequestDecision | undefined, RequestWork | undefined]>([
    ['received', undefined, 'identify'],
    ['verified', undefined, 'decide'],
    ['complained', 'refused', 'decide'],
    ['decided', 'accepted', 'carry-out'],
    ['decided', 'in-part', 'carry-out'],
    ['decided', 'refused', 'notify'],
    ['decided', 'deferred', 'notify'],
    ['executed', 'accepted', 'notify'],
    ['notified', 'accepted', undefined],
    ['closed', 'accepted', undefined],
  ])('%s, decided as %s: %s', (standing, decision, work) => {
    const entry = { standing, ...(decision && { decision }), dueAt: DUE };
    expect(requestWork(entry, before, [])).toBe(work);
    // Who waits for the person need do nothing, until the alarm has rung.
    expect(requestWork({ ...entry, pausedAt }, before, [])).toBeUndefined();
    expect(requestWork({ ...entry, pausedAt }, after, [])).toBe(work);
  });

  it('a deferral is looked at from a month before its end, and carried out after it', () => {
    const until = '2029-03-31T14:59:59.999Z';
    const at = (now: string, days?: number) =>
      requestWork(
        { standing: 'deferred', decision: 'deferred', dueAt: until },
        now,
        days === undefined
          ? []
          : [{ code: 'request-deferral-ahead', value: days, from: '2026-01-01', eventId: 'e1' }],
      );
    expect(at('2029-02-28T14:59:59.999Z')).toBeUndefined();
    expect(at('2029-02-28T15:00:00.000Z')).toBe('deferred');
    expect(at('2029-02-28T15:00:00.000Z', 10)).toBeUndefined();
    expect(at(until)).toBe('deferred');
    expect(at('2029-03-31T15:00:00.000Z')).toBe('carry-out');
  });
});
