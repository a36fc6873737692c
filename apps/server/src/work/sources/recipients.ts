import { readReviewMonths } from '@enishi/application';
import { reviewBegins, reviewsOf } from '@enishi/domain';
import { readRecipients, readTellings, type AuditCursor } from '@enishi/projections/audit-trail/query';
import { stateOfSteps } from '../../recipients/recipient-view';
import type { WorkFound, WorkItem, WorkReading, WorkSource } from '../work-source';

/** More than these are counted, not listed. */
const LISTED = 500;

/** Recipients that must be told of a correction, a withdrawal or an erasure, each person by itself. */
export const recipientsToTell: WorkSource = {
  name: 'recipients-to-tell',
  title: {
    ja: '訂正・撤回・消去の提供先・委託先への連絡',
    en: 'Recipients to tell of corrections and erasures',
  },
  wanted: 'work',
  permission: 'provisions:write',
  people: true,
  command: 'enishi recipient tellings',
  async read({ infrastructure: { pool } }): Promise<WorkFound> {
    const items: WorkItem[] = [];
    let cursor: AuditCursor | undefined;
    do {
      const page = await readTellings(pool, { state: 'due', limit: LISTED, ...(cursor && { cursor }) });
      items.push(...page.rows.map(({ due }) => ({ id: due.eventId, since: due.effectiveAt })));
      cursor = page.next;
    } while (cursor !== undefined);
    return items.length <= LISTED ? { items } : { count: items.length, oldest: items[0]!.since };
  },
};

/** Processors and recipients abroad that were never looked at, did not pass, or come near to it (25, 28(3)). */
export const recipientsToAssess: WorkSource = {
  name: 'recipients-to-assess',
  title: { ja: '提供先・委託先の評価', en: 'Recipients to assess' },
  wanted: 'work',
  permission: 'recipients:write',
  people: false,
  command: 'enishi recipient list',
  async read({ infrastructure: { pool, ledger }, now }: WorkReading): Promise<WorkFound> {
    const months = await readReviewMonths(ledger, now);
    const states = (await readRecipients(pool)).map(stateOfSteps);
    const items = states.flatMap((state) => {
      const { data, decidedAt } = state.entry!;
      return reviewsOf(state, months).map(({ due }): WorkItem => ({
        id: data.recipientId,
        since: due === undefined ? decidedAt : reviewBegins(due),
        ...(due !== undefined && { due }),
      }));
    });
    return { items: items.filter(({ since }) => since <= now) };
  },
};
