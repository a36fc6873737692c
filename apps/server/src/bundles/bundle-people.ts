import { maskedEmail, maskedPhone, maskedText } from '@enishi/access';
import {
  categoriesAt,
  disclosedAt,
  PEOPLE_FIELDS,
  peopleLines,
  readLeafText,
  type BundleLevel,
  type DisclosureLine,
  type PeopleField,
  type PersonLine,
} from '@enishi/bundle';
import type { Json } from '@enishi/domain';
import type { Infrastructure } from '../infrastructure';
import type { BundleMaking } from './bundle-files';

type Disclosed = Awaited<ReturnType<Infrastructure['vault']['disclose']>>[number][number];

/** What the level shows of sealed fields, in the order of the events; at level none nothing is opened. */
export async function* disclosureLines({
  excerpt,
  level,
  infrastructure: { vault },
}: BundleMaking): AsyncGenerator<readonly DisclosureLine[]> {
  if (level === 'none') return;
  for await (const page of excerpt.pages()) {
    const records = page.map(({ record }) => record);
    const groups = await vault.disclose(records, categoriesAt(level));
    yield records.flatMap(({ id }, at) => shown(id, groups[at]!, level));
  }
}

/** The lines about one event: by category, then by field. */
function shown(event: string, groups: readonly Disclosed[], level: BundleLevel): readonly DisclosureLine[] {
  return groups
    .toSorted((a, b) => (a.category < b.category ? -1 : 1))
    .flatMap((group): readonly DisclosureLine[] => {
      const { category } = group;
      if (group.erased) return [{ category, event, erased: true }];
      const erased = group.erasedFields.map((field) => ({ category, erased: true, event, field }) as const);
      const open = group.fields
        .filter(({ field }) => disclosedAt(level, category, field))
        .map((field) => ({ category, event, ...field }));
      return [...erased, ...open].toSorted((a, b) => (a.field < b.field ? -1 : 1));
    });
}

/** Who the people are, by id; contact is masked where the level does not show it. */
export async function* peoplePages({
  excerpt,
  level,
  infrastructure: { vault },
}: BundleMaking): AsyncGenerator<readonly PersonLine[]> {
  for await (const page of excerpt.people()) {
    const records = page.map(({ record }) => record);
    const groups = await vault.disclose(records, categoriesAt(level));
    const lines = records.flatMap(({ id }, at) => shown(id, groups[at]!, level));
    const values = new Map(
      records.flatMap(({ id }, at) =>
        fieldsOf(groups[at]!).map(([field, value]) => [`${id} ${field}`, value]),
      ),
    );
    const events = page.map(({ text, leaf }) => readLeafText(text, leaf));
    yield [...peopleLines(events, lines, level)].map((line) => masked(line, values));
  }
}

function fieldsOf(groups: readonly Disclosed[]): readonly (readonly [string, Json])[] {
  return groups.flatMap((group) =>
    group.erased ? [] : group.fields.map(({ field, value }) => [field, value] as const),
  );
}

const MASKS: Partial<Record<PeopleField, (value: string) => string>> = {
  email: maskedEmail,
  phone: maskedPhone,
  postalAddress: maskedText,
  lineId: maskedText,
};

/** The line with what its masked fields show. One whose value was removed shows nothing. */
function masked(line: PersonLine, values: ReadonlyMap<string, Json>): PersonLine {
  const shownOnes = PEOPLE_FIELDS.flatMap((field) => {
    const known = line[field];
    const value = known?.state === 'masked' ? values.get(`${known.event} ${field}`) : undefined;
    const mask = MASKS[field];
    return typeof value === 'string' && mask ? [[field, { ...known!, value: mask(value) }] as const] : [];
  });
  return { ...line, ...Object.fromEntries(shownOnes) };
}
