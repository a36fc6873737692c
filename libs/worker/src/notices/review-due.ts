import { HANDLING_RULES_STREAM, readHandlingRules } from '@enishi/application/ledger';
import { reviewDue as dueOf, tokyoDay } from '@enishi/domain';
import type { NoticeSource } from './notice';

/** The handling rules are to be reviewed. It is about the event that says by when. */
export const reviewDue: NoticeSource = {
  stream: () => HANDLING_RULES_STREAM,
  async write({ ledger, page }, eventId) {
    const due = dueOf(await readHandlingRules(ledger));
    // A review that was held since has set another day.
    if (due?.eventId !== eventId) return { dropped: 'no-longer-needed' };
    const lastInstant = new Date(Date.parse(due.by) - 1).toISOString();
    return { values: { dueOn: tokyoDay(lastInstant), page: page('/') } };
  },
};
