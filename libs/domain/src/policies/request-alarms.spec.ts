import { facts, type Given } from '../../../../test/support/scenario';
import { alarmLines, requestAlarms } from '../requests/request-alarm';
import { evolveRequest, INITIAL_REQUEST, type RequestEvent } from '../requests/request-state';
import { requestDue, requestReminder } from './request-alarms';

const of = { requestId: 'r1' };
const received: Given<RequestEvent> = {
  type: 'RequestReceived',
  data: {
    ...of,
    ...{ kind: 'erasure', ground: 'no-longer-needed', cameBy: 'paper', party: 'person', language: 'ja' },
    ...{ answerForm: 'paper', requester: '縁野 結', asked: '消去' },
    arrivedAt: '2026-01-01T00:00:00.000Z',
    remindAt: '2026-01-10T15:00:00.000Z',
    dueAt: '2026-01-15T14:59:59.999Z',
  },
};
const paused: Given<RequestEvent> = { type: 'RequestPaused', data: { ...of, reason: '到着待ち' } };
const resumed: Given<RequestEvent> = { type: 'RequestResumed', data: of };
const task: Given<RequestEvent> = {
  type: 'RequestTaskOpened',
  data: {
    ...of,
    ...{ taskId: 't1', system: '給与', ownerId: 's1', task: '抽出' },
    dueAt: '2026-01-08T14:59:59.999Z',
  },
};
const done: Given<RequestEvent> = {
  type: 'RequestTaskAnswered',
  data: { ...of, taskId: 't1', answer: 'done', proof: '一覧' },
};
const deferred: Given<RequestEvent> = {
  type: 'RequestDecided',
  data: {
    ...of,
    ...{ decision: 'deferred', deferredUnder: 'roster', reason: '保存期間' },
    deferredUntil: '2029-03-31T14:59:59.999Z',
  },
};
const accepted: Given<RequestEvent> = {
  type: 'RequestDecided',
  data: { ...of, decision: 'accepted', reason: '請求のとおり' },
};
const told: Given<RequestEvent> = {
  type: 'RequestNotified',
  data: { ...of, about: 'decision', form: 'paper', way: 'post', said: '延期', proof: '書留 1' },
};

describe('the policies request-reminder and request-due', () => {
  const dueOf = (event: Given<RequestEvent>) => {
    const [fact] = facts<RequestEvent>([event]);
    const policies = [requestReminder, requestDue].filter(({ handles }) => handles.includes(event.type));
    return policies.map((policy) => policy.dueAt!(fact!));
  };

  it('wait for the reminder, the alarm, the end of a deferral and the day of a task', () => {
    expect(dueOf(received)).toEqual(['2026-01-10T15:00:00.000Z', '2026-01-15T14:59:59.999Z']);
    expect(dueOf(resumed)).toEqual(['2026-01-01T00:01:00.000Z']);
    expect(dueOf(deferred)).toEqual(['2029-03-31T14:59:59.999Z']);
    expect(dueOf(accepted)).toEqual([undefined]);
    expect(dueOf(task)).toEqual(['2026-01-08T14:59:59.999Z']);
  });

  it('have the officer told about the request', () => {
    const command = { kind: 'QueueNotice', notice: 'request-alarm', aboutId: 'r1' };
    for (const policy of [requestReminder, requestDue]) {
      expect(policy.react(facts([received])[0]!)).toEqual([{ command, discriminator: 'e1' }]);
    }
  });
});

describe('an alarm says how the request stands', () => {
  const alarms = (now: string, ...past: Given<RequestEvent>[]) =>
    requestAlarms(facts([received, ...past]).reduce(evolveRequest, INITIAL_REQUEST), now).map((one) =>
      one.why === 'tasks-overdue' ? `${one.why} ${one.count}` : one.why,
    );
  const [before, soon, over] = [
    '2026-01-10T14:59:59.999Z',
    '2026-01-10T15:00:00.000Z',
    '2026-01-15T15:00:00.000Z',
  ];

  it.each<[string, string, readonly Given<RequestEvent>[], string[]]>([
    ['before the reminder there is none', before, [], []],
    ['then it is due soon', soon, [], ['due-soon']],
    ['after the fourteenth day the person may sue', over, [], ['overdue']],
    ['nobody is reminded while it is paused', soon, [paused], []],
    ['but again once it goes on', soon, [paused, resumed], ['due-soon']],
    ['a pause does not keep the alarm from ringing', over, [paused], ['overdue']],
    ['a task is past its day', before, [task], ['tasks-overdue 1']],
    ['not where it has its answer', before, [task, done], []],
    ['nor while the request is paused', before, [task, paused], []],
    ['a decision that nobody was told leaves it due', soon, [accepted], ['due-soon']],
    ['a deferral that the person knows of moves it', over, [deferred, told], []],
    ['until its last day is over', '2029-03-31T14:59:59.999Z', [deferred, told], []],
    ['and then it can be carried out', '2029-03-31T15:00:00.000Z', [deferred, told], ['deferral-over']],
  ])('%s', (_, now, past, expected) => expect(alarms(now, ...past)).toEqual(expected));

  it('in both languages, with the day in Japan', () => {
    expect(
      alarmLines([
        { why: 'overdue', at: '2026-01-15T14:59:59.999Z' },
        { why: 'tasks-overdue', count: 2 },
      ]),
    ).toEqual({
      ja: '・令和8年1月15日を過ぎました。本人は訴えを起こすことができます（個人情報保護法 39条）。\n・期限を過ぎて回答のない作業: 2 件',
      en: '- 15 January 2026 has passed: the person may sue (APPI 39).\n- Tasks past their day, unanswered: 2',
    });
    expect(alarmLines([{ why: 'deferral-over', at: '2029-03-31T14:59:59.999Z' }]).ja).toContain(
      '令和11年3月31日',
    );
    expect(alarmLines([{ why: 'due-soon', at: '2026-01-15T14:59:59.999Z' }]).en).toContain('15 January 2026');
  });
});
