import { reasonText, type Contactability, type PersonAnswer, type Reason } from '@enishi/domain';
import type { PersonAt, SubjectCursor } from '@enishi/projections/as-of-facts/query';
import { reasonView } from '../roster/roster-view';

type Change = 'came' | 'went';

/** Who is on a roster in one state of things and not in another, with how many there are in all. */
export interface Compared {
  readonly rows: readonly Record<string, unknown>[];
  readonly totals: Record<string, unknown> | undefined;
  readonly next?: SubjectCursor;
}

/**
 * Compares two answers about everybody.
 * @param chunks with two answers for each person: before and after
 * @param departments what the asker may see; absent: all. Who was elsewhere in either state is left out
 * @param counts whether everybody is counted, or only as many looked at as fill the page
 */
export async function compare(
  chunks: AsyncIterable<readonly PersonAt[]>,
  departments: readonly string[] | undefined,
  limit: number,
  counts: boolean,
): Promise<Compared> {
  const tally = new Tally();
  const found: { readonly view: Record<string, unknown>; readonly at: SubjectCursor }[] = [];
  for await (const people of chunks) {
    for (const { sortKey, alumnusId, answers } of people) {
      const [before, after] = answers as readonly [PersonAnswer, PersonAnswer];
      if (!isSeen(before, departments) || !isSeen(after, departments)) continue;
      tally.add(before.contact, after.contact);
      const change = changeOf(before.contact, after.contact);
      if (change === undefined || found.length > limit) continue;
      found.push({ view: changeView(change, before, after), at: { sortKey, alumnusId } });
    }
    if (!counts && found.length > limit) break;
  }
  const last = found[limit - 1];
  return {
    rows: found.slice(0, limit).map(({ view }) => view),
    totals: counts ? tally.view() : undefined,
    ...(found.length > limit && last && { next: last.at }),
  };
}

function isSeen({ person }: PersonAnswer, departments: readonly string[] | undefined): boolean {
  if (departments === undefined || person === undefined) return true;
  const department = person.latest?.department;
  return department !== undefined && departments.includes(department);
}

function changeOf(before: Contactability, after: Contactability): Change | undefined {
  if (before.answer === after.answer) return undefined;
  return after.answer === 'yes' ? 'came' : 'went';
}

function changeView(change: Change, before: PersonAnswer, after: PersonAnswer): Record<string, unknown> {
  const shown = after.person === undefined ? before : after;
  const answers = [before.contact, after.contact];
  return {
    alumnusId: shown.alumnusId,
    name: shown.values.name ?? null,
    kana: shown.values.kana ?? null,
    department: shown.person?.latest?.department ?? null,
    change,
    reasons: answers.flatMap(reasonsOf).map(reasonView),
    because: answers.flatMap((one) => (one.answer === 'yes' ? one.because : [])),
  };
}

function reasonsOf(answer: Contactability): readonly Reason[] {
  return answer.answer === 'no' ? answer.reasons : [];
}

/** A reason without the record that it names: a count is of many. */
function ofAnybody(reason: Reason): Reason {
  return 'record' in reason.params ? { ...reason, params: { record: '…' } } : reason;
}

/** Counts of everybody, and of those who came or went by each reason. */
class Tally {
  private readonly counts = { before: 0, after: 0, came: 0, went: 0 };
  private readonly byReason = new Map<string, { change: Change; reason: Reason; count: number }>();

  add(before: Contactability, after: Contactability): void {
    if (before.answer === 'yes') this.counts.before += 1;
    if (after.answer === 'yes') this.counts.after += 1;
    const change = changeOf(before, after);
    if (change === undefined) return;
    this.counts[change] += 1;
    const reasons = [...reasonsOf(before), ...reasonsOf(after)];
    for (const [text, reason] of new Map(reasons.map((one) => [reasonText(ofAnybody(one), 'ja'), one]))) {
      const key = `${change} ${text}`;
      const known = this.byReason.get(key);
      if (known === undefined) this.byReason.set(key, { change, reason, count: 1 });
      else known.count += 1;
    }
  }

  view(): Record<string, unknown> {
    const reasons = [...this.byReason.values()].sort((a, b) => b.count - a.count);
    return {
      ...this.counts,
      reasons: reasons.map(({ change, reason, count }) => ({
        change,
        code: reason.code,
        count,
        messages: { ja: reasonText(ofAnybody(reason), 'ja'), en: reasonText(ofAnybody(reason), 'en') },
      })),
    };
  }
}
