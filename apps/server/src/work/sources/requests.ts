import type { Permission } from '@enishi/access';
import { readLawSettings } from '@enishi/application';
import { requestWork, type Bilingual, type RequestStanding, type RequestWork } from '@enishi/domain';
import {
  readOpenTasks,
  readRequests,
  type RequestEntry,
  type RequestsCursor,
} from '@enishi/projections/request-register/query';
import type { Infrastructure } from '../../infrastructure';
import type { Wanted, WorkItem, WorkSource } from '../work-source';

const PAGE = '/requests';

/** Nobody knows yet who asks: nothing is decided before (APPI 37). */
export const requestsToIdentify = source('requests-to-identify', 'identify', ['received'], {
  title: { ja: '本人確認を待つ請求', en: 'Requests: verify who asks' },
  command: 'enishi request list --state received',
});

/** For whoever may decide, whoever it is assigned to. */
export const requestsToDecide = source('requests-to-decide', 'decide', ['verified', 'complained'], {
  title: { ja: '決定を待つ請求', en: 'Requests to decide' },
  command: 'enishi request list --state verified',
  wanted: 'approval',
  permission: 'requests:decide',
});

/** Those that were granted, and those whose deferral is over (35). */
export const requestsToCarryOut = source('requests-to-carry-out', 'carry-out', ['decided', 'deferred'], {
  title: { ja: '実施を待つ請求', en: 'Requests to carry out' },
  command: 'enishi request list --state decided',
});

/** Decided or carried out, and the person has not been told. */
export const requestsToNotify = source('requests-to-notify', 'notify', ['decided', 'executed'], {
  title: { ja: '本人への通知を待つ請求', en: 'Requests whose person is to be told' },
  command: 'enishi request list --state executed',
});

/** A law soon lets go of what was put off. */
export const requestsDeferred = source('requests-deferred', 'deferred', ['deferred'], {
  title: { ja: '延期の終わりが近い請求', en: 'Requests whose deferral ends soon' },
  command: 'enishi request list --state deferred',
});

/** What keepers of systems have not answered yet; each for the owner of the task. */
export const requestTasks: WorkSource = {
  name: 'request-tasks',
  title: { ja: '請求のためのシステムごとの作業', en: 'Tasks for requests, system by system' },
  wanted: 'work',
  permission: 'requests:write',
  people: true,
  page: PAGE,
  command: 'enishi request list',
  async read({ infrastructure: { pool } }) {
    const tasks = await readOpenTasks(pool);
    const items = tasks.map(({ requestId, ownerId, openedAt, dueAt }): WorkItem => {
      return { id: requestId, since: openedAt, due: dueAt, assignees: [ownerId] };
    });
    return { items };
  },
};

interface Said {
  readonly title: Bilingual;
  readonly command: string;
  readonly wanted?: Wanted;
  readonly permission?: Permission;
}

/** Requests that wait for one thing to be done, for who they are assigned to and the deputy. */
function source(
  name: string,
  work: RequestWork,
  standings: readonly RequestStanding[],
  { title, command, wanted = 'work', permission = 'requests:write' }: Said,
): WorkSource {
  return {
    ...{ name, title, wanted, permission, people: true, page: PAGE, command },
    async read({ infrastructure, now }) {
      const { numbers } = await readLawSettings(infrastructure.ledger);
      const entries = await requestsIn(infrastructure, standings);
      const waiting = entries.filter((entry) => requestWork(entry, now, numbers) === work);
      return { items: waiting.map((entry) => itemOf(entry, permission !== 'requests:decide')) };
    },
  };
}

async function requestsIn(
  { pool }: Infrastructure,
  standings: readonly RequestStanding[],
): Promise<readonly RequestEntry[]> {
  const found: RequestEntry[] = [];
  let cursor: RequestsCursor | undefined;
  do {
    const page = await readRequests(pool, { standings, limit: 500, ...(cursor && { cursor }) });
    found.push(...page.rows);
    cursor = page.next;
  } while (cursor !== undefined);
  return found;
}

function itemOf(
  { requestId, arrivedAt, decidedAt, dueAt, assigneeId, deputyId }: RequestEntry,
  assigned: boolean,
): WorkItem {
  const assignees = [assigneeId, deputyId].filter((id) => id !== undefined);
  return {
    id: requestId,
    since: decidedAt ?? arrivedAt,
    ...(dueAt !== undefined && { due: dueAt }),
    ...(assigned && assignees.length > 0 && { assignees }),
  };
}
