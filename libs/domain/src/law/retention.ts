import type { Day } from '../kernel';
import { addDays } from '../time';
import { documentRow, type Anchor, type DocumentCode, type DocumentRow } from './documents';
import { lawNumber, type LawSetting } from './law-number';
import { periodEnd } from './period';

/** The days that are known of what a period may run from. */
export type AnchorFacts = Readonly<Partial<Record<Anchor, Day>>>;

/** Until when something must stay. `open`: nobody can say yet, so it stays. */
export type RetentionEnd =
  | {
      readonly kind: 'until';
      /** The first day of the period. */
      readonly from: Day;
      /** The last day on which it must be kept; from the next one on it is due. */
      readonly until: Day;
    }
  | {
      readonly kind: 'open';
      /** What it runs from has not happened yet, or is not known. */
      readonly missing: Anchor;
    };

/**
 * Until when a document of the schedule must be kept, under the law of a day.
 *
 * @param anchors what is known of what its period runs from
 * @param at the day whose law counts, not the day of the anchor: where the law changes, what is kept then changes with it
 * @param set what the company has set instead of defaults
 * @param months the period where the purpose states its own; absent: that of the law
 * @example retentionEnd('roster', { leaving: '2024-03-31' }, '2026-11-21')
 * // { kind: 'until', from: '2024-04-01', until: '2027-03-31' }
 */
export function retentionEnd(
  document: DocumentCode,
  anchors: AnchorFacts,
  at: Day,
  set: readonly LawSetting[] = [],
  months = retentionMonths(document, at, set),
): RetentionEnd {
  const from = runsFrom(document, anchors);
  if (from === undefined) return { kind: 'open', missing: documentRow(document).anchor };
  return { kind: 'until', from, until: periodEnd(from, months) };
}

/** The first day of a document's period, which no number of law changes; `undefined` where nobody can say. */
export function runsFrom(document: DocumentCode, anchors: AnchorFacts): Day | undefined {
  const row = documentRow(document);
  const day = anchorDay(row, anchors);
  return day === undefined ? undefined : firstDay(row, day);
}

/** The period of a document in months, under the law of a day. */
export function retentionMonths(document: DocumentCode, at: Day, set: readonly LawSetting[] = []): number {
  const { number } = documentRow(document);
  const value = lawNumber(number, at, set);
  return number === 'programme-keep' ? value : value * 12;
}

/** What keeps something longest: what is open, else the latest end. `undefined` where nothing keeps it. */
export function latestEnd(ends: readonly RetentionEnd[]): RetentionEnd | undefined {
  return ends.reduce<RetentionEnd | undefined>((latest, end) => {
    if (latest === undefined || end.kind === 'open') return end;
    return latest.kind === 'open' || latest.until >= end.until ? latest : end;
  }, undefined);
}

/** Whether it need no longer be kept on a day. */
export function isOver(end: RetentionEnd | undefined, today: Day): boolean {
  return end === undefined || (end.kind === 'until' && end.until < today);
}

/** The day that the period runs from; `undefined` where it is not known. */
function anchorDay({ anchor, orLater, orElse }: DocumentRow, anchors: AnchorFacts): Day | undefined {
  const day = anchors[anchor] ?? (orElse && anchors[orElse]);
  const other = orLater && anchors[orLater];
  return day !== undefined && other !== undefined && other > day ? other : day;
}

/** The day of an event is not counted (Civil Code 140); a period that a law begins on a day begins with it. */
function firstDay({ first }: DocumentRow, anchor: Day): Day {
  if (first === undefined) return addDays(anchor, 1);
  return `${String(Number(anchor.slice(0, 4)) + 1).padStart(4, '0')}-01-11`;
}
