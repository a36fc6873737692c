import type { Role, ValidGrant } from '@enishi/access';
import type { Infrastructure } from '../infrastructure';
import { readMailboxes } from './mailboxes';
import { waitingWork, workFor, type WorkEntry } from './work-list';
import type { WorkFound, WorkSource } from './work-source';

const NOW = '2026-11-22T03:00:00.000Z';
const warned: string[] = [];
const infrastructure = {
  ledger: { clock: { now: () => NOW } },
  logger: { warn: (_: object, text: string) => warned.push(text) },
} as unknown as Infrastructure;
const grant = (role: Role, more: Partial<ValidGrant> = {}): ValidGrant => ({
  id: 'g',
  role,
  fields: [],
  ...more,
});
const source = (
  name: string,
  read: () => WorkFound | Promise<WorkFound>,
  more: Partial<WorkSource> = {},
): WorkSource => ({
  ...{ name, title: { ja: name, en: name }, wanted: 'approval', people: true, command: 'enishi work' },
  permission: 'exports:approve',
  read: () => Promise.resolve(read()),
  ...more,
});
const since = '2026-11-20T00:00:00.000Z';
const SOURCES = [
  source('exports', () => ({
    items: [
      { id: 'mine', since, notBy: ['me'], due: '2026-11-21T00:00:00.000Z' },
      { id: 'other', since: '2026-11-19T00:00:00.000Z', notBy: ['you'], due: '2026-12-01T00:00:00.000Z' },
      { id: 'given', since, assignees: ['you'] },
    ],
  })),
  source('machine', () => ({ count: 3, oldest: since }), { permission: 'operate:write', people: false }),
  source('nothing', () => ({ items: [] })),
];
const names = (entries: readonly WorkEntry[]) => entries.map(({ name, count }) => [name, count]);
const compliance = { accountId: 'me', grants: [grant('compliance')] };

describe('the work list', () => {
  it('shows what a role may do, with the oldest, the next due, and how many are overdue', async () => {
    expect(await workFor(infrastructure, compliance, 'role', SOURCES)).toEqual([
      {
        name: 'exports',
        title: { ja: 'exports', en: 'exports' },
        wanted: 'approval',
        roles: ['compliance'],
        command: 'enishi work',
        count: 3,
        oldest: '2026-11-19T00:00:00.000Z',
        due: '2026-11-21T00:00:00.000Z',
        overdue: 1,
        ids: ['mine', 'other', 'given'],
      },
    ]);
  });

  it('shows me neither what I asked for nor what is given to others', async () => {
    const [entry] = await workFor(infrastructure, compliance, 'me', SOURCES);
    expect(entry).toMatchObject({ count: 1, ids: ['other'], overdue: 0 });
  });

  it('shows nobody what they may not do', async () => {
    const operator = { accountId: 'me', grants: [grant('operator')] };
    expect(names(await workFor(infrastructure, operator, 'role', SOURCES))).toEqual([['machine', 3]]);
    const narrow = { accountId: 'me', grants: [grant('compliance', { departments: ['営業部'] })] };
    expect(names(await workFor(infrastructure, narrow, 'role', SOURCES))).toEqual([]);
    expect(names(await workFor(infrastructure, narrow, 'all', SOURCES))).toEqual([
      ['exports', 3],
      ['machine', 3],
    ]);
  });

  it('tells the daily mail everything, and what is overdue for long', async () => {
    const told = (days: number) => waitingWork(infrastructure, days, SOURCES);
    expect(await told(1)).toEqual([
      { title: { ja: 'exports', en: 'exports' }, roles: ['compliance'], count: 3, overdue: 1, escalated: 1 },
      { title: { ja: 'machine', en: 'machine' }, roles: ['operator'], count: 3, overdue: 0, escalated: 0 },
      { title: { ja: 'nothing', en: 'nothing' }, roles: ['compliance'], count: 0, overdue: 0, escalated: 0 },
    ]);
    expect((await told(2)).map(({ escalated }) => escalated)).toEqual([0, 0, 0]);
  });

  it('says of what it cannot count that it cannot, and goes on', async () => {
    const broken = source('broken', () => Promise.reject(new Error('parked')));
    expect(await workFor(infrastructure, compliance, 'role', [broken, ...SOURCES])).toMatchObject([
      { name: 'broken', count: 0, unavailable: true },
      { name: 'exports' },
    ]);
    expect(warned).toEqual(['work could not be counted']);
  });
});

describe('mailboxes of roles', () => {
  it('are a role and an address each', () => {
    const found = readMailboxes('hr=jinji@example.jp, operator=it@example.jp')!;
    expect([...found].map(([role, { address }]) => [role, address])).toEqual([
      ['hr', 'jinji@example.jp'],
      ['operator', 'it@example.jp'],
    ]);
  });

  it.each([
    '',
    'hr',
    'hr=',
    'hr=jinji',
    'root=a@example.jp',
    'hr=a@example.jp,hr=b@example.jp',
    'hr=a@b.jp,',
  ])('are not %j', (text) => expect(readMailboxes(text)).toBeUndefined());
});
