import { refusal, scenario, type Given } from '../../../test/support/scenario';
import { erasureLifeDecider } from './erasure-life';
import type { LifecycleEvent } from './lifecycle';

const { given } = scenario(erasureLifeDecider);
const of = { alumnusId: 'a1', erasureId: 'p1', categories: ['programme', 'contact'] } as const;
const start = { kind: 'StartErasure', ...of, onlyMarked: false } as const;
const complete = {
  kind: 'CompleteErasure',
  ...of,
  keys: 2,
  blockedUntil: '2031-01-01T00:00:00.000Z',
} as const;
const started: Given<LifecycleEvent> = { type: 'ErasureStarted', data: of };
const completed: Given<LifecycleEvent> = { type: 'ErasureCompleted', data: of };
const held: Given<LifecycleEvent> = {
  type: 'HoldPlaced',
  data: { alumnusId: 'a1', holdId: 'h1', stopsContact: false, reviewAt: '2027-01-01T00:00:00.000Z' },
};
const released: Given<LifecycleEvent> = { type: 'HoldReleased', data: { alumnusId: 'a1', holdId: 'h1' } };
const mark = { alumnusId: 'a1', importId: 'i1' };
const marked: Given<LifecycleEvent> = {
  type: 'ErasureMarked',
  data: { ...mark, ground: 'import-undone', categories: ['programme'] },
};
const lifted: Given<LifecycleEvent> = {
  type: 'ErasureMarkLifted',
  data: { ...mark, ground: 'registered-again' },
};

it('begins once for each plan, and ends once', () => {
  given()
    .when(start)
    .then([{ type: 'ErasureStarted', data: of }]);
  given(started).when(start).then([]);
  const { kind: _, ...data } = complete;
  given(started)
    .when(complete)
    .then([{ type: 'ErasureCompleted', data }]);
  given(started, completed).when(complete).then([]);
  given().when(complete).then(refusal('erasure-not-started'));
  given(started, completed)
    .when({ ...start, erasureId: 'p2' })
    .thenTypes('ErasureStarted');
});

it('does not begin while a hold stands', () => {
  given(held).when(start).then(refusal('erasure-held'));
  given(held, released).when(start).thenTypes('ErasureStarted');
  given(held, released, { ...held, data: { ...held.data, holdId: 'h2' } } as Given<LifecycleEvent>)
    .when(start)
    .then(refusal('erasure-held'));
});

it('begins of somebody marked only as long as they are', () => {
  const command = { ...start, onlyMarked: true };
  given().when(command).then(refusal('erasure-mark-lifted'));
  given(marked).when(command).thenTypes('ErasureStarted');
  given(marked, lifted).when(command).then(refusal('erasure-mark-lifted'));
  given(marked, lifted).when(start).thenTypes('ErasureStarted');
});

it('does not begin where something must stay again', () => {
  const kept = { category: 'consent-evidence', number: 'consent-evidence', until: '2031-04-10' } as const;
  given()
    .when({ ...start, kept })
    .then(refusal('erasure-retained', kept));
  given(started)
    .when({ ...start, kept })
    .then([]);
});

describe('items', () => {
  const items = {
    kind: 'EraseItems',
    ...{ alumnusId: 'a1', erasureId: 'p1', categories: ['contact'] as const },
    fields: ['phone'],
    eventIds: ['e1'],
  } as const;
  const { kind: _, ...data } = items;
  const erased: Given<LifecycleEvent> = { type: 'ItemErased', data };

  it('are erased once for each plan', () => {
    given()
      .when(items)
      .then([{ type: 'ItemErased', data }]);
    given(erased).when(items).then([]);
    // After the fact no event states them any more.
    given(erased)
      .when({ ...items, eventIds: [] })
      .then([]);
    given(erased)
      .when({ ...items, erasureId: 'p2' })
      .thenTypes('ItemErased');
  });

  it('are kept by a hold, and must be stated by an event', () => {
    given(held).when(items).then(refusal('erasure-held'));
    given(held, released).when(items).thenTypes('ItemErased');
    given()
      .when({ ...items, eventIds: [] })
      .then(refusal('erasure-item-unknown'));
  });
});
