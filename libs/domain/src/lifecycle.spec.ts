import { facts, refusal, scenario, type Given } from '../../../test/support/scenario';
import { holdsAt, lifecycleDecider, type LifecycleEvent, type PlaceHold } from './lifecycle';

const { given } = scenario(lifecycleDecider);
const hold = {
  alumnusId: 'a1',
  holdId: 'h1',
  stopsContact: true,
  reviewAt: '2026-12-01T00:00:00.000Z',
  reason: '労働審判',
};
const place: PlaceHold = { kind: 'PlaceHold', ...hold };
const placed: Given<LifecycleEvent> = { type: 'HoldPlaced', data: hold };
const released: Given<LifecycleEvent> = { type: 'HoldReleased', data: { alumnusId: 'a1', holdId: 'h1' } };
const erasing: Given<LifecycleEvent> = {
  type: 'ErasureStarted',
  data: { alumnusId: 'a1', categories: ['contact'], erasureId: 'p1' },
};

const completed: Given<LifecycleEvent> = {
  type: 'ErasureCompleted',
  data: { alumnusId: 'a1', categories: ['contact'], erasureId: 'p1' },
};

it('places a hold once, with a reason and a review to come', () => {
  given()
    .when(place)
    .then([{ type: 'HoldPlaced', data: hold }]);
  given(placed).when(place).then([]);
  given(placed)
    .when({ ...place, stopsContact: false })
    .then(refusal('hold-already-placed'));
  given()
    .when({ ...place, reviewAt: '2025-12-01T00:00:00.000Z' })
    .then(refusal('review-in-past'));
  given()
    .when({ ...place, reason: '' })
    .then(refusal('reason-required'));
});

it('refuses a hold while an erasure runs, and keeps what lives once it has ended', () => {
  given(erasing).when(place).then(refusal('erasure-started'));
  given(placed, erasing).when(place).then([]);
  given(erasing, completed).when(place).thenTypes('HoldPlaced');
  given(erasing, completed, erasing).when(place).then(refusal('erasure-started'));
});

it('releases a hold once', () => {
  const release = { kind: 'ReleaseHold', holdId: 'h1', reason: '和解' } as const;
  given(placed)
    .when(release)
    .then([{ type: 'HoldReleased', data: { alumnusId: 'a1', holdId: 'h1', reason: '和解' } }]);
  given(placed, released).when(release).then([]);
  given().when(release).then(refusal('hold-unknown'));
});

it('tells the holds that stand at an instant', () => {
  const known = facts([placed, released]);
  expect(holdsAt(known, '2026-01-01T00:00:30.000Z')).toEqual([]);
  expect(holdsAt(known, known[0]!.effectiveAt)).toMatchObject([
    { holdId: 'h1', placedId: 'e1', stopsContact: true },
  ]);
  expect(holdsAt(known, known[1]!.effectiveAt)).toEqual([]);
});

it('is looked at again with a reason, and stands until the next review', () => {
  const review = {
    kind: 'ReviewHold',
    holdId: 'h1',
    reviewAt: '2027-06-01T00:00:00.000Z',
    reason: '係争中',
  } as const;
  const { kind: _, ...said } = review;
  given(placed)
    .when(review)
    .then([{ type: 'HoldReviewed', data: { alumnusId: 'a1', ...said } }]);
  given().when(review).then(refusal('hold-unknown'));
  given(placed, released).when(review).then(refusal('hold-released'));
  given(placed)
    .when({ ...review, reviewAt: '2025-12-01T00:00:00.000Z' })
    .then(refusal('review-in-past'));
  given(placed)
    .when({ ...review, reason: ' ' })
    .then(refusal('reason-required'));
  const reviewed: Given<LifecycleEvent> = { type: 'HoldReviewed', data: { alumnusId: 'a1', ...said } };
  const known = facts([placed, reviewed]);
  expect(holdsAt(known, known[1]!.effectiveAt)).toMatchObject([
    { holdId: 'h1', placedId: 'e1', reviewedId: 'e2', reviewAt: review.reviewAt },
  ]);
});
