import { scenario, type Given } from '../../../../test/support/scenario';
import type { NewEvent } from '../kernel';
import { requestDecider } from './request';
import type { RequestCommand } from './request-commands';
import { asksSystems, systemsHolding, taskDueAt, type SystemsAsked } from './request-systems';
import type { RequestEvent } from './request-state';
import { REQUEST_KINDS, type RequestDecision, type RequestKind } from './request-terms';

const { given } = scenario(requestDecider);
const of = { requestId: 'r1' };
const person = { ...of, alumnusId: 'a1' };

const received = (kind: RequestKind = 'disclosure'): Given<RequestEvent> => ({
  type: 'RequestReceived',
  data: {
    ...of,
    ...{ kind, cameBy: 'paper', party: 'person', answerForm: 'paper', language: 'ja' },
    ...{ requester: '縁野 結', asked: '開示', arrivedAt: '2026-01-01T00:00:00.000Z' },
    ...{ remindAt: '2026-01-10T15:00:00.000Z', dueAt: '2026-01-15T14:59:59.999Z' },
  },
});
const verified: Given<RequestEvent> = {
  type: 'RequestIdentityChecked',
  data: { ...of, result: 'verified', method: 'call-back', seen: '折り返し' },
};
const matched: Given<RequestEvent> = { type: 'RequestMatched', data: person };
const decided = (decision: RequestDecision): Given<RequestEvent> => ({
  type: 'RequestDecided',
  data: { ...person, decision, reason: '請求のとおり' },
});
const ready = [received(), verified, matched] as const;

const asking: SystemsAsked = {
  set: [],
  systems: [
    {
      taskId: 't1',
      systemId: 's1',
      system: '給与システム',
      ownerId: 'o1',
      documents: ['wage-ledger', 'roster'],
    },
    { taskId: 't2', systemId: 's2', system: '人事システム', ownerId: 'o2', documents: [] },
  ],
};
const opened = (systemId: string | undefined, system: string): Given<RequestEvent> => ({
  type: 'RequestTaskOpened',
  data: {
    ...{ ...of, taskId: `t-${system}`, system, ownerId: 'o1', task: '抽出' },
    ...(systemId !== undefined && { systemId }),
    dueAt: '2026-01-09T14:59:59.999Z',
  },
});
const answered = (system: string): Given<RequestEvent> => ({
  type: 'RequestTaskAnswered',
  data: { ...of, taskId: `t-${system}`, answer: 'done', proof: '一覧' },
});
const decide = (decision: RequestDecision): RequestCommand => ({
  kind: 'DecideRequest',
  ...{ asking, decision, reason: '請求のとおり' },
  ...(decision !== 'accepted' && { refusalGround: 'harm' as const }),
});
const execute = { kind: 'ExecuteRequest', asking, changed: '一式を開示' } as const;
const ask = { kind: 'AskSystems', asking } as const;

describe('the systems that hold the data', () => {
  it.each<[RequestDecision, number]>([
    ['accepted', 2],
    ['in-part', 2],
    ['refused', 0],
  ])('are asked with the decision: %s, %d of them', (decision, count) => {
    const { decision: events } = given(...ready).when(decide(decision));
    const types = (events as readonly NewEvent[]).map(({ type }) => type);
    expect(types).toEqual(['RequestDecided', ...Array<string>(count).fill('RequestTaskOpened')]);
  });

  it('each gets a task with its owner, its day and what it is known to hold', () => {
    const { decision } = given(...ready).when(ask, '2026-01-02T00:00:00.000Z');
    expect(decision).toEqual([
      {
        type: 'RequestTaskOpened',
        data: {
          ...{ ...of, taskId: 't1', systemId: 's1', system: '給与システム', ownerId: 'o1' },
          dueAt: '2026-01-09T14:59:59.999Z',
          task: '開示: 賃金台帳、労働者名簿\ndisclosure: wage ledger, roster of workers',
        },
      },
      {
        type: 'RequestTaskOpened',
        data: {
          ...{ ...of, taskId: 't2', systemId: 's2', system: '人事システム', ownerId: 'o2' },
          dueAt: '2026-01-09T14:59:59.999Z',
          task: '開示: 本人のデータの有無を確認\ndisclosure: see whether data about the person are held',
        },
      },
    ]);
  });

  it('are asked once, by their id or by the name that a clerk gave', () => {
    const past = [...ready, opened('s1', '給与'), opened(undefined, '人事システム')];
    given(...past)
      .when(ask)
      .then([]);
    given(...ready, opened('s1', '給与'))
      .when(ask)
      .thenTypes('RequestTaskOpened');
  });

  it.each<[string, readonly Given<RequestEvent>[]]>([
    ['request-unverified', [received(), matched]],
    ['request-refused', [...ready, decided('refused')]],
    ['request-needs-no-system', [received('complaint'), verified]],
  ])('%s: they are not asked', (code, past) => {
    given(...past)
      .when(ask)
      .thenTypes(code);
  });

  it('must all have been asked, and have answered, before it counts as carried out', () => {
    const accepted = [...ready, decided('accepted')];
    given(...accepted)
      .when(execute)
      .thenTypes('systems-unasked');
    const tasks = [opened('s1', '給与'), opened('s2', '人事')];
    given(...accepted, ...tasks)
      .when(execute)
      .thenTypes('task-open');
    given(...accepted, ...tasks, answered('給与'), answered('人事'))
      .when(execute)
      .thenTypes('RequestExecuted');
    given(received('complaint'), verified, decided('accepted')).when(execute).thenTypes('RequestExecuted');
  });

  it('are asked about what is carried out in them', () => {
    expect(REQUEST_KINDS.filter((kind) => !asksSystems(kind))).toEqual([
      ...['purpose-notice', 'disclosure-of-provision-records', 'foreign-measures-information', 'complaint'],
    ]);
  });
});

describe('the inventory tells which may hold data of a person', () => {
  const base = { systemKind: 'elsewhere', staffId: 'o1', categories: [], documents: [] } as const;
  const system = (more: Partial<Parameters<typeof systemsHolding>[0][number]>) => ({
    ...{ ...base, systemId: 's1', name: '給与システム' },
    ...more,
  });
  const entry = (more: object = {}) => ({ systemId: 's1', document: 'roster', ...more }) as const;
  const asked = (one: ReturnType<typeof system>, ...entries: ReturnType<typeof entry>[]) =>
    systemsHolding([one], entries).map(({ documents }) => documents);

  it.each<[string, string[][], ReturnType<typeof system>, ReturnType<typeof entry>[]]>([
    ['a system that holds data of people is asked', [[]], system({ categories: ['contact'] }), []],
    ['and one that holds documents', [[]], system({ documents: ['roster'] }), []],
    ['with those that are known', [['roster']], system({ documents: ['roster'] }), [entry(), entry()]],
    ['also where the inventory does not say so', [['roster']], system({}), [entry()]],
    ['one that holds neither is not', [], system({}), []],
    [
      'nor where all of it is disposed of',
      [],
      system({ documents: ['roster'] }),
      [entry({ disposedId: 'e1' })],
    ],
    [
      'unless it holds other data of people',
      [[]],
      system({ categories: ['contact'], documents: ['roster'] }),
      [entry({ disposedId: 'e1' })],
    ],
    [
      'what another system holds says nothing',
      [[]],
      system({ documents: ['roster'] }),
      [entry({ systemId: 's2', disposedId: 'e1' })],
    ],
    ['a system out of use is not asked', [], system({ documents: ['roster'], retiredId: 'e1' }), []],
    ['nor Enishi itself', [], system({ categories: ['contact'], systemKind: 'enishi' }), []],
  ])('%s', (_, expected, one, entries) => expect(asked(one, ...entries)).toEqual(expected));
});

describe('a task is due', () => {
  const set = [{ code: 'request-task', value: 3, from: '2026-01-01', eventId: 'e1' }] as const;
  it.each([
    [
      'a week from now',
      '2026-01-01T00:00:00.000Z',
      '2026-01-31T14:59:59.999Z',
      [],
      '2026-01-08T14:59:59.999Z',
    ],
    [
      'as the company says',
      '2026-01-01T00:00:00.000Z',
      '2026-01-31T14:59:59.999Z',
      set,
      '2026-01-04T14:59:59.999Z',
    ],
    [
      'before the alarm',
      '2026-01-10T00:00:00.000Z',
      '2026-01-15T14:59:59.999Z',
      [],
      '2026-01-15T14:59:59.999Z',
    ],
    [
      'not in the past',
      '2026-01-20T00:00:00.000Z',
      '2026-01-15T14:59:59.999Z',
      [],
      '2026-01-27T14:59:59.999Z',
    ],
  ] as const)('%s', (_, now, alarm, numbers, due) => expect(taskDueAt(now, alarm, numbers)).toBe(due));
});
