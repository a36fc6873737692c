import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  parseEligibilityRule,
  PROGRAMME_TEMPLATES,
  programmeContentProblem,
  PURPOSE_TEMPLATES,
  purposeContentProblem,
  resolveTemplate,
  TEMPLATE_CODES,
  type CompanyParty,
  type ContactPoint,
} from '@enishi/domain';
import { notRun } from '../support/not-run';

const company: CompanyParty = {
  name: { ja: '株式会社えにし', en: 'Enishi Inc.' },
  address: { ja: '東京都千代田区1-1', en: '1-1 Chiyoda, Tokyo' },
  representative: { ja: '縁 太郎', en: 'Taro Enishi' },
  contact: 'alumni@example.jp',
  type: 'private-company',
  email: 'alumni@example.jp',
  jurisdiction: 'JP',
};
const desk: ContactPoint = {
  name: { ja: '個人情報窓口', en: 'Privacy desk' },
  phone: '03-0000-0000',
  hours: { ja: '平日9時から17時', en: 'weekdays 9 to 17' },
};

it('are eight, each a purpose and its programme', () => {
  expect(Object.keys(PURPOSE_TEMPLATES).toSorted()).toEqual([...TEMPLATE_CODES].toSorted());
  expect(Object.keys(PROGRAMME_TEMPLATES).toSorted()).toEqual([...TEMPLATE_CODES].toSorted());
});

describe.each([...TEMPLATE_CODES])('%s', (code) => {
  const purpose = resolveTemplate(PURPOSE_TEMPLATES[code]!, company, desk);
  const programme = { ...PROGRAMME_TEMPLATES[code]!, purposeIds: ['p1'] };

  it('fills every field of a record, and leaves no placeholder', () => {
    expect(purposeContentProblem(purpose)).toBeUndefined();
    expect(JSON.stringify(purpose)).not.toMatch(/\{\w+\}/);
    expect(purpose.recipients.length).toBeGreaterThan(0);
  });

  it('says who, what for, which data, how long, that it is voluntary, how to withdraw, and where to turn to', () => {
    for (const part of [
      '株式会社えにし',
      '東京都千代田区1-1',
      '縁 太郎',
      '利用目的',
      '利用する情報',
      '保存期間',
      '任意',
      '撤回',
      '個人情報窓口、03-0000-0000',
    ]) {
      expect(purpose.notice.ja).toContain(part);
    }
    for (const part of [
      'Enishi Inc.',
      'What we use the data for',
      'Which data',
      'How long',
      'free to agree or not',
      'withdraw',
      'Privacy desk, 03-0000-0000',
    ]) {
      expect(purpose.notice.en).toContain(part);
    }
    expect(purpose.notice.ja).not.toMatch(/である。|だ。/);
  });

  it('has a programme that uses no other channel and a valid rule', () => {
    expect(programmeContentProblem(programme)).toBeUndefined();
    expect(parseEligibilityRule(programme.eligibility)).toEqual({ rule: programme.eligibility });
    expect(programme.channels.every((channel) => purpose.channels.includes(channel))).toBe(true);
  });
});

it('names the company’s own contact where no contact point is set, each once', () => {
  expect(resolveTemplate(PURPOSE_TEMPLATES['news']!, company).withdrawalMethod.en).toContain(
    'contacting alumni@example.jp in',
  );
});

it('uses only terms that the Data Privacy Vocabulary has', () => {
  const file = path.join(__dirname, '../../../shared/data/dpv-2.3-terms.txt');
  if (!existsSync(file))
    return notRun('terms of the templates against DPV 2.3', 'the list of terms is not on this machine');
  const terms = new Set(readFileSync(file, 'utf8').split(/\r?\n/));
  const used = Object.values(PURPOSE_TEMPLATES).flatMap(
    ({ purposeType, lawfulBasis, piiTypes, storageLocations, processingLocations }) => [
      purposeType,
      lawfulBasis,
      ...piiTypes,
      ...storageLocations,
      ...processingLocations,
    ],
  );
  expect([...new Set(used)].filter((term) => !terms.has(term))).toEqual([]);
});
