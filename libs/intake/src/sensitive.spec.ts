import fc from 'fast-check';
import { holdsMyNumber, isMyNumber, refusedColumn, seemsSensitive } from './sensitive';

/** A My Number made here by the rule's own words, from eleven digits. */
function withCheckDigit(eleven: string): string {
  const p = (n: number): number => Number(eleven[11 - n]);
  const q = (n: number): number => (n <= 6 ? n + 1 : n - 5);
  const rest =
    Array.from({ length: 11 }, (_, at) => p(at + 1) * q(at + 1)).reduce((sum, one) => sum + one) % 11;
  return eleven + (rest <= 1 ? 0 : 11 - rest);
}

const eleven = fc.stringMatching(/^\d{11}$/);

describe('My Number', () => {
  it('is told by its check digit', () => {
    // Worked by hand: the digits 1 to 11 of 12345678901 give 11 − (Σ mod 11) = 8.
    expect(isMyNumber('123456789018')).toBe(true);
    fc.assert(
      fc.property(eleven, fc.integer({ min: 1, max: 9 }), (digits, shift) => {
        const number = withCheckDigit(digits);
        expect(isMyNumber(number)).toBe(true);
        expect(isMyNumber(digits + ((Number(number[11]) + shift) % 10))).toBe(false);
      }),
    );
  });

  it.each([
    ['123456789018', true],
    ['1234-5678-9018', true],
    ['１２３４ ５６７８ ９０１８', true],
    ['番号は123456789018です', true],
    ['123456789012', false],
    ['+123456789018', false],
    ['1234567890180', false],
    ['090-1234-5678', false],
    ['', false],
  ])('is found in %j: %s', (text, expected) => {
    expect(holdsMyNumber(text)).toBe(expected);
  });
});

describe('refused columns', () => {
  it.each([
    ['RaceDesc', 'race'],
    ['HispanicLatino', 'race'],
    ['ETHNICITY', 'race'],
    ['CitizenDesc', 'nationality'],
    ['marital_status', 'marital-status'],
    ['MaritalDesc', 'marital-status'],
    ['Salary', 'salary'],
    ['PerfScoreID', 'evaluation'],
    ['My Number', 'my-number'],
    ['Family Members', 'family'],
    ['マイナンバー', 'my-number'],
    ['個人 番号', 'my-number'],
    ['人種', 'race'],
    ['国籍', 'nationality'],
    ['本籍地', 'registered-domicile'],
    ['信条', 'creed'],
    ['労働組合', 'union-membership'],
    ['健康診断結果', 'medical-history'],
    ['障がい者区分', 'disability'],
    ['犯罪歴', 'criminal-record'],
    ['配偶者の有無', 'marital-status'],
    ['扶養家族', 'family'],
    ['人事評価', 'evaluation'],
    ['基本給', 'salary'],
  ])('%s holds %s', (header, item) => {
    expect(refusedColumn(header)?.item).toBe(item);
    expect(refusedColumn(header)?.law).not.toBe('');
  });

  it.each([
    'Trace',
    'family_name',
    'FamilyName',
    'FamilyNameKana',
    '社員番号',
    'Department',
    '退職理由',
    'Position',
    '携帯電話番号',
  ])('%s is not refused', (header) => {
    expect(refusedColumn(header)).toBeUndefined();
  });
});

it('a text that speaks of health or crime is told from one that does not', () => {
  expect(['持病の療養のため', 'medical issues', '労働組合の活動'].map(seemsSensitive)).toEqual([
    true,
    true,
    true,
  ]);
  expect(['転職', '家庭の事情', '配偶者転勤', 'がんばりたい', 'career change'].some(seemsSensitive)).toBe(
    false,
  );
});
