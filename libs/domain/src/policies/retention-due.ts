import type { Fact } from '../kernel';
import { dayStart, tokyoDay } from '../time';
import type { Policy } from './policy';

/**
 * On the first day of each month the officer is told what nothing keeps any more, and what falls due in it (APPI 22). Every
 * day that begins waits for the next month, so that none is passed over: what falls due does so without any event.
 */
export const retentionDue: Policy = {
  name: 'retention-due',
  start: 'head',
  handles: ['DayBegan'],
  dueAt: (fact) => dayStart(nextMonth(fact)),
  react: (fact) => {
    const month = nextMonth(fact).slice(0, 7);
    return [{ command: { kind: 'QueueRetentionNotice', month }, discriminator: month }];
  },
};

/** The first day of the month after a day. */
function nextMonth({ effectiveAt }: Fact): string {
  const [year, month] = tokyoDay(effectiveAt).split('-').map(Number) as [number, number];
  return month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
}
