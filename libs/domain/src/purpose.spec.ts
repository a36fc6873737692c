import { noticeHash, purposeContent, version } from '../../../test/support/purposes';
import { refusal, scenario } from '../../../test/support/scenario';
import { purposeDecider, type DraftPurpose, type RecordNotice } from './purpose';

const { given } = scenario(purposeDecider);
const now = '2026-06-01T00:00:00.000Z';
const later = '2026-09-01T00:00:00.000Z';
const past = '2026-05-01T00:00:00.000Z';

const content = purposeContent();
const draft = (number: number, change: Partial<DraftPurpose> = {}): DraftPurpose => ({
  kind: 'DraftPurpose',
  purposeId: 'p1',
  content,
  noticeHashJa: noticeHash(number, 'ja'),
  noticeHashEn: noticeHash(number, 'en'),
  ...change,
});
const notice: RecordNotice = {
  kind: 'RecordNotice',
  version: 1,
  method: 'website',
  proof: 'https://example.jp/alumni',
};
const first = version(1, 'first', '2026-01-01T00:00:00.000Z');
const rewritten = purposeContent({ title: { ja: '再雇用のお知らせ', en: 'Rehire news' } });
const wider = purposeContent({ channels: ['email', 'phone', 'post'] });
const retired = { type: 'PurposeRetired', data: { purposeId: 'p1' }, effectiveAt: later } as const;

describe('drafting', () => {
  it('begins with version 1, which asks for consent whatever it is called', () => {
    const data = { purposeId: 'p1', version: 1, revision: 'first', code: 'rehire', content };
    const hashes = { noticeHashJa: noticeHash(1, 'ja'), noticeHashEn: noticeHash(1, 'en') };
    given()
      .when(draft(1, { code: 'rehire', revision: 'editorial' }))
      .then([{ type: 'PurposeDrafted', data: { ...data, ...hashes } as never }]);
  });

  it('says what a revision is', () => {
    given(...first)
      .when(draft(2, { content: rewritten }))
      .then(refusal('revision-kind-missing'));
    given(...first)
      .when(draft(2, { content: rewritten, revision: 'editorial' }))
      .thenTypes('PurposeDrafted');
    given(...first)
      .when(draft(2, { content: wider, revision: 'editorial' }))
      .then(refusal('revision-not-editorial'));
    given(...first)
      .when(draft(2, { content: wider, revision: 'related' }))
      .thenTypes('PurposeDrafted');
  });

  it('of the same text changes nothing', () => {
    given(first[0]!)
      .when(draft(1, { code: 'rehire' }))
      .then([]);
    given(...first)
      .when(draft(1, { revision: 'editorial' }))
      .then([]);
    given(...first)
      .when(draft(1, { revision: 'beyond-scope' }))
      .thenTypes('PurposeDrafted');
  });

  it.each<[Partial<DraftPurpose>, string]>([
    [{}, 'code-invalid'],
    [{ code: 'Re hire' }, 'code-invalid'],
    [
      { code: 'rehire', content: purposeContent({ notice: { ja: '通知', en: ' ' } }) },
      'purpose-content-incomplete',
    ],
    [{ code: 'rehire', content: purposeContent({ channels: [] }) }, 'purpose-content-incomplete'],
    [
      { code: 'rehire', content: purposeContent({ purposeType: 'recruitment' }) },
      'purpose-content-incomplete',
    ],
    [{ code: 'rehire', content: purposeContent({ validityMonths: 0 }) }, 'purpose-content-incomplete'],
  ])('is refused: %#', (change, code) => given().when(draft(1, change)).thenTypes(code));

  it('keeps the code', () =>
    given(...first)
      .when(draft(2, { code: 'other', revision: 'related' }))
      .then(refusal('code-is-fixed')));
});

describe('publishing', () => {
  it('takes effect now or later, never before', () => {
    const data = { purposeId: 'p1', version: 1, revision: 'first' } as const;
    given(first[0]!)
      .when({ kind: 'PublishPurpose', version: 1 }, now)
      .then([{ type: 'PurposePublished', data }]);
    given(first[0]!)
      .when({ kind: 'PublishPurpose', version: 1, effectiveAt: later }, now)
      .then([{ type: 'PurposePublished', data, effectiveAt: later }]);
    given(first[0]!)
      .when({ kind: 'PublishPurpose', version: 1, effectiveAt: past }, now)
      .then(refusal('effective-in-past'));
  });

  it('happens once', () => {
    given(...first)
      .when({ kind: 'PublishPurpose', version: 1 }, now)
      .then([]);
    given(...first)
      .when({ kind: 'PublishPurpose', version: 1, effectiveAt: later }, now)
      .then(refusal('version-already-published', { version: 1 }));
  });

  it('keeps versions in order', () => {
    const second = version(2, 'related', later);
    const third = version(3, 'editorial', later);
    given(...first, second[0]!, ...third)
      .when({ kind: 'PublishPurpose', version: 2 }, now)
      .then(refusal('version-superseded', { version: 2 }));
    given(...first, ...second, third[0]!)
      .when({ kind: 'PublishPurpose', version: 3 }, now)
      .then(refusal('published-out-of-order', { version: 3, after: 2 }));
    given(...first, version(2, 'first', later)[0]!)
      .when({ kind: 'PublishPurpose', version: 2 }, now)
      .then(refusal('version-superseded', { version: 2 }));
    given(...first)
      .when({ kind: 'PublishPurpose', version: 9 }, now)
      .then(refusal('version-unknown', { version: 9 }));
  });

  it('does not pass off as editorial what is no longer', () => {
    const widened = version(2, 'related', past, { content: { channels: ['email', 'phone', 'post'] } });
    const stale = version(3, 'editorial', past);
    given(...first, ...widened, stale[0]!)
      .when({ kind: 'PublishPurpose', version: 3 }, now)
      .then(refusal('revision-not-editorial'));
  });
});

describe('notices', () => {
  it('are recorded with their proof, once', () => {
    const { kind: _, ...data } = notice;
    given(...first)
      .when(notice, now)
      .then([{ type: 'NoticePublished', data: { purposeId: 'p1', ...data } }]);
    const noticed = version(1, 'first', past, { noticeAt: past });
    given(...noticed)
      .when(notice, now)
      .then([]);
    given(...noticed)
      .when({ ...notice, method: 'post' }, now)
      .thenTypes('NoticePublished');
  });

  it('need proof, a published version and a time that has come', () => {
    given(...first)
      .when({ ...notice, proof: ' ' }, now)
      .then(refusal('notice-proof-missing'));
    given(first[0]!)
      .when(notice, now)
      .then(refusal('version-not-published', { version: 1 }));
    given(...first)
      .when({ ...notice, effectiveAt: later }, now)
      .then(refusal('effective-in-future'));
    given(...first)
      .when({ ...notice, effectiveAt: past }, now)
      .thenTypes('NoticePublished');
  });
});

it('ends for good', () => {
  given().when({ kind: 'RetirePurpose' }).then(refusal('purpose-unknown'));
  given(...first)
    .when({ kind: 'RetirePurpose', effectiveAt: later }, now)
    .then([retired]);
  given(...first)
    .when({ kind: 'RetirePurpose', effectiveAt: past }, now)
    .then(refusal('effective-in-past'));
  given(...first, retired)
    .when({ kind: 'RetirePurpose' }, now)
    .then([]);
  given(...first, retired)
    .when({ kind: 'RetirePurpose', effectiveAt: now }, now)
    .then(refusal('purpose-retired'));
  given(...first, retired)
    .when(notice, now)
    .then(refusal('purpose-retired'));
  given(...first, retired)
    .when(draft(2, { revision: 'related' }), now)
    .then(refusal('purpose-retired'));
});
