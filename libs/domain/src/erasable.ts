import type { Day, Refusal } from './kernel';
import type { LawCode } from './law/law-table';
import { ERASABLE, PLANNABLE, type Category, type ErasureGround } from './terms';

/** Until when a category of a person must stay, by what keeps it longest. */
export interface KeptCategory {
  readonly category: Category;
  /** The last day on which it must stay; absent where what keeps it still stands. */
  readonly until?: Day;
  /** The number of law that gives the period. */
  readonly number: LawCode;
}

/** What a plan of erasure comes to for one person. */
export interface PersonPlan {
  /** What goes now; empty where nothing of it lives that may go. */
  readonly goes: readonly Category[];
  /** What lives and is not named because it must stay, and until when. */
  readonly waits: readonly KeptCategory[];
}

/** What somebody asks to have erased. */
export interface ErasureWish {
  readonly ground: ErasureGround;
  /** Absent: all that may go. */
  readonly categories?: readonly Category[];
}

/** Whether a category must stay on a day. */
function mustStay({ until }: Pick<KeptCategory, 'until'>, today: Day): boolean {
  return until === undefined || until >= today;
}

/** Of several, what stays longest. */
export function longestKept(kept: readonly KeptCategory[]): KeptCategory | undefined {
  return kept.toSorted((a, b) => ((a.until ?? '9999') < (b.until ?? '9999') ? 1 : -1))[0];
}

/**
 * What of a person goes now, and what waits for which rule until when. The evidence of consents and the records of requests
 * go when their own end has come, whoever asks and however (22). What else the company holds goes by order at any time:
 * nothing obliges it to keep that; by retention only what nothing keeps any more. Where something goes, what never had a
 * key is closed too, so that nothing is sealed of the person afterwards.
 *
 * @param living categories of which a key lives
 * @param kept what keeps each category longest; one without an entry is kept by nothing
 */
export function planOf(
  living: readonly Category[],
  { ground, categories = PLANNABLE }: ErasureWish,
  kept: readonly KeptCategory[],
  today: Day,
): PersonPlan {
  const stays = (category: Category): boolean =>
    kept.some((one) => one.category === category && mustStay(one, today));
  // What an earlier erasure took, or nobody ever gave, is not named again for the sake of evidence alone.
  const closes =
    living.some((category) => !isOwnEnd(category)) && (ground !== 'retention' || !stays('programme'));
  const may = (category: Category): boolean => {
    const mustNotStay = isOwnEnd(category) || ground === 'retention';
    if (mustNotStay && stays(category)) return false;
    return living.includes(category) || (closes && !isOwnEnd(category));
  };
  const candidates = categories.filter(may);
  const goes = candidates.some((category) => living.includes(category)) ? candidates : [];
  return { goes, waits: stayingOf(without(living, goes), kept, today) };
}

/** Of what lives, what must stay on a day. */
export function stayingOf(
  living: readonly Category[],
  kept: readonly KeptCategory[],
  today: Day,
): readonly KeptCategory[] {
  return kept.filter((one) => living.includes(one.category) && mustStay(one, today));
}

/** What a refusal says of it. */
export function keptDetails({ category, number, until }: KeptCategory): Refusal['details'] {
  return { category, number, until: until ?? '' };
}

function without(living: readonly Category[], goes: readonly Category[]): readonly Category[] {
  return living.filter((category) => !goes.includes(category));
}

/** Whether a category goes only when its own retention has ended, whoever asks. */
export function isOwnEnd(category: Category): boolean {
  return !(ERASABLE as readonly Category[]).includes(category);
}
