import { ROLE_PERMISSIONS, ROLES, type Principal, type Role } from '@enishi/access/tables';
import type { Bilingual, Instant } from '@enishi/domain';
import { describe } from '../described-error';
import { coversEverybody } from '../everybody.guard';
import type { WaitingWork } from '@enishi/worker';
import type { Infrastructure } from '../infrastructure';
import { WORK_SOURCES } from './sources/all';
import type { Wanted, WorkFound, WorkItem, WorkSource } from './work-source';

/** For whom: what the asker may do themselves, what their roles may do, or everything that waits for anybody. */
export const WORK_FOR = ['me', 'role', 'all'] as const;
export type WorkFor = (typeof WORK_FOR)[number];

/** Many things of one kind that wait. */
export interface WorkEntry {
  readonly name: string;
  readonly title: Bilingual;
  readonly wanted: Wanted;
  /** Who may do it. */
  readonly roles: readonly Role[];
  readonly page?: string;
  readonly command: string;
  readonly count: number;
  /** Since when the first of them waits. */
  readonly oldest?: Instant;
  /** When the next of them is due, or was. */
  readonly due?: Instant;
  readonly overdue: number;
  /** The first five. */
  readonly ids: readonly string[];
  /** It could not be counted now. */
  readonly unavailable?: true;
}

type Asker = Pick<Principal, 'accountId' | 'grants'>;

/** What waits, from every source; of each kind as much as the asker may act on. */
export async function workFor(
  infrastructure: Infrastructure,
  asker: Asker,
  whose: WorkFor,
  sources: readonly WorkSource[] = WORK_SOURCES,
): Promise<readonly WorkEntry[]> {
  const shown = sources.filter((source) => whose === 'all' || mayAct(asker, source));
  const entries = await readAll(infrastructure, shown, (item) => whose !== 'me' || isFor(item, asker));
  return entries.filter(({ count, unavailable }) => count > 0 || unavailable);
}

/**
 * What waits for anybody at all, as the daily mail tells it.
 * @param escalationDays overdue for so many days, it is for the officer to look at
 */
export async function waitingWork(
  infrastructure: Infrastructure,
  escalationDays: number,
  sources: readonly WorkSource[] = WORK_SOURCES,
): Promise<readonly WaitingWork[]> {
  const before = new Date(Date.parse(infrastructure.ledger.clock.now()) - escalationDays * DAY_MS);
  const isLate = ({ due }: WorkItem) => due !== undefined && due <= before.toISOString();
  const [all, late] = await Promise.all([
    readAll(infrastructure, sources, () => true),
    readAll(infrastructure, sources, isLate),
  ]);
  return all.map(({ title, roles, count, overdue }, index) => {
    return { title, roles, count, overdue, escalated: late[index]!.overdue };
  });
}

/** A grant for some people only does not show what is counted over all of them. */
function mayAct({ grants }: Asker, { permission, people }: WorkSource): boolean {
  return grants.some(
    (grant) =>
      ROLE_PERMISSIONS[grant.role].includes(permission) && (!people || coversEverybody({ scopes: [grant] })),
  );
}

function isFor({ assignees, notBy }: WorkItem, { accountId }: Asker): boolean {
  return (assignees?.includes(accountId) ?? true) && !(notBy?.includes(accountId) ?? false);
}

async function readAll(
  infrastructure: Infrastructure,
  sources: readonly WorkSource[],
  wanted: (item: WorkItem) => boolean,
): Promise<readonly WorkEntry[]> {
  const now = infrastructure.ledger.clock.now();
  return Promise.all(
    sources.map(async (source) => {
      const { name, title, wanted: what, page, command, permission } = source;
      const roles = ROLES.filter((role) => ROLE_PERMISSIONS[role].includes(permission));
      const head = { name, title, wanted: what, roles, ...(page !== undefined && { page }), command };
      try {
        return { ...head, ...countsOf(await source.read({ infrastructure, now }), now, wanted) };
      } catch (error) {
        // One view that is parked does not hide what the others say.
        const fields = { source: name, ...(error instanceof Error ? describe(error) : {}) };
        infrastructure.logger.warn(fields, 'work could not be counted');
        return { ...head, count: 0, overdue: 0, ids: [], unavailable: true };
      }
    }),
  );
}

const DAY_MS = 24 * 3_600_000;
const SHOWN_IDS = 5;

function countsOf(
  found: WorkFound,
  now: Instant,
  wanted: (item: WorkItem) => boolean,
): Pick<WorkEntry, 'count' | 'oldest' | 'due' | 'overdue' | 'ids'> {
  if ('count' in found) return { ...found, overdue: 0, ids: [] };
  const items = found.items.filter(wanted);
  const oldest = items.map(({ since }) => since).toSorted()[0];
  const dues = items.flatMap(({ due }) => due ?? []).toSorted();
  return {
    count: items.length,
    ...(oldest !== undefined && { oldest }),
    ...(dues[0] !== undefined && { due: dues[0] }),
    overdue: dues.filter((due) => due <= now).length,
    ids: items.slice(0, SHOWN_IDS).map(({ id }) => id),
  };
}
