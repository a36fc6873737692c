import { readText } from '../input';
import type { Bilingual } from '../language';
import { leaf, type Group } from '../leaf';
import { present } from '../members';
import { alumnusIdOf } from '../names';
import { choice, count, option, required } from '../options';
import { plain } from '../output/plain';
import { facts, table } from '../output/table';
import type { Session } from '../session';
import { showDone } from './answer';
import { nameText, type Person } from './person-text';

interface Named {
  readonly alumnusId: string;
  readonly name: unknown;
  readonly birthDate?: string | null;
  readonly department?: string | null;
  readonly leftOn?: string | null;
}

interface Pair {
  readonly alumnusId: string;
  readonly otherId: string;
  readonly score: number;
  readonly grounds: readonly { readonly code: string; readonly messages: Bilingual }[];
  readonly records: readonly Named[];
}

interface Pairs {
  readonly pairs: readonly Pair[];
  readonly total: number;
  readonly more: boolean;
}

interface SideBySide extends Omit<Pair, 'records'> {
  readonly state: 'none' | 'linked' | 'unlinked' | 'dismissed';
  readonly fields: readonly { readonly field: keyof Person; readonly comparison: string }[];
  readonly records: readonly Person[];
}

const PAIR = '<alumnus> <other>';
const reasonOption = () => option('--reason <text>', 'why, kept sealed (- for standard input)');

const list = leaf<{ state?: string; limit?: number }>({
  usage: 'list',
  summary: 'pairs of records that look like one person, the likeliest first, with what they share',
  examples: ['duplicates', 'duplicates list --state linked'],
  notes: 'Nobody is linked by a program: look at both, then link them or dismiss the pair.',
  options: [
    choice('--state <state>', 'proposals, or what somebody has decided', ['proposed', 'linked', 'dismissed']),
    count('--limit <number>', 'at most', 1, 500),
  ],
  isDefault: true,
  async act(session, { state, limit }) {
    const api = await session.api();
    const { pairs, total, more } = await api.get<Pairs>('/v1/duplicates', { state, limit });
    await api.memory.sawIds(pairs.flatMap(({ alumnusId, otherId }) => [alumnusId, otherId]));
    await session.list(
      pairs,
      [
        { heading: 'ID' },
        { heading: session.t('氏名', 'Name') },
        { heading: session.t('もう一方の ID', 'Other ID') },
        { heading: session.t('氏名', 'Name') },
        { heading: session.t('点', 'Score'), align: 'right' },
        { heading: session.t('一致したもの', 'What they share') },
      ],
      ({ alumnusId, otherId, records, score, grounds }) => [
        alumnusId.slice(0, 8),
        nameText(records[0]?.name),
        otherId.slice(0, 8),
        nameText(records[1]?.name),
        String(score),
        grounds.map(({ messages }) => messages[session.language]).join(session.t('、', '; ')),
      ],
      { ja: '該当する組はありません。', en: 'There is no such pair.' },
    );
    if (pairs.length > 0) await session.note(countText(session, pairs.length, total, more));
  },
});

function countText(session: Session, shown: number, total: number, more: boolean): string {
  const beyond = more ? session.t('以上', ' or more') : '';
  return session.t(`${total}${beyond}組のうち ${shown}組`, `${shown} of ${total}${beyond} pairs`);
}

const show = leaf({
  usage: `show ${PAIR}`,
  summary: 'two records side by side, with what differs',
  examples: ['duplicates show 3f2a9c1e 9c1e3f2a'],
  async act(session, _, names) {
    const api = await session.api();
    const both = await api.get<SideBySide>(await pathOf(session, names));
    await session.show(both, () => sideBySide(session, both));
  },
});

const STATES: Readonly<Record<SideBySide['state'], Bilingual>> = {
  none: { ja: '未判断', en: 'not decided' },
  linked: { ja: '同じ人', en: 'linked as the same person' },
  unlinked: { ja: '紐づけを解除', en: 'unlinked' },
  dismissed: { ja: '別人', en: 'found to be different people' },
};

const MARKS: Readonly<Record<string, Bilingual>> = {
  same: { ja: '一致', en: 'same' },
  different: { ja: '相違', en: 'differs' },
  'only-one': { ja: '一方のみ', en: 'only one' },
};

const FIELDS: Readonly<Record<string, Bilingual>> = {
  name: { ja: '氏名', en: 'Name' },
  kana: { ja: 'カナ', en: 'Reading' },
  formerNames: { ja: '旧姓など', en: 'Former names' },
  employeeNumber: { ja: '社員番号', en: 'Employee number' },
  birthDate: { ja: '生年月日', en: 'Born' },
  email: { ja: 'メール', en: 'Mail' },
  phone: { ja: '電話', en: 'Phone' },
  postalAddress: { ja: '住所', en: 'Address' },
  lineId: { ja: 'LINE ID', en: 'LINE id' },
};

function sideBySide(session: Session, { state, grounds, fields, records }: SideBySide): string {
  const head = facts([
    [session.t('状態', 'State'), session.say(STATES[state])],
    [
      session.t('一致したもの', 'What they share'),
      grounds.map((one) => session.say(one.messages)).join(' / '),
    ],
  ]);
  const columns = [
    { heading: '' },
    { heading: records[0]?.alumnusId.slice(0, 8) ?? '' },
    { heading: records[1]?.alumnusId.slice(0, 8) ?? '' },
    { heading: '' },
  ];
  const compared = fields.map(({ field, comparison }) => [
    FIELDS[field] ? session.say(FIELDS[field]) : field,
    ...records.map((record) => valueText(record[field])),
    session.say(MARKS[comparison] ?? { ja: comparison, en: comparison }),
  ]);
  const left = records.map(({ employments = [] }) => valueText(employments.at(-1)?.leftOn));
  const rows = [...compared, [session.t('退職日', 'Left on'), ...left, '']];
  return `${head}\n${table(columns, rows)}`;
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return '–';
  return plain(Array.isArray(value) ? value.join(', ') : nameText(value));
}

interface Reason {
  readonly reason?: string;
}

const link = leaf<Reason>({
  usage: `link ${PAIR}`,
  summary: 'both records are about the same person: the stricter of both counts from now on',
  examples: ['duplicates link 3f2a9c1e 9c1e3f2a --reason 本人に電話で確認した'],
  notes:
    'Nothing is merged. Contact needs a yes of both records, and the person is on the list once.\n' +
    '`enishi duplicates unlink` gives back what was before.',
  options: [required(reasonOption())],
  act: (session, options, names) =>
    decide(session, 'link', options, names, {
      ja: '同じ人として紐づけました',
      en: 'Linked as the same person',
    }),
});

const unlink = leaf<Reason>({
  usage: `unlink ${PAIR}`,
  summary: 'the link was an error: each record stands for itself again',
  examples: ['duplicates unlink 3f2a9c1e 9c1e3f2a --reason 同姓同名の別人'],
  options: [reasonOption()],
  act: (session, options, names) =>
    decide(session, 'unlink', options, names, { ja: '紐づけを解除しました', en: 'Unlinked' }),
});

const dismiss = leaf<Reason>({
  usage: `dismiss ${PAIR}`,
  summary: 'they are different people: the pair is not proposed again',
  examples: ['duplicates dismiss 3f2a9c1e 9c1e3f2a --reason 双子の姉妹'],
  options: [required(reasonOption())],
  act: (session, options, names) =>
    decide(session, 'dismiss', options, names, {
      ja: '別人として記録しました',
      en: 'Noted as different people',
    }),
});

async function decide(
  session: Session,
  what: 'link' | 'unlink' | 'dismiss',
  { reason }: Reason,
  names: readonly string[],
  done: Bilingual,
): Promise<void> {
  const path = `${await pathOf(session, names)}/${what}`;
  const body = present({ reason: reason === undefined ? undefined : await readText(session.io, reason) });
  await showDone(session, await (await session.api()).command('POST', path, body), done);
}

async function pathOf(session: Session, [one = '', other = '']: readonly string[]): Promise<string> {
  const api = await session.api();
  return `/v1/duplicates/${await alumnusIdOf(api, one)}/${await alumnusIdOf(api, other)}`;
}

/** `enishi duplicates …` */
export const DUPLICATES: Group = {
  name: 'duplicates',
  summary: 'records that may be about the same person: list, show, link, unlink, dismiss',
  leaves: [list, show, link, unlink, dismiss],
};
