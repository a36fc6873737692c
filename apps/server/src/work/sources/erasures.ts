import { holdReviewSince } from '@enishi/domain';
import { readPlannedIds, readUndecidedErasures } from '@enishi/projections/audit-trail/query';
import { readStandingHolds } from '@enishi/projections/retention-calendar/query';
import { readDue } from '../../erasures/erasure-outlook';
import { stateOfSteps } from '../../erasures/erasure-views';
import type { WorkSource } from '../work-source';

/** Holds that one answer counts: there are few, or something is wrong. */
const MOST_HOLDS = 1000;

/** Plans of erasure that nobody has decided on; above a size not by who made them (GL 10-3). */
export const erasuresToApprove: WorkSource = {
  name: 'erasures-to-approve',
  title: { ja: '消去計画の承認', en: 'Plans of erasure to approve' },
  wanted: 'approval',
  permission: 'erasure:approve',
  people: true,
  page: '/erasures',
  command: 'enishi erasure list',
  async read({ infrastructure: { pool } }) {
    const states = (await readUndecidedErasures(pool)).map(stateOfSteps);
    const proposals = states.flatMap(({ standing, proposal }) =>
      standing === 'proposed' && proposal !== undefined ? [proposal] : [],
    );
    return {
      items: proposals.map(({ data, decidedAt }) => ({
        id: data.erasureId,
        since: decidedAt,
        ...(data.second && { notBy: [data.staffId] }),
      })),
    };
  },
};

/** Data that nothing keeps any more, of people whom no plan names (APPI 22). */
export const retentionDue: WorkSource = {
  name: 'retention-due',
  title: {
    ja: '保存期間が満了し、消去計画のない人',
    en: 'People of whom something is due, in no plan of erasure',
  },
  wanted: 'work',
  permission: 'erasure:plan',
  people: true,
  page: '/retention',
  command: 'enishi erasure plan --due --dry-run',
  async read({ infrastructure }) {
    const [due, planned] = await Promise.all([readDue(infrastructure), readPlannedIds(infrastructure.pool)]);
    const known = new Set(planned);
    return { count: due.filter((alumnusId) => !known.has(alumnusId)).length };
  },
};

/** Holds that somebody must look at again: none ends by itself. */
export const holdsToReview: WorkSource = {
  name: 'holds-to-review',
  title: { ja: '保全措置の見直し', en: 'Holds to review' },
  wanted: 'work',
  permission: 'holds:write',
  people: true,
  page: '/holds',
  command: 'enishi hold list',
  async read({ infrastructure: { pool }, now }) {
    const holds = await readStandingHolds(pool, MOST_HOLDS);
    const items = holds.map(({ holdId, reviewAt }) => ({
      ...{ id: holdId, since: holdReviewSince(reviewAt), due: reviewAt },
    }));
    return { items: items.filter(({ since }) => since <= now) };
  },
};

/** Erasures that stopped; they are tried again, and never go back. */
export const erasuresStuck: WorkSource = {
  name: 'erasures-stuck',
  title: { ja: '中断している消去', en: 'Erasures that have stopped' },
  wanted: 'repair',
  permission: 'operate:write',
  people: false,
  page: '/erasures',
  command: 'enishi erasure list',
  async read({ infrastructure: { openErasures } }) {
    const stopped = (await openErasures.all()).filter(({ failure }) => failure !== null);
    return {
      items: stopped.map(({ erasureId, createdAt }) => ({ id: erasureId, since: createdAt.toISOString() })),
    };
  },
};
