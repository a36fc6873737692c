import { facts, type Given } from '../../../test/support/scenario';
import type { ConsentEvent } from './consent-answer';
import { answersUndo } from './consents-undo';

const BATCH = 'b1';
const answer = {
  alumnusId: 'a1',
  purposeId: 'p1',
  channels: ['email'],
  purposeVersion: 1,
  captureChannel: 'paper',
  method: 'document',
  party: 'person',
  identityCheck: 'document-seen',
  language: 'ja',
  noticeHash: 'a'.repeat(64),
} as const;
type Channels = readonly ('email' | 'phone')[];
const one =
  (type: 'ConsentGranted' | 'ConsentRefused' | 'ConsentWithdrawn') =>
  (channels: Channels = ['email']): Given<ConsentEvent> => ({ type, data: { ...answer, channels } });
const [granted, refused, withdrawn] = [one('ConsentGranted'), one('ConsentRefused'), one('ConsentWithdrawn')];
const voided = (id: string): Given<ConsentEvent> => ({
  type: 'ConsentInvalidated',
  data: { alumnusId: 'a1', purposeId: 'p1', voided: id, reason: '誤り' },
});
/** Undoing over these events, of which those at these places came with the import. */
const undo = (events: readonly Given<ConsentEvent>[], ...brought: readonly number[]) => {
  const known = facts(events).map((fact, at) => (brought.includes(at) ? { ...fact, batchId: BATCH } : fact));
  return answersUndo(known, BATCH);
};

it('voids what the import brought, consents before refusals, and nothing else', () => {
  expect(undo([granted(), refused(['phone']), granted(['phone'])], 1, 2)).toEqual({
    toVoid: ['e3', 'e2'],
    done: false,
    left: [],
  });
  expect(undo([granted()])).toEqual({ toVoid: [], done: false, left: [] });
});

it('leaves withdrawals: to void one would revive a consent without the person’s word', () => {
  expect(undo([granted(), withdrawn()], 0, 1)).toMatchObject({
    toVoid: ['e1'],
    left: ['withdrawal-cannot-be-voided'],
  });
});

it.each([
  ['withdrawn', withdrawn()],
  ['refused', refused()],
])('leaves a consent that the person has %s since', (_what, no) => {
  expect(undo([granted(), no], 0)).toEqual({ toVoid: [], done: false, left: ['recorded-since'] });
});

it('voids a consent that was ended on one of its channels only, or that a later one stands beside', () => {
  expect(undo([granted(['email', 'phone']), withdrawn(['email'])], 0).toVoid).toEqual(['e1']);
  expect(undo([granted(), granted()], 0)).toEqual({ toVoid: ['e1'], done: false, left: [] });
});

it('knows what was voided before, by itself or by hand', () => {
  expect(undo([granted(), voided('e1')], 0, 1)).toEqual({ toVoid: [], done: true, left: [] });
  expect(undo([granted(), voided('e1')], 0)).toEqual({ toVoid: [], done: false, left: [] });
  // A "no" that was voided holds nothing down.
  expect(undo([granted(), refused(), voided('e2')], 0).toVoid).toEqual(['e1']);
});
