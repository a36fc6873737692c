import { scenario, type Given } from '../../../test/support/scenario';
import { erasureMarkDecider } from './erasure-mark';
import type { LifecycleEvent } from './lifecycle';

const { given } = scenario(erasureMarkDecider);
const about = { alumnusId: 'a1', importId: 'b1' };
const categories = ['programme', 'contact', 'leaving-detail'] as const;
const data = { ...about, ground: 'import-undone', categories } as const;
const mark = { kind: 'MarkErasure', ...about } as const;
const lift = { kind: 'LiftErasureMark', alumnusId: 'a1' } as const;
const marked: Given<LifecycleEvent> = { type: 'ErasureMarked', data };
const lifting = { ...about, ground: 'registered-again' } as const;
const lifted: Given<LifecycleEvent> = { type: 'ErasureMarkLifted', data: lifting };
const erasing: Given<LifecycleEvent> = { type: 'ErasureStarted', data: { alumnusId: 'a1', categories } };

it('marks for the erasure desk, once', () => {
  given()
    .when(mark)
    .then([{ type: 'ErasureMarked', data }]);
  given(marked).when(mark).then([]);
  given(marked, lifted).when(mark).thenTypes('ErasureMarked');
  given(erasing).when(mark).then([]);
});

it('lifts the mark of somebody registered again', () => {
  given(marked)
    .when(lift)
    .then([{ type: 'ErasureMarkLifted', data: lifting }]);
  given().when(lift).then([]);
  given(marked, lifted).when(lift).then([]);
});
