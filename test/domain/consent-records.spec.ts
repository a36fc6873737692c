import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  consentReceipts,
  consentRecords,
  RECORD_CONTEXT,
  RECORD_PROFILE,
  Refusal,
  type CompanyParty,
  type ConsentEvent,
  type ConsentReceipt,
  type ConsentRecord,
  type RecordSources,
} from '@enishi/domain';
import { about, answered, granted, month, of, refused, requested, withdrawn } from '../support/consents';
import { notRun } from '../support/not-run';
import { schedule, version } from '../support/purposes';
import { facts, type Given } from '../support/scenario';

interface JsonLd {
  expand(
    document: object,
    options: { documentLoader: (url: string) => never; safe: true },
  ): Promise<readonly Readonly<Record<string, unknown>>[]>;
}
// Has no types of its own.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const jsonld = require('jsonld') as JsonLd;

const PARTY: CompanyParty = {
  name: { ja: '株式会社架空', en: 'Kaku Inc.' },
  address: { ja: '東京都千代田区架空町1-2-3', en: '1-2-3 Kaku-cho, Tokyo' },
  representative: { ja: '架空 太郎', en: 'Taro Kaku' },
  contact: 'privacy@example.jp',
  type: 'private-company',
  email: 'privacy@example.jp',
  phone: '03-0000-0000',
  url: 'https://example.jp/',
  jurisdiction: 'JP',
};
const expiring: Given<ConsentEvent> = { ...granted, data: { ...answered, expiresAt: month(5) } };
const incomplete: Given<ConsentEvent> = { ...granted, data: { ...answered, evidenceIncomplete: true } };
const { alumnusId, purposeId } = of;
const voided: Given<ConsentEvent> = {
  type: 'ConsentInvalidated',
  data: { alumnusId, purposeId, voided: 'e1' },
  decidedAt: month(4),
};
const approved: Given<ConsentEvent> = {
  type: 'ConsentEvidenceApproved',
  data: { alumnusId, purposeId, approved: 'e1' },
  decidedAt: month(4),
};

/** Everything that may have happened to a consent, and the states a record tells of it. */
const CASES: readonly (readonly [string, readonly Given<ConsentEvent>[], readonly string[]])[] = [
  ['requested', [requested], ['ConsentRequested']],
  ['given', [requested, granted], ['ConsentRequested', 'ConsentGiven']],
  ['refused', [refused], ['ConsentRefused']],
  ['withdrawn', [granted, withdrawn], ['ConsentGiven', 'ConsentWithdrawn']],
  ['expired', [expiring], ['ConsentGiven', 'ConsentExpired']],
  ['invalidated', [granted, voided], ['ConsentGiven', 'ConsentInvalidated']],
  ['not proven', [incomplete], ['ConsentUnknown']],
  ['approved', [incomplete, approved], ['ConsentUnknown', 'ConsentGiven']],
  ['renewed', [granted, { ...granted, decidedAt: month(3) }], ['ConsentGiven', 'RenewedConsentGiven']],
  ['withdrawn before it ran out', [expiring, withdrawn], ['ConsentGiven', 'ConsentWithdrawn']],
];

const sources = (given: readonly Given<ConsentEvent>[], changes: Partial<RecordSources> = {}) => ({
  alumnusId,
  companyId: 'c1',
  party: PARTY,
  schedule: about.schedule,
  facts: facts(given),
  at: month(6),
  ...changes,
});
function made<T>(answer: readonly T[] | Refusal): readonly T[] {
  if (answer instanceof Refusal) throw new Error(answer.code);
  return answer;
}
const records = (given: readonly Given<ConsentEvent>[]) =>
  made<ConsentRecord>(consentRecords(sources(given))) as readonly (ConsentRecord & {
    events: readonly Readonly<Record<string, unknown>>[];
    purposes: readonly Readonly<Record<string, unknown>>[];
  })[];
const receipts = (given: readonly Given<ConsentEvent>[]) =>
  made<ConsentReceipt>(consentReceipts(sources(given)));

/** Expanded with the context that travels with the records; any other document is an error. */
const expanded = (given: readonly Given<ConsentEvent>[]) => expandedOf(records(given));
const expandedOf = (graph: readonly ConsentRecord[]) =>
  jsonld.expand(
    { '@context': RECORD_CONTEXT, '@graph': graph },
    {
      documentLoader: (url) => {
        throw new Error(`not shipped: ${url}`);
      },
      safe: true,
    },
  );

const HEADER = ['schema_version', 'record_id', 'pii_principal_id', 'privacy_notice', 'language', 'purposes'];
const PURPOSE = [
  'purpose',
  'pii_information',
  'pii_controllers',
  'storage_locations',
  'retention_period',
  'jurisdiction',
  'recipient_third_parties',
  'withdrawal_method',
];
const PARTY_FIELDS = ['party_id', 'party_address', 'party_name', 'party_contact', 'party_type', 'party_role'];
const EVENT = ['event_time', 'validity_duration', 'entity_id', 'event_type', 'event_state'];

describe.each(CASES)('of a consent that is %s', (_, given, states) => {
  it('a record tells every state in order', () => {
    const [record, ...others] = records(given);
    expect(others).toEqual([]);
    expect(record!.events.map((event) => event['event_state'])).toEqual(states.map((one) => `dpv:${one}`));
  });

  it('a record fills every mandatory field of ISO/IEC TS 27560', () => {
    for (const record of records(given)) {
      const [purpose] = record.purposes;
      const all: readonly (readonly [unknown, readonly string[]])[] = [
        [record, HEADER],
        [purpose, PURPOSE],
        ...(purpose!['pii_controllers'] as unknown[]).map((party) => [party, PARTY_FIELDS] as const),
        ...(purpose!['pii_information'] as unknown[]).map(
          (one) => [one, ['pii_type', 'pii_attribute_id']] as const,
        ),
        ...record.events.map((event) => [event, EVENT] as const),
      ];
      const missing = all.flatMap(([part, fields]) => {
        const values = part as Readonly<Record<string, unknown>>;
        return fields.filter((field) => values[field] === undefined || values[field] === '');
      });
      expect(missing).toEqual([]);
    }
  });

  it('expands without a network into terms that the vocabulary has', async () => {
    const file = path.join(__dirname, '../../../shared/data/dpv-2.3-terms.txt');
    if (!existsSync(file)) {
      return notRun('terms of consent records against DPV 2.3', 'the list of terms is not on this machine');
    }
    const terms = new Set(readFileSync(file, 'utf8').split(/\r?\n/));
    const text = JSON.stringify(await expanded(given));
    const used = new Set(text.match(/https:\/\/w3id\.org\/dpv[^"]*/g));
    used.delete(RECORD_PROFILE);
    expect(used.size).toBeGreaterThan(30);
    expect([...used].filter((term) => !terms.has(term))).toEqual([]);
    // What expansion would have dropped, or left relative, is not there to be lost.
    for (const state of states) expect(text).toContain(`https://w3id.org/dpv#${state}"`);
    expect(text).not.toMatch(/"@(id|type)":\s*\[?"(?!https?:|urn:uuid:)/);
  });
});

it('a record keeps every field of ours through expansion', async () => {
  const known = new Set<string>(Object.keys(RECORD_CONTEXT));
  const named = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, member] of Object.entries(value)) {
        named.add(key);
        visit(member);
      }
    }
  };
  visit(records([requested, granted]));
  const terms = [...named].filter((key) => !key.startsWith('@') && key !== 'ja' && key !== 'en');
  expect(terms.filter((key) => !known.has(key))).toEqual([]);
  const [record] = await expanded([requested, granted]);
  const [graph] = record!['@type'] ? [record] : (record!['@graph'] as readonly object[]);
  expect(graph).toMatchObject({
    '@type': ['https://w3id.org/dpv#ConsentRecord'],
    'https://w3id.org/dpv#hasDataSubject': [{ '@id': `urn:uuid:${alumnusId}` }],
  });
});

describe('records', () => {
  const second = schedule(
    ...version(1, 'first', '2025-01-01T00:00:00.000Z'),
    ...version(2, 'beyond-scope', month(3)),
  );
  const again: Given<ConsentEvent> = {
    type: 'ConsentGranted',
    data: { ...answered, channels: ['phone'], purposeVersion: 2, language: 'en' },
    decidedAt: month(4),
  };
  const both: Given<ConsentEvent> = {
    ...withdrawn,
    data: { ...withdrawn.data, channels: ['email', 'phone'] },
    decidedAt: month(5),
  };

  it('are one for each text that was shown; a withdrawal is told in each it ends', () => {
    const told = made(consentRecords(sources([granted, again, both], { schedule: second }))).map((record) => {
      const { language, events } = record as {
        language: string;
        events: readonly { event_state: string; contact_channels: readonly string[] }[];
      };
      return [language, ...events.map((one) => [one.event_state, ...one.contact_channels].join(' '))];
    });
    expect(told).toEqual([
      ['ja', 'dpv:ConsentGiven email', 'dpv:ConsentWithdrawn email'],
      ['en', 'dpv:ConsentGiven phone', 'dpv:ConsentWithdrawn phone'],
    ]);
  });

  it('keep their id whatever is recorded later', () => {
    const late: Given<ConsentEvent> = { ...refused, effectiveAt: month(1), decidedAt: month(4) };
    expect(records([granted, late])[0]!['record_id']).toBe(records([granted])[0]!['record_id']);
  });

  it('name the person or the company as who acted', () => {
    const [record] = records([requested, granted]);
    expect(record!.events.map((event) => event['entity_id'])).toEqual(['urn:uuid:c1', 'urn:uuid:a1']);
  });

  it('are refused where a mandatory field has no source, and the field is named', () => {
    const { party: _, ...without } = sources([granted]);
    expect(consentRecords(without)).toEqual(new Refusal('record-incomplete', { field: 'pii_controllers' }));
    expect(consentReceipts({ ...sources([again]), schedule: about.schedule })).toEqual(
      new Refusal('record-incomplete', { field: 'privacy_notice' }),
    );
  });

  it('keep what a purpose says in its own words as words', async () => {
    const said = {
      jurisdiction: '日本法',
      lawfulBasis: '本人の同意',
      piiTypes: ['氏名'],
      storageLocations: ['東京のデータセンター'],
    };
    const own = schedule(...version(1, 'first', '2025-01-01T00:00:00.000Z', { content: said }));
    const graph = made(consentRecords(sources([granted], { schedule: own })));
    const text = JSON.stringify(await expandedOf(graph));
    for (const words of Object.values(said).flat()) expect(text).toContain(`{"@value":"${words}"}`);
    expect(text).toContain('https://w3id.org/dpv#PersonalData');
  });

  it('of nobody asked are none', () => {
    expect(records([])).toEqual([]);
  });
});

describe('receipts', () => {
  it('are given for consents, not for questions, refusals, errors and what is not proven', () => {
    const counts = CASES.map(([name, given]) => [name, receipts(given).length] as const);
    expect(Object.fromEntries(counts)).toEqual({
      requested: 0,
      given: 1,
      refused: 0,
      withdrawn: 1,
      expired: 1,
      invalidated: 0,
      'not proven': 0,
      approved: 1,
      renewed: 2,
      'withdrawn before it ran out': 1,
    });
  });

  it('state what was agreed to, in the language it was read in', () => {
    const { content } = about.schedule.versions[0]!;
    expect(receipts([granted])).toEqual([
      {
        version: 'KI-CR-v1.1.0',
        jurisdiction: 'JP',
        consentTimestamp: Date.parse(month(2)) / 1000,
        collectionMethod: 'paper / document',
        consentReceiptID: 'e1',
        language: 'ja',
        piiPrincipalId: alumnusId,
        piiControllers: [
          {
            piiController: '株式会社架空',
            contact: 'privacy@example.jp',
            address: '東京都千代田区架空町1-2-3',
            email: 'privacy@example.jp',
            phone: '03-0000-0000',
          },
        ],
        services: [
          {
            service: content.service!.ja,
            purposes: [
              {
                purpose: content.title.ja,
                purposeCategory: [content.purposeType],
                consentType: 'EXPLICIT',
                piiCategory: content.piiTypes,
                termination: content.withdrawalMethod.ja,
                thirdPartyDisclosure: false,
              },
            ],
          },
        ],
        sensitive: false,
        spiCat: [],
      },
    ]);
  });

  it('name recipients and data that needs special care where the purpose does', () => {
    const content = {
      recipients: [{ ja: '株式会社架空物流', en: 'Kaku Logistics Inc.' }],
      piiTypes: ['https://w3id.org/dpv/pd#Name', 'https://w3id.org/dpv/pd#Health'],
    };
    const shared = schedule(...version(1, 'first', '2025-01-01T00:00:00.000Z', { content }));
    const [receipt] = made(consentReceipts(sources([granted], { schedule: shared })));
    expect(receipt).toMatchObject({
      sensitive: true,
      spiCat: ['https://w3id.org/dpv/pd#Health'],
      services: [{ purposes: [{ thirdPartyDisclosure: true, thirdPartyName: '株式会社架空物流' }] }],
    });
  });
});
