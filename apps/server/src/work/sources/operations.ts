import { POLICIES } from '@enishi/domain';
import { readClock, readPolicies, stuckLetters } from '@enishi/worker';
import type { WorkSource } from '../work-source';

const REPAIR = { wanted: 'repair', permission: 'operate:write', people: false } as const;

/** What a bug has stopped of what follows from events. */
export const policiesParked: WorkSource = {
  ...REPAIR,
  name: 'policies-parked',
  title: { ja: '停止した自動処理', en: 'Targets of policies that a bug has stopped' },
  command: 'enishi policies',
  async read({ infrastructure: { pool, store } }) {
    const policies = await readPolicies(pool, store, POLICIES);
    const oldest = policies.flatMap(({ parked }) => parked.map(({ since }) => since)).toSorted()[0];
    const count = policies.reduce((sum, { parkedTargets }) => sum + parkedTargets, 0);
    return { count, ...(oldest !== undefined && { oldest }) };
  },
};

/** Parts of views that an event could not be applied to. */
export const viewsParked: WorkSource = {
  ...REPAIR,
  name: 'views-parked',
  title: { ja: '停止したビュー', en: 'Parts of views that are parked' },
  command: 'enishi projections',
  async read({ infrastructure: { views } }) {
    const statuses = await views.status();
    const items = statuses.flatMap(({ parked }) =>
      parked.map(({ eventId, since }) => ({ id: eventId, since: since.toISOString() })),
    );
    return { items };
  },
};

/** Mail that failed, or of which nobody knows whether it went. */
export const mailStuck: WorkSource = {
  ...REPAIR,
  name: 'mail-stuck',
  title: { ja: '送信できない、または結果の分からないメール', en: 'Mail that failed, or perhaps went' },
  command: 'enishi outbox',
  async read({ infrastructure: { pool } }) {
    return stuckLetters(pool);
  },
};

/** A clock that is ahead: nothing happens by the date until somebody says which day it is. */
export const clockAhead: WorkSource = {
  ...REPAIR,
  name: 'clock-ahead',
  title: { ja: 'サーバーの時計の確認', en: 'The server’s clock to be confirmed' },
  command: 'enishi clock',
  async read({ infrastructure: { pool } }) {
    const { asksSince } = await readClock(pool);
    return { items: asksSince === undefined ? [] : [{ id: 'clock', since: asksSince, due: asksSince }] };
  },
};
