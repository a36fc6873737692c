import { assert, constantFrom, date, integer, property } from 'fast-check';
import { addDays } from '../time';
import type { Day } from '../kernel';
import { DOCUMENT_CODES, documentRow, type Anchor, type DocumentCode } from './documents';
import { LAW, LAW_CODES, type LawCode } from './law-table';
import { lawNumber, type LawSetting } from './law-number';
import { endAfter, periodEnd } from './period';
import { isOver, latestEnd, retentionEnd, type RetentionEnd } from './retention';

const TODAY = '2026-11-21';
const day = () =>
  date({ min: new Date('1950-01-01'), max: new Date('2150-12-31'), noInvalidDate: true }).map((at) =>
    at.toISOString().slice(0, 10),
  );

/** What law.md says, in years; the two policies about waiting are in person-retention.spec.ts. */
const YEARS: readonly (readonly [LawCode, number])[] = [
  ['labour-records', 3],
  ['health-check', 5],
  ['health-check-radiation', 30],
  ['health-check-chemicals', 30],
  ['health-check-asbestos', 40],
  ['interview-guidance', 5],
  ['employment-insurance', 4],
  ['labour-insurance', 3],
  ['workers-compensation', 3],
  ['social-insurance', 2],
  ['dependants-declaration', 7],
  ['withholding', 7],
  ['dispatch-source', 3],
  ['dispatch-destination', 3],
  ['my-number', 0],
  ['provision-record', 3],
  ['provision-record-contract', 1],
  ['consent-evidence', 5],
  ['request-record', 3],
];

describe('the numbers of law', () => {
  it.each(YEARS)('%s is %i years', (code, years) => {
    expect([lawNumber(code, TODAY), LAW[code].unit]).toEqual([years, 'years']);
  });

  it('programme-keep: data of the programme go when the consent is over, unless a purpose says otherwise', () => {
    expect([lawNumber('programme-keep', TODAY), LAW['programme-keep'].unit]).toEqual([0, 'months']);
  });

  it('each has versions in order, a default within its range, both languages', () => {
    for (const code of LAW_CODES) {
      const { versions, rule, law } = LAW[code];
      expect([...versions].map(({ from }) => from)).toEqual(versions.map(({ from }) => from).toSorted());
      for (const { value, least, most } of versions)
        expect(value).toBe(Math.min(most, Math.max(least, value)));
      for (const text of [rule, law])
        expect(Object.values(text).every((one) => one.trim() !== '')).toBe(true);
    }
  });

  const set = (value: number, from: Day): LawSetting => ({
    code: 'labour-records',
    value,
    from,
    eventId: from,
  });

  it('what the company sets holds from its day on, the later one over the earlier', () => {
    const both = [set(5, '2026-12-01'), set(4, '2027-04-01')];
    expect(
      ['2026-11-30', '2026-12-01', '2027-03-31', '2027-04-01'].map((at) =>
        lawNumber('labour-records', at, both),
      ),
    ).toEqual([3, 5, 5, 4]);
    expect(lawNumber('health-check', '2027-04-01', both)).toBe(5);
  });

  it('what the law does not allow does not count, whoever has set it', () => {
    expect(lawNumber('labour-records', TODAY, [set(2, '2026-01-01')])).toBe(3);
    expect(lawNumber('labour-records', TODAY, [set(6, '2026-01-01')])).toBe(3);
  });
});

describe('a period by the calendar (Civil Code 140, 143)', () => {
  it.each([
    ['2024-03-31', 36, '2027-03-31'],
    ['2024-02-28', 36, '2027-02-28'],
    ['2024-02-29', 36, '2027-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2023-02-28', 12, '2024-02-29'],
    ['2024-01-30', 1, '2024-02-29'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-08-30', 6, '2025-02-28'],
    ['2024-12-31', 12, '2025-12-31'],
    ['2024-06-15', 0, '2024-06-15'],
  ])('from what happened on %s, %i months end with %s', (from, months, end) => {
    expect(endAfter(from, months)).toBe(end);
  });

  it('is monotone in both, never shorter than the days in it, and goes on where it is continued', () => {
    assert(
      property(day(), day(), integer({ min: 0, max: 600 }), integer({ min: 0, max: 600 }), (a, b, m, n) => {
        const [first, second] = a <= b ? [a, b] : [b, a];
        const [short, long] = m <= n ? [m, n] : [n, m];
        expect(periodEnd(first, short) <= periodEnd(second, short)).toBe(true);
        expect(periodEnd(first, short) <= periodEnd(first, long)).toBe(true);
        expect(periodEnd(first, short) >= addDays(first, 28 * short - 1)).toBe(true);
        expect(periodEnd(first, short) <= addDays(first, 31 * short)).toBe(true);
        // A month that begins with its first day ends with its last, whatever the year.
        const begin = `${first.slice(0, 7)}-01`;
        expect(addDays(periodEnd(begin, short), 1)).toBe(
          addDays(periodEnd(begin, short), 1).slice(0, 8) + '01',
        );
        expect(periodEnd(addDays(periodEnd(begin, short), 1), long)).toBe(periodEnd(begin, short + long));
      }),
    );
  });
});

describe('the retention schedule', () => {
  const ends: readonly (readonly [DocumentCode, Partial<Record<Anchor, Day>>, Day])[] = [
    ['roster', { leaving: '2024-03-31' }, '2027-03-31'],
    ['wage-ledger', { 'last-entry': '2024-03-31', 'pay-date': '2024-04-25' }, '2027-04-25'],
    ['wage-ledger', { 'last-entry': '2024-05-01', 'pay-date': '2024-04-25' }, '2027-05-01'],
    ['hiring', { leaving: '2024-02-29' }, '2027-02-28'],
    ['dismissal', { dismissal: '2024-03-31' }, '2027-03-31'],
    ['retirement', { leaving: '2024-03-31' }, '2027-03-31'],
    ['accident', { 'compensation-end': '2024-03-31' }, '2027-03-31'],
    ['attendance', { completion: '2024-03-31', 'pay-date': '2024-04-25' }, '2027-04-25'],
    ['health-check', { creation: '2024-04-10' }, '2029-04-10'],
    ['health-check-radiation', { creation: '2024-04-10' }, '2054-04-10'],
    ['health-check-chemicals', { creation: '2024-04-10' }, '2054-04-10'],
    ['health-check-asbestos', { 'work-end': '2024-04-10' }, '2064-04-10'],
    ['interview-guidance', { creation: '2024-04-10' }, '2029-04-10'],
    ['employment-insurance', { completion: '2024-03-31' }, '2028-03-31'],
    ['labour-insurance', { completion: '2024-03-31' }, '2027-03-31'],
    ['workers-compensation', { completion: '2024-03-31' }, '2027-03-31'],
    ['social-insurance', { completion: '2024-03-31' }, '2026-03-31'],
    // From 11 January of the year after, that day included.
    ['dependants-declaration', { submission: '2024-01-31' }, '2032-01-10'],
    ['withholding', { 'filing-deadline': '2025-01-10' }, '2032-01-10'],
    ['dispatch-source', { 'dispatch-end': '2024-03-31' }, '2027-03-31'],
    ['dispatch-destination', { 'dispatch-end': '2024-03-31' }, '2027-03-31'],
    ['my-number', { 'task-end': '2032-01-10' }, '2032-01-10'],
    ['provision-record', { creation: '2024-03-31' }, '2027-03-31'],
    ['provision-record-batch', { 'last-provision': '2024-03-31' }, '2027-03-31'],
    ['provision-record-contract', { 'last-provision': '2024-03-31' }, '2025-03-31'],
    ['alumni-programme', { 'consent-end': '2024-03-31' }, '2024-03-31'],
    ['alumni-programme', { 'answer-due': '2024-06-30' }, '2024-06-30'],
    ['consent-evidence', { 'consent-end': '2024-03-31' }, '2029-03-31'],
    ['request-record', { 'decision-notified': '2024-03-31' }, '2027-03-31'],
  ];
  it.each(ends)('%s from %j is kept until %s', (document, anchors, until) => {
    expect(retentionEnd(document, anchors, TODAY)).toMatchObject({ kind: 'until', until });
  });

  it('has a case above for every row', () => {
    expect(new Set(ends.map(([document]) => document))).toEqual(new Set(DOCUMENT_CODES));
  });

  it('follows the switch of 5(3) in every row that is marked with it, and in no other', () => {
    const set = [{ code: 'labour-records', value: 5, from: '2026-04-01', eventId: 'e1' }] as const;
    const moved = ends.flatMap(([document, anchors]) => {
      const [three, five] = [
        retentionEnd(document, anchors, TODAY),
        retentionEnd(document, anchors, TODAY, set),
      ];
      return JSON.stringify(three) === JSON.stringify(five) ? [] : [document];
    });
    const marked: readonly DocumentCode[] = [
      'roster',
      'wage-ledger',
      'hiring',
      'dismissal',
      'retirement',
      'accident',
      'attendance',
    ];
    expect(new Set(moved)).toEqual(new Set(marked));
    expect(retentionEnd('roster', { leaving: '2024-03-31' }, TODAY, set)).toMatchObject({
      until: '2029-03-31',
    });
  });

  it('stays open while what it runs from is not known', () => {
    for (const document of DOCUMENT_CODES) {
      const { anchor } = documentRow(document);
      expect(retentionEnd(document, {}, TODAY)).toEqual({ kind: 'open', missing: anchor });
    }
    expect(retentionEnd('attendance', { 'pay-date': '2024-04-25' }, TODAY)).toMatchObject({ kind: 'open' });
  });

  it('ends with the latest of several, in whichever order they come, and not while one is open', () => {
    assert(
      property(day(), day(), constantFrom(...DOCUMENT_CODES), (a, b, document) => {
        const { anchor } = documentRow(document);
        const [one, other] = [a, b].map((at) => retentionEnd(document, { [anchor]: at }, TODAY));
        const latest = latestEnd([one!, other!]);
        expect(latest).toEqual(latestEnd([other!, one!]));
        expect(latest).toEqual(retentionEnd(document, { [anchor]: a > b ? a : b }, TODAY));
      }),
    );
    const until = (last: Day): RetentionEnd => ({ kind: 'until', from: '2020-01-01', until: last });
    const open: RetentionEnd = { kind: 'open', missing: 'leaving' };
    expect(latestEnd([until('2024-01-01'), open, until('2030-01-01')])).toEqual(open);
    expect(latestEnd([])).toBeUndefined();
  });

  it('is over on the day after its last, and what nothing keeps is over at once', () => {
    const end: RetentionEnd = { kind: 'until', from: '2024-04-01', until: '2027-03-31' };
    expect([isOver(end, '2027-03-31'), isOver(end, '2027-04-01')]).toEqual([false, true]);
    expect([isOver(undefined, TODAY), isOver({ kind: 'open', missing: 'leaving' }, '9999-12-31')]).toEqual([
      true,
      false,
    ]);
  });
});
