import { leaf, type Group } from '../leaf';
import { alumnusIdOf } from '../names';
import { option } from '../options';
import type { Session } from '../session';
import { retentionText, type PersonRetention } from './retention-text';

interface Due {
  readonly counts: readonly {
    readonly month: string;
    readonly category: string;
    readonly people: number;
    readonly held: number;
  }[];
  readonly elsewhere: readonly {
    readonly month: string;
    readonly document: string;
    readonly systemId: string;
    readonly entries: number;
  }[];
  readonly people?: readonly {
    readonly alumnusId: string;
    readonly category: string;
    readonly dueOn?: string;
    readonly held: boolean;
  }[];
  readonly next?: string;
}

const PATH = '/v1/retention/due';

const due = leaf<{ readonly month?: string }>({
  usage: 'due',
  summary: 'what falls due by month, in numbers; of one month, by person',
  examples: ['retention due', 'retention due --month 2027-03', 'retention due --month due --json'],
  notes:
    'due: nothing keeps it any more. Nothing is erased by that: `enishi retention of` explains each end.',
  options: [option('--month <month>', 'a month such as 2027-03, or due: by person')],
  isDefault: true,
  async act(session, { month }) {
    if (month !== undefined) return byPerson(session, month);
    const answer = await (await session.api()).get<Due>(PATH);
    if (session.json) return session.show(answer, () => '');
    await session.list(
      answer.counts,
      [
        { heading: session.t('月', 'Month') },
        { heading: session.t('データ区分', 'Category') },
        { heading: session.t('人数', 'People'), align: 'right' },
        { heading: session.t('うち保全中', 'Held'), align: 'right' },
      ],
      ({ month: in_, category, people, held }) => [in_, category, String(people), String(held)],
      { ja: '期限の来るデータはありません。', en: 'Nothing falls due.' },
    );
    if (answer.elsewhere.length === 0) return;
    await session.note('');
    await session.list(
      answer.elsewhere,
      [
        { heading: session.t('月', 'Month') },
        { heading: session.t('他のシステムの書類', 'Document elsewhere') },
        { heading: session.t('システム', 'System') },
        { heading: session.t('件数', 'Entries'), align: 'right' },
      ],
      (row) => [row.month, row.document, row.systemId.slice(0, 8), String(row.entries)],
      { ja: '', en: '' },
    );
  },
});

async function byPerson(session: Session, month: string): Promise<void> {
  const api = await session.api();
  const people: NonNullable<Due['people']>[number][] = [];
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const page = await api.get<Due>(PATH, { month, limit: 500, cursor });
    people.push(...(page.people ?? []));
    cursor = page.next;
  }
  await api.memory.sawIds(people.map(({ alumnusId }) => alumnusId));
  await session.list(
    people,
    [
      { heading: 'ID' },
      { heading: session.t('データ区分', 'Category') },
      { heading: session.t('期限', 'Due on') },
      { heading: session.t('保全', 'Hold') },
    ],
    ({ alumnusId, category, dueOn, held }) => [
      ...[alumnusId.slice(0, 8), category, dueOn ?? session.t('理由なし', 'nothing keeps it')],
      held ? session.t('あり', 'stands') : '–',
    ],
    { ja: '該当する人はいません。', en: 'There is nobody.' },
  );
}

const of = leaf<object>({
  usage: 'of <alumnus>',
  summary: 'of one person: each category with everything that keeps it, the law and the events',
  examples: ['retention of 3f2a9c1e', 'retention of 3f2a9c1e --json'],
  async act(session, _options, [name = '']) {
    const api = await session.api();
    const found = await api.get<PersonRetention>(`/v1/alumni/${await alumnusIdOf(api, name)}/retention`);
    await session.show(found, () => retentionText(session, found));
  },
});

/** `enishi retention …` */
export const RETENTION: Group = {
  name: 'retention',
  summary: 'what must stay until when under which law, and what falls due',
  leaves: [due, of],
};
