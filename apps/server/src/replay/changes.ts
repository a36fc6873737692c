import { reasonText, type Contactability, type PersonAnswer, type Reason } from '@enishi/domain';
import { reasonView } from '../roster/roster-view';
import type { Telling } from './comparison';

type Change = 'came' | 'went';

/** Whether somebody came onto a list or went off it. */
export function changeOf(before: Contactability, after: Contactability): Change | undefined {
  if (before.answer === after.answer) return undefined;
  return after.answer === 'yes' ? 'came' : 'went';
}

/** Who it is that something changed for. */
export function changedPerson(before: PersonAnswer, after: PersonAnswer): Record<string, unknown> {
  const shown = after.person === undefined ? before : after;
  return {
    alumnusId: shown.alumnusId,
    name: shown.values.name ?? null,
    kana: shown.values.kana ?? null,
    department: shown.person?.latest?.department ?? null,
  };
}

/** Who came onto the list of those who may be contacted, who went off it, and why. */
export class RosterChanges implements Telling {
  private readonly tally = new Tally();

  row(before: PersonAnswer, after: PersonAnswer): Record<string, unknown> | undefined {
    const change = changeOf(before.contact, after.contact);
    if (change === undefined) return undefined;
    const answers = [before.contact, after.contact];
    return {
      ...changedPerson(before, after),
      change,
      reasons: answers.flatMap(reasonsOf).map(reasonView),
      because: answers.flatMap((one) => (one.answer === 'yes' ? one.because : [])),
    };
  }

  count(before: PersonAnswer, after: PersonAnswer): void {
    this.tally.add(before.contact, after.contact);
  }

  totals(): Record<string, unknown> {
    return this.tally.view();
  }
}

/** Of a no, every reason. */
function reasonsOf(answer: Contactability): readonly Reason[] {
  return answer.answer === 'no' ? answer.reasons : [];
}

/** A reason without the record that it names: a count is of many. */
function ofAnybody(reason: Reason): Reason {
  return 'record' in reason.params ? { ...reason, params: { record: '…' } } : reason;
}

/** Counts of everybody, and of those who came or went by each reason. */
export class Tally {
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
