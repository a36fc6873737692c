import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseLeavers, proposeMapping, recognise, type LeaverResult, type Mapping } from '@enishi/intake';
import { notRun } from '../support/not-run';

const TODAY = '2026-11-21';
const samples = path.resolve(process.cwd(), '../shared/data');

function read(name: string): Buffer {
  return readFileSync(path.join(samples, name));
}

function recognised(file: Buffer): Extract<ReturnType<typeof recognise>, { ok: true }> {
  const recognition = recognise(file);
  if (!recognition.ok) throw new Error(recognition.code);
  return recognition;
}

async function results(file: Buffer, override: Mapping = {}, freeText = false): Promise<LeaverResult[]> {
  const recognition = recognised(file);
  const mapping = {
    ...proposeMapping(recognition.headers, recognition.myNumberColumns).mapping,
    ...override,
  };
  const all: LeaverResult[] = [];
  for await (const result of parseLeavers([file], { recognition, mapping, today: TODAY, freeText }))
    all.push(result);
  return all;
}

const count = (all: readonly LeaverResult[], outcome: LeaverResult['outcome']): number =>
  all.filter((one) => one.outcome === outcome).length;

const found = (all: readonly LeaverResult[]): unknown[] =>
  all.flatMap(({ line, problems }) =>
    problems.map(({ column, severity, code }) => ({ line, column, severity, code })),
  );

if (!existsSync(samples)) {
  notRun('reading the two sample files of leavers', '../shared/data is not on this machine');
  it.skip('reads the two sample files of leavers', () => undefined);
} else {
  describe('leavers-jinjer.cp932.csv', () => {
    const file = read('leavers-jinjer.cp932.csv');

    it('is recognised', () => {
      expect(recognised(file)).toMatchObject({
        encoding: 'cp932',
        bom: false,
        separator: ',',
        layout: 'jinjer',
        headerLine: 1,
        myNumberColumns: [],
      });
    });

    it('gives 57 leavers, 2 refused rows and one person who is still employed', async () => {
      const all = await results(file);
      expect(all).toHaveLength(60);
      expect([count(all, 'leaver'), count(all, 'refused'), count(all, 'not-a-leaver')]).toEqual([57, 2, 1]);
      expect(new Set(all.flatMap((one) => one.row?.employeeNumber ?? [])).size).toBe(55);
      expect(found(all)).toEqual([
        { line: 10, column: '退職年月日', severity: 'error', code: 'date-impossible' },
        { line: 11, column: '職場氏名(名)', severity: 'warning', code: 'given-name-missing' },
        { line: 18, column: '個人メールアドレス', severity: 'warning', code: 'email-invalid' },
        { line: 18, column: '携帯電話番号', severity: 'warning', code: 'phone-invalid' },
        { line: 19, column: '退職年月日', severity: 'error', code: 'left-before-joined' },
      ]);
      expect(all.find((one) => one.outcome === 'not-a-leaver')).toMatchObject({
        line: 7,
        reason: 'still-employed',
      });
    });

    it('keeps rare characters, reads era days and half-width kana, leaves free text out', async () => {
      const all = await results(file);
      const rowAt = (line: number): LeaverResult['row'] => all.find((one) => one.line === line)?.row;
      expect(rowAt(2)).toEqual({
        employeeNumber: '000123',
        familyName: '佐藤',
        givenName: '花子',
        familyNameKana: 'サトウ',
        givenNameKana: 'ハナコ',
        department: '営業部',
        job: '法人営業',
        employmentKind: 'regular',
        joinedOn: '2012-04-01',
        leftOn: '2019-03-31',
        leavingKind: 'personal-reason',
        leavingReason: '転職',
        email: 'hanako.sato@example.jp',
        phone: '+819012345678',
      });
      expect(rowAt(3)?.familyName).toBe('髙橋');
      expect(rowAt(4)).toMatchObject({ familyName: '﨑山', joinedOn: '2010-04-01', leftOn: '2021-06-30' });
      expect(rowAt(5)).toMatchObject({
        familyNameKana: 'スズキ',
        givenNameKana: 'ケン',
        employmentKind: 'contract',
        leavingKind: 'contract-end',
        joinedOn: '2018-10-01',
      });
      expect(rowAt(6)?.leavingKind).toBe('retirement-age');
      expect(rowAt(8)?.leftOn).toBe('2024-02-29');
      expect(rowAt(9)).toMatchObject({ department: '派遣（就業先：架空商事）', employmentKind: 'dispatch' });
      expect(rowAt(13)).toMatchObject({ employeeNumber: '000133', leavingKind: 'company-reason' });
      // The quoted line break takes two physical lines.
      expect(rowAt(15)).toMatchObject({ employeeNumber: '000134' });
      expect(rowAt(16)?.leavingKind).toBe('disciplinary-dismissal');
      expect(rowAt(18)).not.toHaveProperty('email');
      expect(rowAt(18)).not.toHaveProperty('phone');
      expect(all.some((one) => one.row?.leavingDetail !== undefined)).toBe(false);
    });

    it('takes the detail of leaving when asked, with its line break', async () => {
      const all = await results(file, {}, true);
      expect(all.find((one) => one.line === 13)?.row?.leavingDetail).toBe('希望退職\n（2023年春の募集）');
    });
  });

  describe('HRDataset_v14.csv', () => {
    const file = read('HRDataset_v14.csv');
    // In this file First_Name holds family names.
    const swap: Mapping = { First_Name: 'familyName', Last_Name: 'givenName' };

    it('is recognised, and its sensitive columns are refused', () => {
      const recognition = recognised(file);
      expect(recognition).toMatchObject({ encoding: 'utf-8', bom: true, separator: ';', layout: 'unknown' });
      const { columns } = proposeMapping(recognition.headers);
      expect(
        columns.flatMap((one) => (one.reason === 'refused' ? [[one.header, one.refused.item]] : [])),
      ).toEqual([
        ['MarriedID', 'marital-status'],
        ['MaritalStatusID', 'marital-status'],
        ['PerfScoreID', 'evaluation'],
        ['Salary', 'salary'],
        ['MaritalDesc', 'marital-status'],
        ['CitizenDesc', 'nationality'],
        ['HispanicLatino', 'race'],
        ['RaceDesc', 'race'],
        ['PerformanceScore', 'evaluation'],
        ['LastPerformanceReview_Date', 'evaluation'],
      ]);
      expect(columns.flatMap((one) => (one.target === 'ignore' ? [] : [[one.header, one.target]]))).toEqual([
        ['First_Name', 'givenName'],
        ['Last_Name', 'familyName'],
        ['EmpID', 'employeeNumber'],
        ['Position', 'job'],
        ['DOB', 'birthDate'],
        ['DateofHire', 'joinedOn'],
        ['DateofTermination', 'leftOn'],
        ['TermReason', 'leavingReason'],
        ['EmploymentStatus', 'leavingKind'],
        ['Department', 'department'],
      ]);
    });

    it('gives 104 leavers and 206 who have not left', async () => {
      const all = await results(file, swap);
      expect(all).toHaveLength(310);
      expect([count(all, 'leaver'), count(all, 'not-a-leaver')]).toEqual([104, 206]);
      expect(all[0]?.row).toEqual({
        employeeNumber: '10084',
        familyName: 'Ait Sidi',
        givenName: 'Karthikeyan',
        department: 'IT/IS',
        job: 'Sr. DBA',
        joinedOn: '2015-03-30',
        leftOn: '2016-06-16',
        leavingKind: 'personal-reason',
        leavingReason: 'career change',
        birthDate: '1975-05-05',
      });
      const kinds = all.map((one) => one.row?.leavingKind);
      expect(kinds.filter((kind) => kind === 'personal-reason')).toHaveLength(88);
      expect(kinds.filter((kind) => kind === 'dismissal')).toHaveLength(16);
      // The three reasons that speak of health are left out, and said to be.
      expect(all.flatMap((one) => one.problems.map(({ code }) => code))).toEqual(
        Array(3).fill('sensitive-text'),
      );
    });

    it('cannot be made to import a refused column', async () => {
      await expect(results(file, { ...swap, RaceDesc: 'department', Department: 'ignore' })).rejects.toThrow(
        /column-refused/,
      );
    });
  });
}
