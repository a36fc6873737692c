import { generateLeavers, type GenerateOptions } from './generate';
import { parseLeavers, type LeaverResult } from './leavers';
import { proposeMapping } from './columns';
import { recognise } from './recognise';

const bytes = (options: Partial<GenerateOptions> = {}): Buffer =>
  Buffer.concat([
    ...generateLeavers({ count: 2000, seed: 7, layout: 'jinjer', encoding: 'cp932', ...options }),
  ]);

async function parsed(file: Buffer): Promise<LeaverResult[]> {
  const recognition = recognise(file);
  if (!recognition.ok) throw new Error(recognition.code);
  const { mapping } = proposeMapping(recognition.headers);
  const results: LeaverResult[] = [];
  for await (const result of parseLeavers([file], { recognition, mapping, today: '2026-01-01' }))
    results.push(result);
  return results;
}

describe('generateLeavers', () => {
  it.each([
    ['jinjer', 'cp932'],
    ['jinjer', 'utf-8'],
    ['plain', 'cp932'],
    ['plain', 'utf-8'],
  ] as const)(
    'without faults gives leavers only, with nothing to say about them: %s, %s',
    async (layout, encoding) => {
      const results = await parsed(bytes({ layout, encoding }));
      expect(results).toHaveLength(2000);
      expect(results.filter((one) => one.outcome !== 'leaver' || one.problems.length > 0)).toEqual([]);
      expect(new Set(results.map((one) => one.row?.employeeNumber)).size).toBe(2000);
      const names = results.map((one) => one.row?.familyName).join('');
      expect(names).toContain('髙');
      expect(names).toContain('﨑');
      expect(results.every((one) => /^[ァ-ヴー]+$/.test(one.row?.familyNameKana ?? ''))).toBe(true);
    },
  );

  it('is the same for the same seed, and record i does not depend on the count', () => {
    const all = bytes({ faults: true });
    expect(bytes({ faults: true }).equals(all)).toBe(true);
    const start = bytes({ faults: true, count: 700 });
    expect(all.subarray(0, start.length).equals(start)).toBe(true);
    expect(bytes({ faults: true, seed: 8 }).equals(all)).toBe(false);
  });

  it('puts every fault in when asked', async () => {
    const results = await parsed(bytes({ faults: true }));
    const codes = results.flatMap((one) => one.problems.map(({ code }) => code));
    expect(codes).toContain('date-impossible');
    expect(codes).toContain('email-invalid');
    expect(results.some((one) => one.outcome === 'not-a-leaver')).toBe(true);
    const rows = results.flatMap((one) => (one.row ? [JSON.stringify(one.row)] : []));
    expect(rows.some((row, at) => row === rows[at - 1])).toBe(true);
  });

  it('writes half-width kana and Japanese eras now and then', () => {
    const text = bytes({ encoding: 'utf-8' }).toString();
    expect(text).toMatch(/[ｱ-ﾝ]ﾞ/);
    expect(text).toMatch(/(平成|令和)\d+年/);
  });
});
