import { CATEGORIES, DOCUMENT_CODES, SYSTEM_KINDS } from '@enishi/domain';
import type { CommandAnswer } from '../answers';
import { leaf, type Group } from '../leaf';
import { present } from '../members';
import { choice, choices, option, required } from '../options';
import { facts } from '../output/table';
import type { Session } from '../session';
import { showDone } from './answer';
import { DISPOSE, HELD } from './inventory-entries';
import { systemOf, type System } from './system-names';

const list = leaf<object>({
  usage: 'list',
  summary: 'every system that holds personal data: what, for what, who is responsible, where',
  examples: ['inventory', 'inventory list --json'],
  isDefault: true,
  async act(session) {
    const { systems } = await (await session.api()).get<{ systems: readonly System[] }>('/v1/systems');
    await session.list(
      systems,
      [
        { heading: session.t('コード', 'Code') },
        { heading: session.t('名称', 'Name') },
        { heading: session.t('用途', 'Purpose') },
        { heading: session.t('部署', 'Department') },
        { heading: session.t('責任者', 'Responsible') },
        { heading: session.t('所在国', 'Country') },
        { heading: session.t('状態', 'State') },
      ],
      (row) => [
        ...[row.code, row.name, row.purpose, row.department, row.responsible ?? '–', row.country],
        row.retired ? session.t('廃止', 'retired') : session.t('利用中', 'in use'),
      ],
      {
        ja: '登録されたシステムはまだありません。enishi inventory add で登録します。',
        en: 'There is no system yet. Add one with `enishi inventory add`.',
      },
    );
  },
});

const show = leaf<object>({
  usage: 'show <system>',
  summary: 'all that the inventory says of one system',
  examples: ['inventory show payroll'],
  notes: '<system> is a code or an id.',
  async act(session, _options, [name = '']) {
    const system = await systemOf(await session.api(), name);
    await session.show(system, () => systemText(session, system));
  },
});

function systemText(session: Session, system: System): string {
  return facts([
    [session.t('コード', 'Code'), system.code],
    [session.t('名称', 'Name'), system.name],
    [session.t('用途', 'Purpose'), system.purpose],
    [session.t('データ項目', 'Items'), system.items],
    [session.t('データ区分', 'Categories'), system.categories.join(', ')],
    [session.t('書類', 'Documents'), system.documents.join(', ')],
    [session.t('部署', 'Department'), system.department],
    [session.t('責任者', 'Responsible'), system.responsible],
    [session.t('アクセスできる人', 'Access'), system.access],
    [session.t('所在国', 'Country'), system.country],
    [session.t('廃棄の方法', 'Disposal'), system.disposal],
    [session.t('状態', 'State'), system.retired ? session.t('廃止', 'retired') : undefined],
    ['ID', system.systemId],
  ]);
}

interface Said {
  readonly kind?: string;
  readonly name?: string;
  readonly purpose?: string;
  readonly items?: string;
  readonly categories?: readonly string[];
  readonly documents?: readonly string[];
  readonly department?: string;
  readonly responsible?: string;
  readonly responsibleId?: string;
  readonly access?: string;
  readonly country?: string;
  readonly disposal?: string;
}

const said = () => ({
  kind: choice('--kind <kind>', 'Enishi’s own store, or another system', SYSTEM_KINDS),
  name: option('--name <text>', 'what people call it'),
  purpose: option('--purpose <text>', 'what its data are used for'),
  items: option('--items <text>', 'items of data, in the company’s own words'),
  categories: choices('--categories <list>', 'categories of alumni data that it holds', CATEGORIES),
  documents: choices(
    '--documents <list>',
    'documents of the retention schedule that it holds',
    DOCUMENT_CODES,
  ),
  department: option('--department <name>', 'department that is responsible'),
  responsible: option('--responsible <name>', 'the responsible person, kept sealed'),
  responsibleId: option('--responsible-id <account>', 'account of that person, who gets what there is to do'),
  access: option('--access <text>', 'who has access, by roles or departments'),
  country: option('--country <code>', 'where the data are: ISO 3166, such as JP'),
  disposal: option('--disposal <text>', 'how data are disposed of'),
});

const NEEDED: readonly string[] = [
  'name',
  'purpose',
  'items',
  'department',
  'responsible',
  'access',
  'disposal',
];

const add = leaf<Said & { readonly code: string }>({
  usage: 'add',
  summary: 'add a system that holds personal data to the inventory (GL 10)',
  examples: [
    'inventory add --code payroll --name 給与システム --purpose 給与計算 --items 氏名、給与、口座 --documents roster,wage-ledger --department 人事部 --responsible 架空花子 --access 給与係 --disposal 委託先の消去証明書による',
  ],
  notes: 'Where nothing else is said: another system, in Japan, without categories and documents.',
  options: [
    required(option('--code <code>', 'name for the command line and for files')),
    ...Object.entries(said()).map(([name, one]) => (NEEDED.includes(name) ? required(one) : one)),
  ],
  async act(session, { code, ...given }) {
    const defaults = { systemKind: 'elsewhere', country: 'JP', categories: [], documents: [] };
    const body = { ...defaults, ...bodyOf(given), code };
    const answer = await (await session.api()).command<CommandAnswer>('POST', '/v1/systems', body);
    const done = { ja: 'システムを登録しました', en: 'System added' };
    await showDone(session, answer, done, String(answer.systemId));
  },
});

const revise = leaf<Said>({
  usage: 'revise <system>',
  summary: 'change what the inventory says of a system; what is not named stays',
  examples: ['inventory revise payroll --department 経理部 --responsible 架空次郎'],
  options: Object.values(said()),
  async act(session, given, [name = '']) {
    const api = await session.api();
    const { systemId, code: _, retired: __, responsibleId: ___, ...before } = await systemOf(api, name);
    const body = present({ ...before, ...bodyOf(given) });
    const answer = await api.command<CommandAnswer>('PUT', `/v1/systems/${systemId}`, body);
    await showDone(session, answer, { ja: 'システムの登録内容を変更しました', en: 'System revised' });
  },
});

const retire = leaf<object>({
  usage: 'retire <system>',
  summary: 'a system holds no data any more',
  examples: ['inventory retire payroll'],
  async act(session, _options, [name = '']) {
    const api = await session.api();
    const { systemId } = await systemOf(api, name);
    const answer = await api.command<CommandAnswer>('POST', `/v1/systems/${systemId}/retirement`, undefined);
    await showDone(session, answer, { ja: 'システムを廃止しました', en: 'System retired' });
  },
});

/** What was said, without the options that every command has. */
function bodyOf(given: Said): Readonly<Record<string, unknown>> {
  const { kind, name, purpose, items, categories, documents, department } = given;
  const { responsible, responsibleId, access, country, disposal } = given;
  return present({
    ...{ systemKind: kind, name, purpose, items, categories, documents, department },
    ...{ responsible, responsibleId, access, country, disposal },
  });
}

/** `enishi inventory …` */
export const INVENTORY: Group = {
  name: 'inventory',
  summary: 'systems that hold personal data, and documents about people that are held in them',
  leaves: [list, show, add, revise, retire, HELD, DISPOSE],
};
