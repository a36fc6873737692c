import { lifecycleStream } from '@enishi/application/ledger';
import { holdReviewSince, standingHolds, tokyoDay, type Fact, type LifecycleEvent } from '@enishi/domain';
import type { NoticeSource } from './notice';

/** Holds on one person's data are to be looked at again. It is about the person, by an opaque id. */
export const holdReviewDue: NoticeSource = {
  stream: lifecycleStream,
  async write({ ledger, page }, alumnusId) {
    const records = await ledger.store.readStream(lifecycleStream(alumnusId));
    const facts = (await ledger.vault.openFacts(records, {
      categories: [],
    })) as readonly Fact<LifecycleEvent>[];
    const now = ledger.clock.now();
    const due = standingHolds(facts).filter(({ reviewAt }) => holdReviewSince(reviewAt) <= now);
    const first = due.map(({ reviewAt }) => reviewAt).toSorted()[0];
    // Released, or reviewed since: the next day has its own letter.
    if (first === undefined) return { dropped: 'no-longer-needed' };
    const alumnus = alumnusId.slice(0, 8);
    return { values: { count: due.length, reviewOn: tokyoDay(first), alumnus, page: page('/holds') } };
  },
};
