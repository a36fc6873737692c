import { refusal, scenario, type Given } from '../../../test/support/scenario';
import { companyDecider, type CompanyEvent } from './company';
import type { CompanyParty } from './shapes';

const { given } = scenario(companyDecider);
const identity = { ledgerId: 'l1', companyId: 'c1', mode: 'development' } as const;
const opened: Given<CompanyEvent> = { type: 'LedgerOpened', data: identity };
const party: CompanyParty = {
  name: { ja: '株式会社えにし', en: 'Enishi Inc.' },
  address: { ja: '東京都千代田区1-1', en: '1-1 Chiyoda, Tokyo' },
  representative: { ja: '代表取締役 縁 太郎', en: 'Taro Enishi, CEO' },
  contact: 'alumni@example.jp',
  type: 'private-company',
  jurisdiction: 'JP',
};
const contactPoint = { name: { ja: '個人情報窓口', en: 'Privacy desk' }, email: 'privacy@example.jp' };
const officer = { staffId: 's1', name: { family: '山田' }, title: '人事部長' };

it('is opened once, before all else', () => {
  given()
    .when({ kind: 'OpenLedger', ...identity })
    .then([{ type: 'LedgerOpened', data: identity }]);
  given(opened)
    .when({ kind: 'OpenLedger', ...identity })
    .then([]);
  given(opened)
    .when({ kind: 'OpenLedger', ...identity, ledgerId: 'l2' })
    .then(refusal('ledger-already-opened'));
  given().when({ kind: 'DescribeCompany', party }).then(refusal('ledger-not-opened'));
});

it('says who it is', () => {
  const described: Given<CompanyEvent> = { type: 'CompanyDescribed', data: { companyId: 'c1', party } };
  given(opened)
    .when({ kind: 'DescribeCompany', party })
    .then([described as never]);
  given(opened, described)
    .when({ kind: 'DescribeCompany', party: { ...party } })
    .then([]);
  const nameless = {
    ...party,
    name: { ja: '株式会社えにし', en: 'Enishi Inc.' },
    address: { ja: ' ', en: 'x' },
  };
  given(opened)
    .when({ kind: 'DescribeCompany', party: nameless })
    .then(refusal('company-field-missing', { field: 'address' }));
  given(opened)
    .when({ kind: 'DescribeCompany', party: { ...party, contact: '' } })
    .thenTypes('company-field-missing');
});

it('says where to turn to', () => {
  const set: Given<CompanyEvent> = { type: 'ContactPointSet', data: { companyId: 'c1', contactPoint } };
  given(opened)
    .when({ kind: 'SetContactPoint', contactPoint })
    .then([set as never]);
  given(opened, set).when({ kind: 'SetContactPoint', contactPoint }).then([]);
  given(opened)
    .when({ kind: 'SetContactPoint', contactPoint: { name: contactPoint.name } })
    .then(refusal('contact-point-unreachable'));
});

it('appoints its responsible officer', () => {
  const appointed: Given<CompanyEvent> = { type: 'ResponsibleOfficerAppointed', data: officer };
  given(opened)
    .when({ kind: 'AppointOfficer', ...officer })
    .then([appointed as never]);
  given(opened, appointed)
    .when({ kind: 'AppointOfficer', ...officer })
    .then([]);
  given(opened, appointed)
    .when({ kind: 'AppointOfficer', ...officer, staffId: 's2' })
    .thenTypes('ResponsibleOfficerAppointed');
  given(opened)
    .when({ kind: 'AppointOfficer', staffId: 's1', name: { family: '' } })
    .then(refusal('name-required'));
});

it('states how requests are made and what they cost, for the kinds that may cost something', () => {
  const matters = {
    procedure: { ja: '窓口へ', en: 'To the desk' },
    fees: [{ kind: 'disclosure', yen: 500 }],
  } as const;
  const state = { kind: 'StatePublicMatters', matters } as const;
  const event = { type: 'PublicMattersStated', data: { companyId: 'c1', matters } } as const;
  given(opened).when(state).then([event]);
  given(opened, event).when(state).then([]);
  const fees = [...matters.fees, { kind: 'disclosure', yen: 700 }] as const;
  for (const [code, change] of [
    ['procedure-missing', { procedure: { ja: '窓口へ', en: ' ' } }],
    ['fee-stated-twice', { fees }],
    ['fee-not-valid', { fees: [{ kind: 'disclosure', yen: 0 }] }],
    ['fee-not-valid', { fees: [{ kind: 'disclosure', yen: 1.5 }] }],
  ] as const) {
    given(opened)
      .when({ ...state, matters: { ...matters, ...change } })
      .then(refusal(code));
  }
});
