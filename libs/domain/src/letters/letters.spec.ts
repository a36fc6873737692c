import { facts } from '../../../../test/support/scenario';
import type { Refusal } from '../kernel';
import { BUILT_IN } from './built-in';
import { composeText, noticeMail, sampleValues, valuesFault } from './compose';
import { dayText } from './day-text';
import { LETTER_KINDS, TEMPLATE_KINDS } from './kinds';
import { exactText, issuedText } from './letter';
import { letterNumberDecider, numberingDecider, numberingYear } from './numbering';
import { valuesWanted } from './placeholders';
import { letterTemplateDecider, templateFault } from './template';

const PARTY = {
  name: { ja: '株式会社架空', en: 'Kaku Inc.' },
  address: { ja: '東京都千代田区架空町1-2-3', en: '1-2-3 Kaku-cho, Chiyoda-ku, Tokyo' },
  representative: { ja: '代表取締役 架空 太郎', en: 'Taro Kaku, Representative Director' },
  contact: 'privacy@example.jp',
  type: 'private-company',
  jurisdiction: 'JP',
} as const;

describe('a day in a letter', () => {
  it.each([
    ['2026-11-22', '令和8年11月22日', '22 November 2026'],
    ['2019-05-01', '令和元年5月1日', '1 May 2019'],
    ['2019-04-30', '平成31年4月30日', '30 April 2019'],
    ['1989-01-07', '昭和64年1月7日', '7 January 1989'],
    ['1989-01-08', '平成元年1月8日', '8 January 1989'],
    ['1926-12-24', '大正15年12月24日', '24 December 1926'],
    ['1912-07-29', '1912年7月29日', '29 July 1912'],
  ])('%s', (day, ja, en) => {
    expect([dayText(day, 'ja'), dayText(day, 'en')]).toEqual([ja, en]);
  });
});

describe('the texts that come with the program', () => {
  it.each(TEMPLATE_KINDS)('%s is a template, and leaves nothing open', (kind) => {
    expect(templateFault(kind, BUILT_IN[kind])).toBeUndefined();
    for (const language of ['ja', 'en'] as const) {
      const { subject, body } = composeText(kind, BUILT_IN[kind][language], sampleValues(kind), language);
      expect(`${subject}${body}`).not.toMatch(/[{}]|undefined|\[object/);
    }
  });

  it.each(LETTER_KINDS)('%s has the form of an office’s letter', (kind) => {
    const lines = BUILT_IN[kind].ja.body.split('\n');
    expect(lines[0]).toMatch(/^拝啓　/);
    const places = ['敬具', '記', '以上'].map((word) => lines.indexOf(word));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    expect(lines.at(-1)).toBe('以上');
  });
});

describe('a template of the company’s own', () => {
  const kind = 'request-received';
  const { ja, en } = BUILT_IN[kind];
  const fault = (body: string, subject = ja.subject) => templateFault(kind, { ja: { subject, body }, en });
  const hashes = { hashJa: 'a'.repeat(64), hashEn: 'b'.repeat(64) };

  it.each([
    ['nothing', '  ', 'letter-text-missing', { part: 'body' }],
    ['an unknown placeholder', `${ja.body}\n{salary}`, 'letter-placeholder-unknown', { line: 14 }],
    ['an empty placeholder', `{}${ja.body}`, 'letter-placeholder-unknown', { line: 1 }],
    ['an open brace', `${ja.body}{`, 'letter-brace-alone', { part: 'body' }],
    [
      'no day of receipt',
      ja.body.replace('{receivedOn}', ''),
      'letter-placeholder-missing',
      { placeholder: 'receivedOn' },
    ],
    ['a NUL', `${ja.body}\u0000`, 'control-character', { field: 'letter.body' }],
  ])('with %s is refused', (_, body, code, details) => {
    const refusal = fault(body) as Refusal;
    expect(refusal.code).toBe(code);
    expect(refusal.details).toMatchObject(details);
    expect(JSON.stringify(refusal.details)).not.toContain('salary');
  });

  it('takes a subject of one line', () => {
    expect(fault(ja.body, '一行目\n二行目')).toMatchObject({ code: 'control-character' });
  });

  it('is a version, once; going back is one too', () => {
    const content = { ja: { ...ja, subject: '受付のお知らせ' }, en };
    const revise = { kind: 'ReviseLetterTemplate', letter: kind, content, ...hashes } as const;
    const revert = { kind: 'RevertLetterTemplate', letter: kind } as const;
    const context = { decidedAt: '2026-11-22T00:00:00.000Z' };
    const decide = (
      command: typeof revise | typeof revert,
      state: { version: number; content?: typeof content },
    ) => letterTemplateDecider.decide(command, state, context);
    expect(decide(revise, { version: 0 })).toMatchObject([
      { type: 'LetterTemplateRevised', data: { version: 1 } },
    ]);
    expect(decide(revise, { version: 1, content })).toEqual([]);
    expect(decide({ ...revise, content: { ja, en } }, { version: 0 })).toEqual([]);
    expect(decide(revert, { version: 1, content })).toMatchObject([
      { type: 'LetterTemplateReverted', data: { version: 2 } },
    ]);
    expect(decide(revert, { version: 2 })).toEqual([]);
  });
});

describe('the values of a letter', () => {
  it.each(TEMPLATE_KINDS)('of %s: samples fit, and without any that it must have they do not', (kind) => {
    const wanted = valuesWanted(kind);
    const samples = Object.fromEntries(Object.entries(wanted).map(([name, { sample }]) => [name, sample]));
    expect(valuesFault(kind, samples)).toBeUndefined();
    for (const [name, { mandatory }] of Object.entries(wanted)) {
      const { [name]: _, ...rest } = samples;
      expect(valuesFault(kind, rest)?.code).toBe(mandatory ? 'letter-value-missing' : undefined);
    }
    expect(valuesFault(kind, { ...samples, 氏名: '縁野' })?.code).toBe('letter-value-unknown');
  });

  it('are days that exist, numbers, and single lines where they must be', () => {
    const good = { request: 'R-1', requestKind: { ja: '開示', en: 'disclosure' }, receivedOn: '2026-11-20' };
    const code = (more: object) => valuesFault('request-received', { ...good, ...more })?.code;
    expect(code({})).toBeUndefined();
    expect(code({ receivedOn: '2026-02-30' })).toBe('letter-value-invalid');
    expect(code({ request: 'R\n1' })).toBe('letter-value-invalid');
    expect(code({ requestKind: { ja: '開示', en: ' ' } })).toBe('letter-value-invalid');
  });

  it('that are not there take their line with them', () => {
    const text = { subject: '件名', body: '一\n番号：{request}\n二' };
    expect(composeText('correction-made', text, {}, 'ja').body).toBe('一\n二');
    expect(composeText('correction-made', text, { request: 'R-1' }, 'ja').body).toBe('一\n番号：R-1\n二');
  });

  it('stand in a notice in both languages', () => {
    const values = { incomplete: 4, import: 'i1', page: 'https://enishi.example.jp/', company: PARTY.name };
    const { subject, text } = noticeMail('evidence-waits', BUILT_IN['evidence-waits'], values);
    expect(subject).toBe('【Enishi】証跡の確認をお待ちしている同意が 4 件あります / 4 consents wait for you');
    expect(text).toContain('株式会社架空\n管理責任者様');
    expect(text).toContain('To the responsible officer\nKaku Inc.');
  });
});

describe('document numbers', () => {
  it.each([
    ['2026-03-31', 2025, 2026],
    ['2026-04-01', 2026, 2026],
    ['2026-12-31', 2026, 2026],
    ['2027-01-01', 2026, 2027],
  ])('%s is of the year', (day, fiscal, calendar) => {
    expect([numberingYear(day, 'fiscal'), numberingYear(day, 'calendar')]).toEqual([fiscal, calendar]);
  });

  const take = (letterId: string, numbers: readonly (readonly [letterId: string, number: number])[]) => {
    const command = { kind: 'TakeNumber', letterId, year: 2026, prefix: '縁' } as const;
    const given = facts(
      numbers.map(([id, number]) => ({
        type: 'LetterNumbered' as const,
        data: { letterId: id, year: 2026, number, documentNumber: 'x' },
      })),
    );
    return letterNumberDecider.decide(command, given, { decidedAt: '2026-11-22T00:00:00.000Z' });
  };

  it('begin at one, and grow by one, whatever was read of those before', () => {
    expect(take('a', [])).toMatchObject([{ data: { number: 1, documentNumber: '縁-2026-000001' } }]);
    expect(take('a', [['b', 122]])).toMatchObject([{ data: { documentNumber: '縁-2026-000123' } }]);
    const wide = take('a', [['b', 999_999]]);
    expect(wide).toMatchObject([{ data: { documentNumber: '縁-2026-1000000' } }]);
  });

  it('are one for each letter', () => {
    expect(
      take('a', [
        ['a', 7],
        ['b', 8],
      ]),
    ).toEqual([]);
  });

  it.each(['', '人 事', '{', '\u0000', 'あ'.repeat(21)])('have a prefix, and not %j', (prefix) => {
    const command = { kind: 'SetNumbering', prefix, year: 'fiscal' } as const;
    const decision = numberingDecider.decide(command, numberingDecider.initial, { decidedAt: '' });
    expect(decision).toMatchObject({ code: 'letter-prefix-invalid' });
  });

  it('keep what was set', () => {
    const [set] = facts([{ type: 'LetterNumberingSet', data: { prefix: '総人', year: 'calendar' } }]);
    expect(numberingDecider.evolve(numberingDecider.initial, set as never)).toEqual({
      prefix: '総人',
      year: 'calendar',
    });
  });
});

it('the exact text of a letter has this form, which is fixed', () => {
  const text = issuedText(
    { subject: '件名', body: '拝啓\n敬具' },
    {
      documentNumber: '縁-2026-000123',
      date: '令和8年11月22日',
      to: '髙﨑 花子',
      language: 'ja',
      party: PARTY,
      contactPoint: { name: { ja: '個人情報相談窓口', en: 'Privacy desk' }, email: 'desk@example.jp' },
    },
  );
  expect(exactText(text)).toBe(`縁-2026-000123
令和8年11月22日

髙﨑 花子 様

株式会社架空
個人情報相談窓口
東京都千代田区架空町1-2-3
desk@example.jp

件名

拝啓
敬具
`);
});
