import * as fc from 'fast-check';
import { facts, refusal, scenario, type Given } from '../../../test/support/scenario';
import {
  duplicateDecider,
  linkedGroups,
  linksAt,
  pairOf,
  type DuplicateCommand,
  type DuplicateEvent,
} from './duplicate';

const { given } = scenario(duplicateDecider);
const pair = pairOf('b', 'a');
const here = { registered: true, erasing: false };
const about = { pair, reason: '本人に確認した', records: [here, here] } as const;
const link: DuplicateCommand = { kind: 'LinkAlumni', ...about };
const dismiss: DuplicateCommand = { kind: 'DismissDuplicate', ...about };
const unlink: DuplicateCommand = { kind: 'UnlinkAlumni', pair, reason: '同姓同名の別人だった' };
const data = { ...pair, reason: about.reason };
const linked: Given<DuplicateEvent> = { type: 'AlumniLinked', data };
const parted: Given<DuplicateEvent> = { type: 'AlumniUnlinked', data: { ...pair, linkId: 'e1' } };
const dismissed: Given<DuplicateEvent> = { type: 'DuplicateDismissed', data };

it('is the same pair whichever way round', () => {
  expect(pair).toEqual({ alumnusId: 'a', otherId: 'b' });
  expect(pairOf('a', 'b')).toEqual(pair);
});

it('links two records, once, also after they were parted or found to be different', () => {
  given()
    .when(link)
    .then([{ type: 'AlumniLinked', data }]);
  given(linked).when(link).then([]);
  given(linked, parted).when(link).thenTypes('AlumniLinked');
  given(dismissed).when(link).thenTypes('AlumniLinked');
});

it('parts what is linked, once, and names the link', () => {
  const reason = '同姓同名の別人だった';
  given(linked)
    .when(unlink)
    .then([{ type: 'AlumniUnlinked', data: { ...pair, linkId: 'e1', reason } }]);
  given(linked).when({ kind: 'UnlinkAlumni', pair }).thenTypes('AlumniUnlinked');
  given(linked, parted).when(unlink).then([]);
  given().when(unlink).then(refusal('not-linked'));
  given(dismissed).when(unlink).then(refusal('not-linked'));
});

it('notes that they are different people, once, but not while they are linked', () => {
  given()
    .when(dismiss)
    .then([{ type: 'DuplicateDismissed', data }]);
  given(dismissed).when(dismiss).then([]);
  given(linked, parted).when(dismiss).thenTypes('DuplicateDismissed');
  given(linked).when(dismiss).then(refusal('duplicate-linked'));
});

it.each<[string, Partial<typeof about> & object]>([
  ['alumnus-unknown', { records: [here, { ...here, registered: false }] as never }],
  ['erasure-started', { records: [{ ...here, erasing: true }, here] as never }],
  ['reason-required', { reason: ' ' as never }],
  ['link-to-itself', { pair: { alumnusId: 'a', otherId: 'a' } }],
])('refuses with %s', (code, change) => {
  for (const command of [link, dismiss])
    given()
      .when({ ...command, ...change } as DuplicateCommand)
      .thenTypes(code);
});

it('refuses what no text about a person may hold', () => {
  given()
    .when({ ...link, reason: '‮' } as DuplicateCommand)
    .thenTypes('control-character');
  given(linked).when({ kind: 'UnlinkAlumni', pair, reason: '123456789018' }).thenTypes('my-number');
});

const at = '2027-01-01T00:00:00.000Z';

it('knows which links hold at an instant', () => {
  const past = facts([linked, parted]);
  expect(linksAt(past, at)).toEqual([]);
  expect(linksAt(past, past[0]!.effectiveAt)).toEqual([{ ...pair, linkId: 'e1' }]);
  expect(linksAt(past, '2025-01-01T00:00:00.000Z')).toEqual([]);
});

it('puts everybody who is linked, directly or not, into one group, in whatever order the links came', () => {
  const edges = fc.array(fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 7 })), { maxLength: 12 });
  fc.assert(
    fc.property(edges, fc.infiniteStream(fc.nat()), (pairs, order) => {
      const links = pairs
        .filter(([one, other]) => one !== other)
        .map(([one, other], index) => ({ ...pairOf(`p${one}`, `p${other}`), linkId: `l${index}` }));
      const groups = linkedGroups(links);
      for (const { alumnusId, otherId, linkId } of links) {
        expect(groups.get(alumnusId)).toBe(groups.get(otherId));
        expect(groups.get(alumnusId)?.linkIds).toContain(linkId);
      }
      const all = [...new Set(groups.values())];
      expect(all.flatMap(({ members }) => members).sort()).toEqual([...groups.keys()].sort());
      expect(all.flatMap(({ linkIds }) => linkIds).sort()).toEqual(links.map(({ linkId }) => linkId).sort());
      for (const { members, linkIds } of all)
        expect(linkIds.length).toBeGreaterThanOrEqual(members.length - 1);
      const shuffled = links
        .map((link) => ({ link, by: order.next().value as number }))
        .sort((a, b) => a.by - b.by)
        .map(({ link }) => link);
      expect(Object.fromEntries(linkedGroups(shuffled))).toEqual(Object.fromEntries(groups));
    }),
  );
});
