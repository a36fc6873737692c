import { checkMapping, LEAVER_FIELDS, PLAIN_COLUMNS, proposeMapping, type Mapping } from './columns';

const headers = ['社員番号', '氏', '名', '入社日', '退職日', '所属', '備考', '性別', '国籍', '番号'];
const mapping: Mapping = {
  社員番号: 'employeeNumber',
  氏: 'familyName',
  入社日: 'joinedOn',
  退職日: 'leftOn',
};

describe('proposeMapping', () => {
  it.each(['ja', 'en'] as const)('knows every column of the plain layout (%s), and it passes', (language) => {
    const names = Object.values(PLAIN_COLUMNS[language]);
    const proposed = proposeMapping(names);
    expect(Object.values(proposed.mapping)).toEqual(Object.keys(PLAIN_COLUMNS[language]));
    expect(checkMapping(proposed.mapping, names)).toEqual([]);
  });

  it.each([
    ['従業員番号', 'employeeNumber'],
    ['EmpID', 'employeeNumber'],
    ['Employee No.', 'employeeNumber'],
    ['職場氏名（氏）', 'familyName'],
    ['姓（ヨミガナ）', 'familyNameKana'],
    ['ｶﾅ(名)', 'givenNameKana'],
    ['氏名 カナ', 'fullNameKana'],
    ['退職年月日※', 'leftOn'],
    ['DateofTermination', 'leftOn'],
    ['Date of Hire', 'joinedOn'],
    ['DOB', 'birthDate'],
    ['e-mail', 'email'],
    ['ＬＩＮＥ ＩＤ', 'lineId'],
    ['旧姓', 'formerFamilyName'],
  ])('knows %s', (header, field) => {
    expect(proposeMapping([header]).mapping).toEqual({ [header]: field });
  });

  it('says why a column is left out', () => {
    const reasons = proposeMapping(headers, ['番号']).columns.map((column) => column.reason);
    expect(reasons.slice(5)).toEqual(['name-known', 'free-text', 'not-needed', 'refused', 'refused']);
  });

  it('prefers the name used at work, and the parts to the whole', () => {
    expect(
      proposeMapping(['戸籍氏名(氏)', '職場氏名(氏)', '氏名']).columns.map((column) => column.reason),
    ).toEqual(['another-column-fits-better', 'name-known', 'another-column-fits-better']);
  });

  it('takes headers as they are, even those an object knows already', () => {
    const { mapping: odd } = proposeMapping(['__proto__', 'constructor', '社員番号']);
    expect(Object.entries(odd)).toEqual([
      ['__proto__', 'ignore'],
      ['constructor', 'ignore'],
      ['社員番号', 'employeeNumber'],
    ]);
  });

  it('has no name for two fields', () => {
    const { mapping: all } = proposeMapping(LEAVER_FIELDS);
    expect(Object.keys(all)).toHaveLength(LEAVER_FIELDS.length);
    for (const field of LEAVER_FIELDS) expect(proposeMapping([field]).mapping).toEqual({ [field]: field });
  });
});

describe('checkMapping', () => {
  const check = (extra: Mapping): unknown => checkMapping({ ...mapping, ...extra }, headers, ['番号']);

  it('passes a good one', () => {
    expect(check({ 名: 'givenName', 備考: 'ignore' })).toEqual([]);
  });

  it.each([
    [
      { 所属: 'familyName' },
      { code: 'field-mapped-twice', column: '所属', field: 'familyName', params: { other: '氏' } },
    ],
    [{ 退職日: 'ignore' }, { code: 'field-required', field: 'leftOn' }],
    [{ 氏: 'ignore' }, { code: 'field-required', field: 'familyName' }],
    [{ 備考: 'department' }, { code: 'column-free-text', column: '備考', field: 'department' }],
    [{ 性別: 'department' }, { code: 'column-not-needed', column: '性別', field: 'department' }],
    [{ 部署: 'department' }, { code: 'column-unknown', column: '部署', field: 'department' }],
    [
      { 名: 'fullName' },
      { code: 'name-mapped-twice', column: '名', field: 'fullName', params: { other: '氏' } },
    ],
    [
      { 国籍: 'department' },
      { code: 'column-refused', column: '国籍', field: 'department', params: { item: 'nationality' } },
    ],
    [
      { 番号: 'job' },
      { code: 'column-refused', column: '番号', field: 'job', params: { item: 'my-number' } },
    ],
    [{ 名: 'remarks' as 'job' }, { code: 'field-unknown', column: '名', field: 'remarks' }],
  ] as [Mapping, object][])('%j: %j', (extra, problem) => {
    expect(check(extra)).toMatchObject([problem]);
  });
});
