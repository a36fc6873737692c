import { readHandlingRules } from '@enishi/application';
import { reviewBegins, reviewDue } from '@enishi/domain';
import type { WorkSource } from '../work-source';

/** The periodic review of the handling rules, once it comes near. */
export const rulesToReview: WorkSource = {
  name: 'rules-to-review',
  title: { ja: '取扱規程の見直し', en: 'The review of the handling rules' },
  wanted: 'work',
  permission: 'governance:write',
  people: false,
  page: '/governance/rules',
  command: 'enishi handling-rules review --help',
  async read({ infrastructure: { ledger }, now }) {
    const due = reviewDue(await readHandlingRules(ledger));
    if (due === undefined) return { items: [] };
    const since = reviewBegins(due.by);
    return { items: since <= now ? [{ id: due.eventId, since, due: due.by }] : [] };
  },
};
