import { refusedColumn, seemsSensitive } from './sensitive';

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
