import { facts, refusal, scenario, type Given } from '../../../test/support/scenario';
import { programmeDecider, type DraftProgramme } from './programme';
import { programmeInForceAt, programmeSchedule, type ProgrammeEvent } from './programme-schedule';
import type { ProgrammeContent } from './shapes';
import { PROGRAMME_TEMPLATES } from './templates';

const { given } = scenario(programmeDecider);
const now = '2026-06-01T00:00:00.000Z';
const later = '2026-09-01T00:00:00.000Z';
const past = '2026-05-01T00:00:00.000Z';

const content: ProgrammeContent = { ...PROGRAMME_TEMPLATES['rehire']!, purposeIds: ['p1'] };
const other: ProgrammeContent = { ...content, reviewMonths: 6 };
const draft: DraftProgramme = { kind: 'DraftProgramme', programmeId: 'g1', code: 'rehire', content };
const drafted = (version: number, of = content): Given<ProgrammeEvent> => ({
  type: 'ProgrammeDrafted',
  data: { programmeId: 'g1', version, code: 'rehire', content: of },
});
const published = (version: number, effectiveAt: string): Given<ProgrammeEvent> => ({
  type: 'ProgrammePublished',
  id: `published-${version}`,
  data: { programmeId: 'g1', version },
  effectiveAt,
});
const closed: Given<ProgrammeEvent> = {
  type: 'ProgrammeClosed',
  data: { programmeId: 'g1' },
  effectiveAt: later,
};

it('is drafted in versions; the same again is none', () => {
  const data = { programmeId: 'g1', code: 'rehire', content };
  given()
    .when({ ...draft, officerId: 's1' })
    .then([{ type: 'ProgrammeDrafted', data: { ...data, version: 1, officerId: 's1' } }]);
  given(drafted(1)).when(draft).then([]);
  const { code: _, ...revision } = draft;
  given(drafted(1))
    .when({ ...revision, content: other })
    .then([{ type: 'ProgrammeDrafted', data: { ...data, version: 2, content: other } }]);
  given(drafted(1))
    .when({ ...draft, code: 'other' })
    .then(refusal('code-is-fixed'));
});

it.each<[Partial<DraftProgramme>, string]>([
  [{ code: 'A' }, 'code-invalid'],
  [{ content: { ...content, title: { ja: '', en: 'x' } } }, 'programme-content-incomplete'],
  [{ content: { ...content, purposeIds: [] } }, 'programme-content-incomplete'],
  [{ content: { ...content, reviewMonths: 0.5 } }, 'programme-content-incomplete'],
  [{ content: { ...content, eligibility: { any: [] } } }, 'eligibility-rule-invalid'],
])('is refused: %#', (change, code) =>
  given()
    .when({ ...draft, ...change })
    .thenTypes(code),
);

it('is published now or later, in order, once', () => {
  const publish = { kind: 'PublishProgramme', version: 1 } as const;
  const data = { programmeId: 'g1', version: 1 };
  given(drafted(1))
    .when(publish, now)
    .then([{ type: 'ProgrammePublished', data }]);
  given(drafted(1))
    .when({ ...publish, effectiveAt: later }, now)
    .then([{ type: 'ProgrammePublished', data, effectiveAt: later }]);
  given(drafted(1))
    .when({ ...publish, effectiveAt: past }, now)
    .then(refusal('effective-in-past'));
  given(drafted(1))
    .when({ ...publish, version: 2 }, now)
    .then(refusal('version-unknown', { version: 2 }));
  given(drafted(1), published(1, past)).when(publish, now).then([]);
  given(drafted(1), published(1, past))
    .when({ ...publish, effectiveAt: later }, now)
    .thenTypes('version-already-published');
  given(drafted(1), drafted(2, other), published(2, past)).when(publish, now).thenTypes('version-superseded');
  given(drafted(1), published(1, later), drafted(2, other))
    .when({ ...publish, version: 2 }, now)
    .thenTypes('published-out-of-order');
});

it('closes for good', () => {
  given().when({ kind: 'CloseProgramme' }).then(refusal('programme-unknown'));
  given(drafted(1), published(1, past))
    .when({ kind: 'CloseProgramme', effectiveAt: later }, now)
    .then([{ type: 'ProgrammeClosed', data: { programmeId: 'g1' }, effectiveAt: later }]);
  given(drafted(1), closed).when({ kind: 'CloseProgramme' }, now).then([]);
  given(drafted(1))
    .when({ kind: 'CloseProgramme', effectiveAt: past }, now)
    .then(refusal('effective-in-past'));
  given(drafted(1), closed)
    .when({ kind: 'CloseProgramme', effectiveAt: now }, now)
    .then(refusal('programme-closed'));
  given(drafted(1), closed)
    .when({ kind: 'PublishProgramme', version: 1 }, now)
    .then(refusal('programme-closed'));
  given(drafted(1), closed)
    .when({ ...draft, content: other }, now)
    .then(refusal('programme-closed'));
});

it('is in force from its publication until it closes', () => {
  const schedule = programmeSchedule(
    facts([drafted(1), published(1, past), drafted(2, other), published(2, now), closed]),
  )!;
  expect(programmeInForceAt(schedule, '2026-04-30T00:00:00.000Z')).toBeUndefined();
  expect(programmeInForceAt(schedule, past)?.version).toBe(1);
  expect(programmeInForceAt(schedule, now)?.version).toBe(2);
  expect(programmeInForceAt(schedule, later)).toBeUndefined();
  expect(programmeSchedule([])).toBeUndefined();
});
