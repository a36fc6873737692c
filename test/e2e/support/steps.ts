import { setTimeout as sleep } from 'node:timers/promises';
import { generateLeavers } from '@enishi/intake';
import type { Answer, Api } from '../../support/api';

/** An invented company, complete enough for a notice to name it. */
export const PARTY = {
  name: { ja: '株式会社架空', en: 'Kaku Inc.' },
  address: { ja: '東京都千代田区架空町1-2-3', en: '1-2-3 Kaku-cho, Chiyoda-ku, Tokyo' },
  representative: { ja: '代表取締役 架空 太郎', en: 'Taro Kaku, Representative Director' },
  contact: 'privacy@example.jp',
  type: 'private-company',
  jurisdiction: 'JP',
} as const;

export const CONTACT_POINT = {
  name: { ja: '個人情報相談窓口', en: 'Privacy desk' },
  email: 'privacy@example.jp',
};

/** A system as the inventory states it. */
export const SYSTEM = {
  systemKind: 'elsewhere',
  name: '給与システム',
  purpose: '給与計算と支払',
  items: '氏名、給与、口座',
  categories: [],
  documents: ['roster', 'wage-ledger'],
  department: '人事部',
  access: '人事部 給与係',
  country: 'JP',
  disposal: '委託先の消去証明書による',
  responsible: '架空 花子',
};

/** An answer as it is given at an exit interview. */
export const IN_PERSON = {
  captureChannel: 'exit-interview',
  method: 'document',
  party: 'person',
  identityCheck: 'known-in-person',
} as const;

/** A command's answer must be a success; its body is worth reading when it is not. */
export function accepted<Body>(answer: Answer<Body>): Answer<Body> {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer;
}

/** What a company needs before anybody is imported: itself, one purpose and its programme, in force. */
export interface Furnished {
  readonly purposeId: string;
  readonly programmeId: string;
}

/** Describes the company and publishes purpose and programme of a template. */
export async function furnish(to: Api, template = 'rehire'): Promise<Furnished> {
  accepted(await to.put('/v1/company', { party: PARTY }));
  accepted(await to.put('/v1/company/contact-point', { contactPoint: CONTACT_POINT }));
  const purpose = accepted(await to.post<{ purposeId: string }>('/v1/purposes', { template }));
  const { purposeId } = purpose.body;
  accepted(await to.post(`/v1/purposes/${purposeId}/versions/1/publication`, {}));
  const drafted = accepted(
    await to.post<{ programmeId: string }>('/v1/programmes', { template, purposeIds: [purposeId] }),
  );
  const { programmeId } = drafted.body;
  accepted(await to.post(`/v1/programmes/${programmeId}/versions/1/publication`, {}));
  return { purposeId, programmeId };
}

/** A file of invented leavers. */
export function leaversFile(count: number, options: { seed?: number; faults?: boolean } = {}): Buffer {
  const { seed = 7, faults = false } = options;
  return Buffer.concat([...generateLeavers({ count, seed, layout: 'plain', encoding: 'utf-8', faults })]);
}

/** An import as the server tells it. */
export interface ImportView {
  readonly importId: string;
  readonly state: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly columns: readonly {
    readonly header: string;
    readonly field: string;
    readonly refused?: { readonly item: string };
  }[];
  readonly failure?: { readonly code: string };
  readonly recognition: { readonly encoding: string; readonly layout: string };
}

/** Uploads a file, maps its columns where asked, runs it (dry where asked) and waits until it rests. */
export async function importFile(
  to: Api,
  file: Uint8Array,
  options: { readonly mapping?: object; readonly dryRun?: boolean } = {},
): Promise<ImportView> {
  const { importId } = accepted(await to.post<ImportView>('/v1/imports', file)).body;
  if (options.mapping) accepted(await to.put(`/v1/imports/${importId}/mapping`, options.mapping));
  accepted(await to.post(`/v1/imports/${importId}/${options.dryRun === true ? 'dry-run' : 'run'}`));
  return settled(to, importId);
}

/** The import once nothing works on it any more. */
export async function settled(to: Api, importId: string): Promise<ImportView> {
  for (;;) {
    const { body } = accepted(await to.get<ImportView>(`/v1/imports/${importId}`));
    if (body.state !== 'running' && body.state !== 'checking') return body;
    await sleep(50);
  }
}

/** The ledger's last position. */
export async function headOf(to: Api): Promise<string> {
  return accepted(await to.get<{ head: string }>('/v1/ledger')).body.head;
}

/** Waits until every policy has looked at the whole ledger, so that nothing more follows by itself; tells the head. */
export async function settledHead(to: Api): Promise<string> {
  for (;;) {
    const head = await headOf(to);
    const { body } = accepted(await to.get<{ policies: { upToDate: boolean }[] }>('/v1/policies'));
    if (body.policies.every(({ upToDate }) => upToDate) && (await headOf(to)) === head) return head;
    await sleep(25);
  }
}

/** Waits until every projection has read the ledger to its end; imports answer no position of their own. */
export async function caughtUp(to: Api): Promise<void> {
  for (;;) {
    const { body } = accepted(await to.get<{ projections: { lag: string }[] }>('/v1/projections'));
    if (body.projections.every(({ lag }) => lag === '0')) return;
    await sleep(25);
  }
}

/** One row of the roster. */
export interface RosterRow {
  readonly alumnusId: string;
  readonly name: { readonly family: string; readonly given?: string };
  readonly kana: { readonly family?: string; readonly given?: string } | null;
  readonly channels: Readonly<Record<string, string>>;
  readonly answer: 'yes' | 'no';
  readonly because: readonly string[];
  readonly reasons: readonly { readonly code: string; readonly eventIds: readonly string[] }[];
}

/** A page of the roster. */
export interface RosterPage {
  readonly at: string;
  readonly total: { readonly count: number; readonly estimated: boolean } | null;
  readonly rows: readonly RosterRow[];
  readonly cursor?: string;
}

/** Searches the roster. */
export async function roster(to: Api, question: object): Promise<RosterPage> {
  return accepted(await to.post<RosterPage>('/v1/roster/search', question)).body;
}

/** All rows of a roster, page by page. */
export async function wholeRoster(to: Api, question: object): Promise<readonly RosterRow[]> {
  const rows: RosterRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await roster(to, { ...question, limit: 500, ...(cursor !== undefined && { cursor }) });
    rows.push(...page.rows);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return rows;
}
