import { schedule, version, type PurposeGiven } from '../../../test/support/purposes';
import { consentFloorAt, inForceAt, purposeSchedule, versionStanding } from './purpose-schedule';

const month = (number: number) => `2026-${String(number).padStart(2, '0')}-01T00:00:00.000Z`;
const first = version(1, 'first', month(1));

/** [in force, oldest version whose consents count] at each month from January on. */
function course(
  given: readonly PurposeGiven[],
  months: number,
): (readonly [number | undefined, number | undefined])[] {
  const planned = schedule(...given);
  return Array.from({ length: months }, (_, index) => {
    const at = month(index + 1);
    return [inForceAt(planned, at)?.version, consentFloorAt(planned, at)] as const;
  });
}

it('does not know a purpose without facts, and nothing is in force before publication', () => {
  expect(purposeSchedule([])).toBeUndefined();
  const draft = schedule(first[0]!);
  expect(draft.versions).toEqual([]);
  expect(inForceAt(draft, month(9))).toBeUndefined();
  expect(consentFloorAt(draft, month(9))).toBeUndefined();
});

it('lets an editorial revision keep earlier consents', () => {
  expect(course([...first, ...version(2, 'editorial', month(3))], 3)).toEqual([
    [1, 1],
    [1, 1],
    [2, 1],
  ]);
});

it('holds a related revision back until its notice is recorded (21(3))', () => {
  expect(inForceAt(schedule(...first, ...version(2, 'related', month(2))), month(9))?.version).toBe(1);
  const noticed = [...first, ...version(2, 'related', month(2), { noticeAt: month(4) })];
  expect(course(noticed, 4)).toEqual([
    [1, 1],
    [1, 1],
    [1, 1],
    [2, 1],
  ]);
});

it('does not let an editorial revision slip past a notice that is missing', () => {
  const given = [...first, ...version(2, 'related', month(2)), ...version(3, 'editorial', month(3))];
  expect(inForceAt(schedule(...given), month(9))?.version).toBe(1);
  const anew = [...given, ...version(4, 'beyond-scope', month(5))];
  expect(course(anew, 5).at(-1)).toEqual([4, 4]);
});

it('asks for consent anew after a beyond-scope revision (18(1))', () => {
  expect(
    course([...first, ...version(2, 'beyond-scope', month(2)), ...version(3, 'editorial', month(3))], 3),
  ).toEqual([
    [1, 1],
    [2, 2],
    [3, 2],
  ]);
});

it('ends with retirement', () => {
  const retired = { type: 'PurposeRetired', data: { purposeId: 'p1' }, effectiveAt: month(3) } as const;
  expect(course([...first, retired], 3)).toEqual([
    [1, 1],
    [1, 1],
    [undefined, undefined],
  ]);
});

it('takes the first notice of a version', () => {
  const [, , late] = version(2, 'related', month(2), { noticeAt: month(6) });
  const given = [
    ...first,
    ...version(2, 'related', month(2), { noticeAt: month(4) }),
    { ...late!, id: 'late' },
  ];
  expect(schedule(...given).versions[1]).toMatchObject({ usableFrom: month(4), noticeId: 'notice-2' });
});

describe('whether a consent still counts', () => {
  const planned = schedule(
    ...first,
    ...version(2, 'related', month(3), { noticeAt: month(3) }),
    ...version(3, 'beyond-scope', month(5)),
  );

  it.each([
    [1, 2, 2, 'counts'],
    [1, 2, 4, 'counts'],
    [1, 2, 6, 'earlier-version'],
    [2, 4, 4, 'counts'],
    [2, 2, 4, 'version-not-in-force'],
    [2, 4, 2, 'version-not-in-force'],
    [3, 6, 6, 'counts'],
    [9, 6, 6, 'version-not-in-force'],
  ] as const)(
    'version %i consented in month %i, asked for month %i: %s',
    (number, consented, at, standing) => {
      expect(versionStanding(planned, number, month(consented), month(at))).toBe(standing);
    },
  );

  it('says when nothing is in force', () => {
    expect(versionStanding(planned, 1, month(2), '2025-12-01T00:00:00.000Z')).toBe('nothing-in-force');
  });
});
