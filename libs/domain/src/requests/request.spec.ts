import { facts, refusal, scenario, type Given } from '../../../../test/support/scenario';
import { fold, Refusal } from '../kernel';
import { messageOf } from '../refusals';
import { tokyoDay } from '../time';
import { requestDecider } from './request';
import type { RequestCommand } from './request-commands';
import { REQUEST_LAW } from './request-law';
import { requestDates, requestDaysLeft } from './request-dates';
import { requestDueAt, requestStanding, type RequestEvent } from './request-state';
import {
  REFUSAL_GROUNDS,
  type RequestDecision,
  REQUEST_GROUNDS,
  REQUEST_KINDS,
  type RequestKind,
} from './request-terms';

const { given } = scenario(requestDecider);
const of = { requestId: 'r1' };
const person = { ...of, alumnusId: 'a1' };
const said = {
  cameBy: 'email',
  party: 'person',
  answerForm: 'paper',
  language: 'ja',
  requester: '縁野 結',
  asked: '連絡先の開示',
} as const;
const receive = {
  kind: 'ReceiveRequest',
  ...of,
  request: { kind: 'disclosure', ...said },
  set: [],
} as const;

type Received = Given<'RequestReceived'>;
const received = (kind: RequestKind = 'disclosure', more: Partial<Received['data']> = {}): Received => ({
  type: 'RequestReceived',
  data: {
    ...of,
    ...said,
    kind,
    arrivedAt: '2026-01-01T00:00:00.000Z',
    dueAt: '2026-01-15T14:59:59.999Z',
    remindAt: '2026-01-10T15:00:00.000Z',
    ...more,
  },
});
const checked = (result: 'verified' | 'not-verified'): Given<RequestEvent> => ({
  type: 'RequestIdentityChecked',
  data: { ...of, result, method: 'call-back', seen: '登録の番号に折り返した' },
});
const [verified, unverified] = [checked('verified'), checked('not-verified')];
const matched: Given<RequestEvent> = { type: 'RequestMatched', data: person };
const paused: Given<RequestEvent> = { type: 'RequestPaused', data: { ...of, reason: '書類の到着待ち' } };
const opened: Given<RequestEvent> = {
  type: 'RequestTaskOpened',
  data: {
    ...of,
    taskId: 't1',
    system: '給与システム',
    ownerId: 's1',
    dueAt: '2026-02-01T00:00:00.000Z',
    task: '抽出',
  },
};
const answered: Given<RequestEvent> = {
  type: 'RequestTaskAnswered',
  data: { ...of, taskId: 't1', answer: 'done', proof: '一覧を受領' },
};
const decided = (decision: RequestDecision, more: object = {}): Given<RequestEvent> => ({
  type: 'RequestDecided',
  data: { ...person, decision, reason: '請求のとおり', ...more },
});
const UNTIL = '2029-03-31T14:59:59.999Z';
const put = decided('deferred', { deferredUntil: UNTIL, deferredUnder: 'roster' });
const executed: Given<RequestEvent> = { type: 'RequestExecuted', data: { ...person, changed: '一式を開示' } };
const told = { form: 'paper', way: 'post', said: '連絡先の一覧を同封', proof: '書留 123' } as const;
const notified: Given<RequestEvent> = {
  type: 'RequestNotified',
  data: { ...person, about: 'decision', ...told },
};
const toldUnverifiable: Given<RequestEvent> = {
  type: 'RequestNotified',
  data: { ...of, about: 'unverifiable', ...told },
};
const linked: Given<RequestEvent> = { type: 'RequestLinked', data: { ...of, originalId: 'r0' } };
const complained: Given<RequestEvent> = {
  type: 'RequestComplained',
  data: { ...person, complaint: '足りない' },
};
const closed: Given<RequestEvent> = { type: 'RequestClosed', data: { ...person, outcome: 'answered' } };

const ready = [received(), verified, matched] as const;
const check = {
  kind: 'CheckIdentity',
  result: 'verified',
  method: 'call-back',
  seen: '折り返し電話',
} as const;
const match = { kind: 'MatchRequest', alumnusId: 'a1', registered: true } as const;
const assign = { kind: 'AssignRequest', assigneeId: 's1', deputyId: 's2' } as const;
const note = { kind: 'NoteOnRequest', note: '電話で確認' } as const;
const attach = {
  kind: 'AttachToRequest',
  artefactId: 'f1',
  artefactHash: 'ab'.repeat(32),
  title: '請求書',
} as const;
const pause = { kind: 'PauseRequest', reason: '書類の到着待ち' } as const;
const resume = { kind: 'ResumeRequest' } as const;
const link = { kind: 'LinkRequest', originalId: 'r0', original: 'request' } as const;
const fee = { kind: 'ChargeFee', amount: 500 } as const;
const task = {
  kind: 'OpenTask',
  taskId: 't1',
  system: '給与システム',
  ownerId: 's1',
  dueAt: '2026-02-01T00:00:00.000Z',
  task: '抽出',
} as const;
const answer = { kind: 'AnswerTask', taskId: 't1', answer: 'done', proof: '一覧を受領' } as const;
const asking = { systems: [], set: [] } as const;
const accept = { kind: 'DecideRequest', asking, decision: 'accepted', reason: '請求のとおり' } as const;
const refuse = {
  kind: 'DecideRequest',
  asking,
  decision: 'refused',
  refusalGround: 'harm',
  reason: '第三者の情報',
} as const;
const defer = {
  kind: 'DecideRequest',
  asking,
  decision: 'deferred',
  deferredUntil: UNTIL,
  deferredUnder: 'roster',
  reason: '労働者名簿の保存期間',
} as const;
const execute = { kind: 'ExecuteRequest', asking, changed: '一式を開示' } as const;
const notify = { kind: 'NotifyPerson', about: 'decision', ...told } as const;
const notifyUnverifiable = { kind: 'NotifyPerson', about: 'unverifiable', ...told } as const;
const complain = { kind: 'TakeComplaint', complaint: '足りない' } as const;
const close = { kind: 'CloseRequest', outcome: 'answered' } as const;
const end = (outcome: 'withdrawn' | 'unverifiable' | 'duplicate', reason?: string) =>
  ({ kind: 'CloseRequest', outcome, ...(reason !== undefined && { reason }) }) as const;

describe('a request', () => {
  it('is received with its kind, and has its alarm two weeks after the day it came', () => {
    given()
      .when(receive, '2026-01-01T15:30:00.000Z')
      .then([
        {
          type: 'RequestReceived',
          data: {
            ...of,
            ...receive.request,
            arrivedAt: '2026-01-01T15:30:00.000Z',
            // Came on 2 January in Japan: until the end of the 16th; the reminder on the 12th.
            dueAt: '2026-01-16T14:59:59.999Z',
            remindAt: '2026-01-11T15:00:00.000Z',
          },
          effectiveAt: '2026-01-01T15:30:00.000Z',
        },
      ]);
    given(received()).when(receive).then([]);
  });

  it('has the numbers that held on the day it came; nobody is reminded before that day', () => {
    const from = '2026-01-02';
    const set = [
      { code: 'request-alarm', value: 10, from, eventId: 'e1' },
      { code: 'request-reminder', value: 12, from: '2026-01-03', eventId: 'e2' },
    ] as const;
    const days = (arrivedAt: string) => {
      const { dueAt, remindAt } = requestDates(arrivedAt, set);
      return [tokyoDay(remindAt), tokyoDay(dueAt)];
    };
    expect(days('2026-01-01T14:59:59.999Z')).toEqual(['2026-01-11', '2026-01-15']);
    expect(days('2026-01-01T15:00:00.000Z')).toEqual(['2026-01-08', '2026-01-12']);
    expect(days('2026-01-03T00:00:00.000Z')).toEqual(['2026-01-03', '2026-01-13']);
  });

  it.each([
    ['2026-01-15T14:59:59.999Z', 1],
    ['2026-01-15T15:00:00.000Z', 0],
    ['2026-01-16T14:59:59.999Z', 0],
    ['2026-01-16T15:00:00.000Z', -1],
  ])('on %s it has %d days left, as days go in Japan', (now, left) => {
    expect(requestDaysLeft('2026-01-16T14:59:59.999Z', now)).toBe(left);
  });

  it('goes from hand to hand, and its state is what its events say', () => {
    const whole = [
      received(),
      matched,
      verified,
      opened,
      answered,
      decided('accepted'),
      executed,
      notified,
      closed,
    ];
    const standings = whole.map((_, at) =>
      requestStanding(fold(requestDecider, facts(whole.slice(0, at + 1)))),
    );
    const expected = [
      'received',
      'received',
      'verified',
      'verified',
      'verified',
      'decided',
      'executed',
      'notified',
    ];
    expect(standings).toEqual([...expected, 'closed']);
    expect(requestStanding(requestDecider.initial)).toBeUndefined();
  });

  it.each<[string, readonly Given<RequestEvent>[], RequestCommand, string[]]>([
    ['a check is recorded', [received()], check, ['RequestIdentityChecked']],
    ['it may be matched first', [received()], match, ['RequestMatched']],
    ['matched again with the same person: nothing', [received(), matched], match, []],
    ['it is assigned', [received()], assign, ['RequestAssigned']],
    ['noted on', [received()], note, ['RequestNoted']],
    ['files are attached', [received()], attach, ['RequestAttached']],
    ['it is paused', [received()], pause, ['RequestPaused']],
    ['and resumed', [received(), paused], resume, ['RequestResumed']],
    ['resumed while it runs: nothing', [received()], resume, []],
    ['a duplicate is linked', [received()], link, ['RequestLinked']],
    ['linked again: nothing', [received(), linked], link, []],
    ['a fee for a disclosure', [received()], fee, ['RequestFeeCharged']],
    ['a task is opened', [received(), verified], task, ['RequestTaskOpened']],
    ['opened again: nothing', [received(), verified, opened], task, []],
    ['and answered', [received(), verified, opened], answer, ['RequestTaskAnswered']],
    ['it is decided', ready, accept, ['RequestDecided']],
    ['refused without knowing any data', [received(), verified], refuse, ['RequestDecided']],
    [
      'carried out when every task is answered',
      [...ready, opened, answered, decided('accepted')],
      execute,
      ['RequestExecuted'],
    ],
    ['a refusal is told at once', [...ready, decided('refused')], notify, ['RequestNotified']],
    [
      'told once more, after a letter came back',
      [...ready, decided('refused'), notified],
      notify,
      ['RequestNotified'],
    ],
    [
      'a complaint reopens it',
      [...ready, decided('refused'), notified, closed],
      complain,
      ['RequestComplained'],
    ],
    [
      'which a new decision answers',
      [...ready, decided('refused'), notified, complained],
      accept,
      ['RequestDecided'],
    ],
    [
      'what was deferred may be decided anew',
      [received('erasure'), verified, matched, put],
      accept,
      ['RequestDecided'],
    ],
    ['it is closed when answered', [...ready, decided('refused'), notified], close, ['RequestClosed']],
    ['withdrawn at any time', [received()], end('withdrawn', '電話で取下げ'), ['RequestClosed']],
    ['a duplicate is closed', [received(), linked], end('duplicate'), ['RequestClosed']],
    ['who is unverified is told', [received(), unverified], notifyUnverifiable, ['RequestNotified']],
    ['and then it may end', [received(), toldUnverifiable], end('unverifiable'), ['RequestClosed']],
  ])('%s', (_, past, command, types) => {
    given(...past)
      .when(command)
      .thenTypes(...types);
  });

  it.each<[string, readonly Given<RequestEvent>[], RequestCommand]>([
    ['request-unknown', [], check],
    ['request-closed', [...ready, closed], note],
    ['requester-missing', [], { ...receive, request: { ...receive.request, requester: ' ' } }],
    ['asked-missing', [], { ...receive, request: { ...receive.request, asked: '' } }],
    ['effective-in-future', [], { ...receive, arrivedAt: '2027-01-01T00:00:00.000Z' }],
    ['my-number', [], { ...receive, request: { ...receive.request, asked: '番号 123456789018' } }],
    ['request-agent-missing', [], { ...receive, request: { ...receive.request, party: 'mandatary' } }],
    ['request-agent-unexpected', [], { ...receive, request: { ...receive.request, agent: '縁野 守（親）' } }],
    ['request-authority-missing', [received('disclosure', { party: 'mandatary' })], check],
    ['value-blank', [received()], { ...check, seen: ' ' }],
    ['request-decided', [...ready, decided('accepted')], check],
    ['alumnus-unknown', [received()], { ...match, registered: false }],
    ['request-decided', [received(), verified, decided('refused')], match],
    ['deputy-is-assignee', [received()], { ...assign, deputyId: 's1' }],
    ['value-blank', [received()], { ...note, note: '' }],
    ['value-blank', [received()], { ...attach, title: '' }],
    ['reason-required', [received()], { ...pause, reason: ' ' }],
    ['request-paused', [received(), paused], pause],
    ['request-unknown', [received()], { ...link, original: 'none' }],
    ['request-link-unfit', [received()], { ...link, original: 'duplicate' }],
    ['request-link-unfit', [received()], { ...link, originalId: 'r1' }],
    ['request-decided', [...ready, decided('accepted')], link],
    ['request-unverified', [received()], task],
    ['request-unverified', [received(), unverified], task],
    ['task-due-in-past', [received(), verified], { ...task, dueAt: '2026-01-01T00:00:00.000Z' }],
    ['value-blank', [received(), verified], { ...task, system: ' ' }],
    ['task-unknown', [received(), verified], answer],
    ['request-executed', [...ready, opened, answered, decided('accepted'), executed], answer],
    ['request-unverified', [received(), matched], accept],
    ['request-unverified', [received(), matched, unverified], refuse],
    ['request-unverified', [received(), matched, verified, unverified], accept],
    ['request-paused', [...ready, paused], accept],
    ['request-decided', [...ready, decided('accepted')], refuse],
    ['request-decided', [...ready, decided('refused'), notified], accept],
    ['request-unmatched', [received(), verified], accept],
    ['reason-required', ready, { ...accept, reason: ' ' }],
    ['refusal-ground-missing', ready, { kind: 'DecideRequest', asking, decision: 'refused', reason: 'x' }],
    ['refusal-ground-missing', ready, { kind: 'DecideRequest', asking, decision: 'in-part', reason: 'x' }],
    ['refusal-ground-unfit', ready, { ...accept, refusalGround: 'harm' }],
    [
      'substitute-missing',
      [received('erasure'), verified],
      { ...refuse, refusalGround: 'disproportionate-cost' },
    ],
    ['deferral-unfit', ready, { ...accept, deferredUntil: UNTIL }],
    [
      'deferral-incomplete',
      [received('erasure'), verified, matched],
      { kind: 'DecideRequest', asking, decision: 'deferred', reason: 'x' },
    ],
    [
      'deferral-in-past',
      [received('erasure'), verified, matched],
      { ...defer, deferredUntil: '2025-01-01T00:00:00.000Z' },
    ],
    ['complaint-not-refusable', [received('complaint'), verified], refuse],
    ['request-undecided', ready, execute],
    ['request-refused', [...ready, decided('refused')], execute],
    ['request-executed', [...ready, decided('accepted'), executed], execute],
    ['request-paused', [...ready, decided('accepted'), paused], execute],
    ['request-deferred', [received('erasure'), verified, matched, put], execute],
    ['task-open', [...ready, opened, decided('accepted')], execute],
    ['value-blank', [...ready, decided('accepted')], { ...execute, changed: '' }],
    ['request-undecided', ready, notify],
    ['request-not-executed', [...ready, decided('accepted')], notify],
    ['task-open', [...ready, decided('accepted'), executed, opened], notify],
    ['request-verified', [received(), verified], notifyUnverifiable],
    ['effective-in-future', [...ready, decided('refused')], { ...notify, sentAt: UNTIL }],
    ['value-blank', [...ready, decided('refused')], { ...notify, proof: ' ' }],
    [
      'answer-form-differs',
      [...ready, decided('refused')],
      { ...notify, form: 'electronic', formReason: 'x' },
    ],
    [
      'form-reason-missing',
      [received('erasure'), verified, decided('refused')],
      { ...notify, form: 'electronic' },
    ],
    ['request-not-notified', [...ready, decided('refused')], complain],
    ['request-complained', [...ready, decided('refused'), notified, complained], complain],
    ['effective-in-future', [...ready, decided('refused'), notified], { ...complain, arrivedAt: UNTIL }],
    ['request-undecided', ready, close],
    ['request-not-notified', [...ready, decided('refused')], close],
    ['request-complained', [...ready, decided('refused'), notified, complained], close],
    ['request-deferred', [received('erasure'), verified, matched, put, notified], close],
    ['request-not-notified', [...ready, decided('accepted'), executed], end('withdrawn', 'x')],
    ['reason-required', [received()], end('withdrawn')],
    ['request-not-notified', [received(), unverified], end('unverifiable')],
    ['request-verified', [received(), toldUnverifiable, verified], end('unverifiable')],
    ['request-not-linked', [received()], end('duplicate')],
    ['request-decided', [...ready, linked, decided('accepted')], end('duplicate')],
  ])('%s, where it is not allowed', (code, past, command) => {
    const { decision } = given(...past).when(command);
    expect(decision).toBeInstanceOf(Refusal);
    expect((decision as Refusal).code).toBe(code);
  });

  it('matched with another person, it must be checked again who asks', () => {
    const other: Given<RequestEvent> = { type: 'RequestMatched', data: { ...of, alumnusId: 'a2' } };
    given(received(), matched, verified, other).when(accept).then(refusal('request-unverified'));
    given(received(), verified, matched).when(accept).thenTypes('RequestDecided');
  });

  it('deferred, it is due when the law lets go, told of before and after, and then carried out', () => {
    const past = [received('erasure'), verified, matched, put, notified] as const;
    const dueAt = (...more: Given<RequestEvent>[]) =>
      requestDueAt(fold(requestDecider, facts([...past, ...more])));
    expect(dueAt()).toBe(UNTIL);
    given(...past)
      .when(execute, UNTIL)
      .then(refusal('request-deferred'));
    given(...past)
      .when(execute, '2029-03-31T15:00:00.000Z')
      .thenTypes('RequestExecuted');
    given(...past, executed)
      .when(close)
      .then(refusal('request-not-notified'));
    expect(dueAt(executed)).toBe('2026-01-15T14:59:59.999Z');
    expect(dueAt(executed, notified)).toBeUndefined();
  });
});

describe('each kind of request', () => {
  it.each(REQUEST_KINDS)('%s is asked for on the grounds of its article alone', (kind) => {
    const allowed = REQUEST_GROUNDS.filter((ground) => {
      const request = { ...receive.request, kind, ground };
      return !(given().when({ ...receive, request }).decision instanceof Refusal);
    });
    expect(allowed).toEqual(REQUEST_GROUNDS.filter((ground) => REQUEST_LAW[kind].grounds.includes(ground)));
    const [unfit] = REQUEST_GROUNDS.filter((ground) => !allowed.includes(ground));
    given()
      .when({ ...receive, request: { ...receive.request, kind, ground: unfit! } })
      .thenTypes('request-ground-unfit');
    given()
      .when({ ...receive, request: { ...receive.request, kind } })
      .thenTypes(allowed.length > 0 ? 'request-ground-missing' : 'RequestReceived');
  });

  it.each(REQUEST_KINDS)('%s is refused on the grounds of its article alone', (kind) => {
    const allowed = REFUSAL_GROUNDS.filter((refusalGround) => {
      const command = { ...refuse, refusalGround, substitute: '利用を止める' };
      return !(given(received(kind), verified).when(command).decision instanceof Refusal);
    });
    const { refusals } = REQUEST_LAW[kind];
    expect(allowed).toEqual(REFUSAL_GROUNDS.filter((ground) => refusals.includes(ground)));
  });

  it('a fee is taken for a notice of purposes and for disclosures alone (38)', () => {
    const allowed = REQUEST_KINDS.filter(
      (kind) => !(given(received(kind)).when(fee).decision instanceof Refusal),
    );
    expect(allowed).toEqual(['purpose-notice', 'disclosure', 'disclosure-of-provision-records']);
    given(received('erasure'))
      .when(fee)
      .then(refusal('fee-not-allowed', { requestKind: 'erasure' }));
  });

  it('erasure and deletion alone wait for a statutory retention (35)', () => {
    const allowed = REQUEST_KINDS.filter(
      (kind) => !(given(received(kind), verified, matched).when(defer).decision instanceof Refusal),
    );
    expect(allowed).toEqual(['deletion', 'erasure']);
  });

  it('a complaint and a notice of purposes need nobody to be known in the ledger (32, 40)', () => {
    const allowed = REQUEST_KINDS.filter(
      (kind) => !(given(received(kind), verified).when(accept).decision instanceof Refusal),
    );
    expect(allowed).toEqual(['purpose-notice', 'complaint']);
  });

  it('refusals name the kind with its article in both languages', () => {
    expect(messageOf('fee-not-allowed', 'ja', { requestKind: 'erasure' })).toContain(
      '消去（個人情報保護法 35条）',
    );
    expect(messageOf('fee-not-allowed', 'en', { requestKind: 'erasure' })).toContain('erasure (APPI 35)');
  });
});
