import { proposeConsentMapping, checkConsentMapping } from './consent-columns';
import { parseConsents, type ConsentResult } from './consents';
import { recognise } from './recognise';

const HEADER = '社員番号,氏名,利用目的,版,連絡手段,回答,同意日,同意方法,取得方法,本人確認,言語,証跡';
const GOOD =
  '００１２,縁野 一,rehire,第1版,メール・電話,同意する,R8.1.10,書面,退職面談,面識あり,日本語,人事部の綴り';

async function read(rows: readonly string[], header = HEADER): Promise<readonly ConsentResult[]> {
  const bytes = Buffer.from([header, ...rows].join('\n'));
  const recognition = recognise(bytes);
  if (!recognition.ok) throw new Error(recognition.code);
  const { mapping } = proposeConsentMapping(recognition.headers);
  const results: ConsentResult[] = [];
  for await (const one of parseConsents([bytes], { recognition, mapping, today: '2026-11-21' }))
    results.push(one);
  return results;
}

it('reads what offices write', async () => {
  expect(await read([GOOD])).toEqual([
    {
      line: 2,
      number: 1,
      problems: [],
      row: {
        employeeNumber: '0012',
        fullName: '縁野 一',
        purpose: 'rehire',
        purposeVersion: 1,
        channels: ['email', 'phone'],
        answer: 'granted',
        effectiveAt: '2026-01-09T15:00:00.000Z',
        method: 'document',
        captureChannel: 'exit-interview',
        identityCheck: 'known-in-person',
        language: 'ja',
        evidence: '人事部の綴り',
      },
    },
  ]);
});

it.each([
  ['2026/1/10 9:05', '2026-01-10T00:05:00.000Z'],
  ['2026-01-10T09:05:06', '2026-01-10T00:05:06.000Z'],
  ['2026-01-10T00:05:06.007Z', '2026-01-10T00:05:06.007Z'],
])('reads the time of day in %s', async (text, effectiveAt) => {
  const [{ row } = {}] = await read([GOOD.replace('R8.1.10', text)]);
  expect(row).toMatchObject({ effectiveAt });
});

it('leaves out what may be missing', async () => {
  const [{ row } = {}] = await read(['1,縁野一,rehire,,email,withdrawn,2026-01-10,oral,oral,call-back,,']);
  expect(row).toMatchObject({ answer: 'withdrawn' });
  expect(row).not.toHaveProperty('purposeVersion');
  expect(row).not.toHaveProperty('evidence');
});

it.each<[string, string, string]>([
  ['メール・電話', '伝書鳩', 'value-unknown'],
  ['同意する', 'たぶん', 'value-unknown'],
  ['R8.1.10', '2026-12-01', 'effective-in-future'],
  ['R8.1.10', '2026-01-10 25:00', 'date-unreadable'],
  ['R8.1.10', '2026-02-30', 'date-impossible'],
  ['第1版', '最新', 'version-not-a-number'],
  ['縁野 一', '', 'required-missing'],
  ['人事部の綴り', '1234-5678-9018', 'my-number'],
  ['人事部の綴り', '=1+1', 'formula'],
])('refuses a row with another %s, and never repeats it', async (from, to, code) => {
  const [result] = await read([GOOD.replace(from, to)]);
  expect(result?.row).toBeUndefined();
  expect(result?.problems).toMatchObject([{ severity: 'error', code }]);
  if (to !== '') expect(JSON.stringify(result)).not.toContain(to);
});

it('tells records that are broken, and goes on', async () => {
  const results = await read(['1,2', GOOD]);
  expect(results.map(({ line, problems }) => [line, problems[0]?.code])).toEqual([
    [2, 'columns-ragged'],
    [3, undefined],
  ]);
});

it('says what a mapping lacks', () => {
  const headers = ['社員番号', '氏名', '信条'];
  const { mapping, columns } = proposeConsentMapping(headers);
  expect(columns[2]).toMatchObject({ target: 'ignore', reason: 'refused' });
  const codes = checkConsentMapping({ ...mapping, 信条: 'evidence', x: 'purpose', 氏名: 'nothing' }, headers);
  expect(codes.map(({ code, field }) => `${code} ${field}`)).toEqual(
    expect.arrayContaining([
      'column-refused evidence',
      'column-unknown purpose',
      'field-unknown nothing',
      'field-required answer',
    ]),
  );
});

it('names the scan of a row, of a refused one too', async () => {
  const header = `${HEADER},同意書ファイル名`;
  const results = await read(
    [`${GOOD},部\\同意書.PDF`, `${GOOD.replace('同意する', 'たぶん')},b.pdf`, `${GOOD},..`],
    header,
  );
  expect(results.map(({ scan, problems }) => [scan, ...problems.map(({ code }) => code)])).toEqual([
    ['同意書.pdf'],
    ['b.pdf', 'value-unknown'],
    [undefined, 'scan-name-not-valid'],
  ]);
  expect(results[0]?.row).toMatchObject({ evidenceFile: '同意書.pdf' });
});
