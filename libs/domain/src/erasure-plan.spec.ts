import { refusal, scenario, type Given } from '../../../test/support/scenario';
import { erasurePlanDecider, type ErasurePlanEvent, type ProposeErasure } from './erasure-plan';

const { given } = scenario(erasurePlanDecider);
const erasureId = 'p1';
const propose: ProposeErasure = {
  kind: 'ProposeErasure',
  ...{ erasureId, staffId: 's1', ground: 'ordered', people: 3, chunks: 2, held: 0, empty: 1, second: true },
  reason: '本人の申し出',
};
const { kind: _, ...proposal } = propose;
const proposed: Given<ErasurePlanEvent> = { type: 'ErasureProposed', data: proposal };
const chunk = (number: number, ...alumnusIds: string[]) => ({
  number,
  categories: ['programme'] as const,
  alumnusIds,
});
const named = (number: number): Given<ErasurePlanEvent> => ({
  type: 'ErasureChunkProposed',
  data: { erasureId, ...chunk(number, 'a1') },
});
const whole = [proposed, named(0), named(1)];
const approved: Given<ErasurePlanEvent> = { type: 'ErasureApproved', data: { erasureId, staffId: 's2' } };
const done = (number: number): Given<ErasurePlanEvent> => ({
  type: 'ErasureChunkExecuted',
  data: { erasureId, number, erased: 1, keys: 2 },
});
const approve = (staffId: string) => ({ kind: 'ApproveErasure', staffId }) as const;
const record = (number: number) => ({ kind: 'RecordExecuted', number, erased: 1, keys: 2 }) as const;
const end = { kind: 'EndErasure', erased: 2, left: 1, keys: 4, digest: 'ab' } as const;
const standing = (erasure: string) => refusal('erasure-standing', { erasure });

it('is proposed with a reason, about somebody', () => {
  given()
    .when(propose)
    .then([{ type: 'ErasureProposed', data: proposal }]);
  given(proposed).when(propose).then([]);
  given()
    .when({ ...propose, reason: ' ' })
    .then(refusal('reason-required'));
  given()
    .when({ ...propose, people: 0, held: 2 })
    .then(refusal('erasure-of-nobody', { held: 2, empty: 1 }));
  given().when(approve('s2')).then(refusal('erasure-unknown'));
});

it('is refused with the end where all that was asked for must stay', () => {
  const kept = { category: 'consent-evidence', number: 'consent-evidence', until: '2031-05-10' } as const;
  given()
    .when({ ...propose, people: 0, kept })
    .then(refusal('erasure-retained', kept));
  given()
    .when({ ...propose, kept })
    .then([{ type: 'ErasureProposed', data: proposal }]);
});

it('names its people in chunks, each once and in order, and is not approved before the last', () => {
  const name = { kind: 'ProposeChunk', ...chunk(0, 'a1', 'a2') } as const;
  given(proposed)
    .when(name)
    .then([{ type: 'ErasureChunkProposed', data: { erasureId, ...chunk(0, 'a1', 'a2') } }]);
  given(proposed, named(0)).when(name).then([]);
  given(proposed)
    .when({ ...name, number: 1 })
    .then(standing('drafting'));
  given(...whole)
    .when({ ...name, number: 2 })
    .then(standing('proposed'));
  given(proposed, named(0)).when(approve('s2')).then(standing('drafting'));
});

it('is approved by somebody else where it is large, by anybody where it is small, once', () => {
  given(...whole)
    .when(approve('s1'))
    .then(refusal('erasure-own-plan'));
  given(...whole)
    .when(approve('s2'))
    .thenTypes('ErasureApproved');
  const small = { ...proposed, data: { ...proposal, second: false } } as Given<ErasurePlanEvent>;
  given(small, named(0), named(1)).when(approve('s1')).thenTypes('ErasureApproved');
  given(...whole, approved)
    .when(approve('s2'))
    .then([]);
  given(...whole, approved)
    .when(approve('s3'))
    .then(standing('approved'));
});

it('is refused with a reason, and then over', () => {
  const refuse = { kind: 'RefuseErasure', staffId: 's1', reason: '保全の確認' } as const;
  const data = { erasureId, staffId: 's1', reason: '保全の確認' };
  given(...whole)
    .when(refuse)
    .then([{ type: 'ErasureRefused', data }]);
  given(...whole)
    .when({ ...refuse, reason: '' })
    .then(refusal('reason-required'));
  given(...whole, { type: 'ErasureRefused', data })
    .when(approve('s2'))
    .then(standing('refused'));
  given(...whole, approved, done(0))
    .when(refuse)
    .then(standing('running'));
});

it('is carried out chunk by chunk after approval, and ends after the last', () => {
  given(...whole)
    .when(record(0))
    .then(standing('proposed'));
  given(...whole, approved)
    .when(record(0))
    .thenTypes('ErasureChunkExecuted');
  given(...whole, approved)
    .when(record(1))
    .then(standing('approved'));
  given(...whole, approved, done(0))
    .when(record(0))
    .then([]);
  given(...whole, approved, done(0))
    .when(end)
    .then(standing('running'));
  const ended = {
    type: 'ErasureExecuted',
    data: { erasureId, erased: 2, left: 1, keys: 4, digest: 'ab' },
  } as const;
  given(...whole, approved, done(0), done(1))
    .when(end)
    .then([ended]);
  given(...whole, approved, done(0), done(1), ended)
    .when(end)
    .then([]);
  given(...whole, approved, done(0), done(1), ended)
    .when(record(1))
    .then([]);
});
