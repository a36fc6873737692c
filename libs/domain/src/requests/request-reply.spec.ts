import { facts, refusal, scenario, type Given } from '../../../../test/support/scenario';
import { fold } from '../kernel';
import { BUILT_IN } from '../letters/built-in';
import { composeText, valuesFault } from '../letters/compose';
import { requestReplies } from '../policies/request-replies';
import { requestDecider } from './request';
import type { OrderReply } from './request-commands';
import { replyAddress, replyValues } from './request-reply';
import { requestStanding, type RequestEvent } from './request-state';
import { REPLIES, type ReplyKind, type RequestDecision, type RequestKind } from './request-terms';

const { given } = scenario(requestDecider);
const of = { requestId: '9c1e3f2a-0000-4000-8000-000000000001' };
const person = { ...of, alumnusId: 'a1' };

const received = (kind: RequestKind = 'erasure'): Given<RequestEvent> => ({
  type: 'RequestReceived',
  data: {
    ...of,
    ...{ kind, cameBy: 'paper', party: 'person', answerForm: 'paper', language: 'ja' },
    ...{ requester: '縁野 結', asked: '消去', answerTo: '東京都千代田区架空町1-2-3' },
    ...{ arrivedAt: '2026-01-01T00:00:00.000Z', remindAt: '2026-01-10T15:00:00.000Z' },
    dueAt: '2026-01-15T14:59:59.999Z',
  },
});
const verified: Given<RequestEvent> = {
  type: 'RequestIdentityChecked',
  data: { ...of, result: 'verified', method: 'call-back', seen: '折り返し' },
};
const matched: Given<RequestEvent> = { type: 'RequestMatched', data: person };
const task: Given<RequestEvent> = {
  type: 'RequestTaskOpened',
  data: {
    ...of,
    ...{ taskId: 't1', system: '給与', ownerId: 's1', task: '抽出' },
    dueAt: '2026-01-09T14:59:59.999Z',
  },
};
const decided = (decision: RequestDecision): Given<RequestEvent> => ({
  type: 'RequestDecided',
  data: {
    ...{ ...person, decision, reason: '請求に理由がないため' },
    ...(decision === 'refused' && { refusalGround: 'disproportionate-cost', substitute: '利用を停止します' }),
    ...(decision === 'deferred' && {
      deferredUnder: 'roster',
      deferredUntil: '2029-03-31T14:59:59.999Z',
    }),
  },
});
const executed: Given<RequestEvent> = {
  type: 'RequestExecuted',
  data: { ...person, changed: '連絡先を消去' },
};
const ordered = (letter: ReplyKind, letterId = 'l1'): Given<RequestEvent> => ({
  type: 'RequestReplyOrdered',
  data: { ...person, letterId, letter, form: 'paper' },
});
const told: Given<RequestEvent> = {
  type: 'RequestNotified',
  data: { ...person, letterId: 'l1', about: 'decision', form: 'paper', way: 'post', sentId: 'e9' },
};
const returned: Given<RequestEvent> = {
  type: 'RequestReplyReturned',
  data: { ...person, letterId: 'l1', ground: 'returned' },
};
const complained: Given<RequestEvent> = { type: 'RequestComplained', data: { ...person, complaint: '不服' } };
const closed: Given<RequestEvent> = { type: 'RequestClosed', data: { ...person, outcome: 'answered' } };

const order = (letter: ReplyKind, more: Partial<OrderReply> = {}): OrderReply => ({
  ...{ kind: 'OrderReply', letterId: 'l1', letter, means: 'post' },
  ...more,
});
const sent = {
  kind: 'NoteReplySent',
  ...of,
  letterId: 'l1',
  means: 'post',
  sentId: 'e9',
  sentAt: '2026-01-01T00:01:30.000Z',
} as const;
const back = { kind: 'NoteReplyReturned', ...of, letterId: 'l1', ground: 'returned' } as const;
const ready = [received(), verified, matched] as const;

describe('a letter of the desk', () => {
  it.each<[string, ReplyKind, readonly Given<RequestEvent>[]]>([
    ['confirms the receipt', 'request-received', [received()]],
    ['asks who it is', 'identity-needed', [received()]],
    ['tells what was done', 'request-decided-accepted', [...ready, decided('accepted'), executed]],
    ['tells what was done in part', 'request-decided-in-part', [...ready, decided('in-part'), executed]],
    ['tells a refusal at once', 'request-decided-refused', [...ready, decided('refused')]],
    ['and a deferral', 'request-decided-deferred', [...ready, decided('deferred')]],
    [
      'tells what was corrected',
      'correction-made',
      [received('correction'), verified, matched, decided('accepted'), executed],
    ],
  ])('%s', (_, letter, past) => {
    given(...past)
      .when(order(letter))
      .thenTypes('RequestReplyOrdered');
    given(...past, ordered(letter))
      .when(order(letter))
      .then([]);
  });

  it.each<[string, ReplyKind, readonly Given<RequestEvent>[], Partial<OrderReply>?]>([
    ['request-unknown', 'request-received', []],
    ['request-closed', 'request-received', [...ready, closed]],
    ['request-decided', 'request-received', [...ready, decided('refused')]],
    ['request-verified', 'identity-needed', [...ready]],
    ['request-undecided', 'request-decided-refused', [...ready]],
    ['reply-unfit', 'request-decided-accepted', [...ready, decided('refused')]],
    ['reply-unfit', 'correction-made', [...ready, decided('accepted'), executed]],
    ['request-not-executed', 'request-decided-accepted', [...ready, decided('accepted')]],
    ['task-open', 'request-decided-accepted', [...ready, decided('accepted'), executed, task]],
    ['request-complained', 'request-decided-refused', [...ready, decided('refused'), told, complained]],
    ['form-reason-missing', 'request-decided-refused', [...ready, decided('refused')], { means: 'email' }],
    [
      'answer-form-differs',
      'request-decided-refused',
      [received('disclosure'), verified, matched, decided('refused')],
      { means: 'email', formReason: '急ぎ' },
    ],
  ])('%s, where it does not fit', (...[code, letter, past, more]) => {
    given(...past)
      .when(order(letter, more))
      .thenTypes(code);
  });

  it('has told the person when it left, with the letter and the event as proof', () => {
    const past = [...ready, decided('refused'), ordered('request-decided-refused')];
    given(...past)
      .when(sent, '2026-01-01T02:00:00.000Z')
      .then([{ type: 'RequestNotified', data: told.data, effectiveAt: sent.sentAt }] as never);
    given(...past, told)
      .when(sent)
      .then([]);
    // A receipt tells no decision, and of other letters the request knows nothing.
    given(received(), ordered('request-received')).when(sent).then([]);
    given(...past, ordered('request-decided-refused', 'l2'))
      .when({ ...sent, letterId: 'l3' })
      .then([]);
    given().when(sent).then([]);
  });

  it('about a decision that another has replaced tells nothing', () => {
    given(
      ...[...ready, decided('refused'), ordered('request-decided-refused')],
      ...[told, complained, decided('accepted')],
    )
      .when({ ...sent, sentId: 'e10' })
      .then([]);
  });

  it('that did not arrive brings the request back, closed or not', () => {
    const past = [...ready, decided('refused'), ordered('request-decided-refused'), told, closed];
    given(...past)
      .when(back)
      .then([{ type: 'RequestReplyReturned', data: returned.data }] as never);
    given(...past, returned)
      .when(back)
      .then([]);
    const standing = (...more: Given<RequestEvent>[]) =>
      requestStanding(fold(requestDecider, facts([...past, ...more])));
    expect([standing(), standing(returned)]).toEqual(['closed', 'decided']);
    // One that told nothing opens nothing again.
    expect(
      standing(ordered('request-received', 'l2'), {
        ...returned,
        data: { ...returned.data, letterId: 'l2' },
      } as never),
    ).toBe('closed');
  });
});

describe('what a letter says', () => {
  const state = (...past: Given<RequestEvent>[]) => fold(requestDecider, facts(past));
  const words = { needed: '運転免許証', by: '2026-01-09', notDone: '評価の記録' };
  const pasts: Record<ReplyKind, readonly Given<RequestEvent>[]> = {
    'request-received': [received()],
    'identity-needed': [received()],
    'request-decided-accepted': [...ready, decided('accepted'), executed],
    'request-decided-in-part': [...ready, decided('in-part'), executed],
    'request-decided-refused': [...ready, decided('refused')],
    'request-decided-deferred': [...ready, decided('deferred')],
    'correction-made': [received('correction'), verified, matched, decided('accepted'), executed],
  };

  it.each(REPLIES)('%s has all that its text wants, from the request', (letter) => {
    const values = replyValues(letter, state(...pasts[letter]), words);
    expect(valuesFault(letter, values)).toBeUndefined();
    const { body } = composeText(letter, BUILT_IN[letter].ja, values, 'ja');
    expect(body).toContain('9c1e3f2a');
  });

  it('a refusal names its ground, its article, the reason and what is done instead', () => {
    const values = replyValues('request-decided-refused', state(...pasts['request-decided-refused']), {});
    const { body } = composeText(
      'request-decided-refused',
      BUILT_IN['request-decided-refused'].ja,
      values,
      'ja',
    );
    for (const said of ['多額の費用等', '個人情報保護法 35条', '請求に理由がないため', '利用を停止します'])
      expect(body).toContain(said);
  });

  it('a deferral names the law and its last day', () => {
    const values = replyValues('request-decided-deferred', state(...pasts['request-decided-deferred']), {});
    expect(values).toMatchObject({ until: '2029-03-31', law: { ja: '労働基準法 109 条、143 条 1 項' } });
  });

  it('words that are erased are not there, and the letter is refused for it', () => {
    const bare = state(...ready, decided('accepted'), {
      type: 'RequestExecuted',
      data: person,
      erased: ['changed'],
    } as never);
    const values = replyValues('request-decided-accepted', bare, {});
    expect(valuesFault('request-decided-accepted', values)).toEqual(
      refusal('letter-value-missing', { placeholder: 'done' }),
    );
  });
});

describe('where it goes', () => {
  const asked = { party: 'person', requester: '縁野 結', answerTo: '東京都' } as const;
  it.each([
    ['where the person wants it', asked, 'post', {}, { name: '縁野 結', postalAddress: '東京都' }],
    ['not by mail to a street', asked, 'email', {}, { name: '縁野 結' }],
    [
      'by mail to a mail address',
      { ...asked, answerTo: ' yui@example.jp ' },
      'email',
      {},
      { name: '縁野 結', email: 'yui@example.jp' },
    ],
    [
      'not by post to a mail address',
      { ...asked, answerTo: 'yui@example.jp' },
      'post',
      {},
      { name: '縁野 結' },
    ],
    [
      'elsewhere, as the clerk says',
      asked,
      'post',
      { postalAddress: '大阪府' },
      { name: '縁野 結', postalAddress: '大阪府' },
    ],
    [
      'who asks for another is named',
      { ...asked, party: 'mandatary' },
      'post',
      {},
      { name: '', postalAddress: '東京都' },
    ],
    [
      'by the clerk',
      { ...asked, party: 'mandatary' },
      'post',
      { name: '縁野 守' },
      { name: '縁野 守', postalAddress: '東京都' },
    ],
  ] as const)('%s', (_, data, means, to, expected) => {
    expect(replyAddress(data, means, to)).toEqual(expected);
  });
});

describe('the policy request-replies', () => {
  const letter = { letterId: 'l1', letter: 'request-decided-refused' } as const;
  const react = (event: Given) => requestReplies.react(facts([event])[0]!);

  it('notes in the request what became of its letter, and of no other', () => {
    expect(react({ type: 'LetterSent', data: { ...letter, ...of, means: 'post' } })).toEqual([
      {
        command: { ...sent, sentId: 'e1', sentAt: '2026-01-01T00:01:00.000Z' },
        discriminator: 'e1',
      },
    ]);
    expect(react({ type: 'LetterNotDelivered', data: { ...letter, ...of, ground: 'returned' } })).toEqual([
      { command: back, discriminator: 'e1' },
    ]);
    expect(react({ type: 'LetterSent', data: { ...letter, alumnusId: 'a1', means: 'post' } })).toEqual([]);
  });
});
