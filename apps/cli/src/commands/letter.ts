import type { CommandAnswer } from '../answers';
import { readJson } from '../input';
import { leaf, type AnyLeaf, type Group } from '../leaf';
import { alumnusIdOf } from '../names';
import { choice, count, option, required } from '../options';
import { facts } from '../output/table';
import { when } from '../output/when';
import { showDone } from './answer';
import { download } from './download';
import { letterIdOf, standingOf, type Letter } from './letter-of';
import { readPages } from './pages';

const list = leaf<{ alumnus?: string; request?: string; limit: number; all?: boolean }>({
  usage: 'list',
  summary: 'letters to people, the latest first, without their texts',
  examples: ['letter list', 'letter list --alumnus 3f2a9c1e'],
  isDefault: true,
  options: [
    option('--alumnus <alumnus>', 'one person'),
    option('--request <id>', 'about one request'),
    count('--limit <number>', 'at most', 1, 500).default(50),
    option('--all', 'all of them'),
  ],
  async act(session, { alumnus, request, limit, all }) {
    const api = await session.api();
    const alumnusId = alumnus === undefined ? undefined : await alumnusIdOf(api, alumnus);
    const read = async (cursor: string | undefined) => {
      const query = { alumnusId, requestId: request, limit, cursor };
      const page = await api.get<{ letters: Letter[]; cursor?: string }>('/v1/letters', query);
      return { rows: page.letters, next: page.cursor };
    };
    const { rows, more } = await readPages(read, all === true);
    const heading = (ja: string, en: string) => ({ heading: session.t(ja, en) });
    const columns = [
      heading('ID', 'Letter'),
      heading('文書番号', 'Number'),
      heading('文書', 'What'),
      heading('送り方', 'By'),
      heading('状態', 'State'),
      heading('日時', 'When'),
    ];
    const cells = (one: Letter): unknown[] => [
      one.letterId.slice(0, 8),
      one.documentNumber ?? '',
      one.letter,
      one.means,
      standingOf(session, one),
      when(one.sentAt ?? one.issuedAt ?? one.orderedAt),
    ];
    await session.list(rows, columns, cells, { ja: '文書はありません。', en: 'There are no letters.' });
    if (more && !session.json)
      await session.note(session.t('続きがあります（--all）。', 'There are more (--all).'));
  },
});

const show = leaf<object>({
  usage: 'show <letter>',
  summary: 'one letter with its exact text',
  examples: ['letter show 5b0c7e21', 'letter show 5b0c7e21 --json'],
  notes: 'Reading it leaves an entry in the access log.',
  async act(session, _options, [name = '']) {
    const api = await session.api();
    const one = await api.get<Letter>(`/v1/letters/${await letterIdOf(api, name)}`);
    await session.show(one, () =>
      [
        facts([
          ['ID', one.letterId],
          [session.t('状態', 'State'), standingOf(session, one)],
          [session.t('送り方', 'By'), one.means],
          [session.t('宛先', 'To'), one.email ?? one.postalAddress ?? ''],
          [session.t('発行', 'Issued'), when(one.issuedAt)],
          [session.t('発送', 'Sent'), when(one.sentAt)],
          ['SHA-256', one.textHash ?? ''],
        ]),
        one.text ?? '',
      ].join('\n'),
    );
  },
});

const send = leaf<{ to: string; letter: string; means: string; language: string; file: string }>({
  usage: 'write',
  summary: 'have a letter written to a person: by mail it goes out, by post it waits to be printed',
  examples: [
    'letter write --letter correction-made --to 3f2a9c1e --means post --file values.json',
    'letter write --letter request-received --to 3f2a9c1e --means email --language en --file -',
  ],
  notes: 'The file has a value for each placeholder that `letter-template show` marks; days as 2026-11-22.',
  options: [
    required(option('--letter <letter>', 'which letter, see `enishi letter-template list`')),
    required(option('--to <alumnus>', 'to whom; name and address are those on record')),
    required(choice('--means <means>', 'how it goes', ['email', 'post'])),
    choice('--language <language>', 'in which language', ['ja', 'en']).default('ja'),
    required(option('--file <file>', 'JSON file with the values (- for standard input)')),
  ],
  async act(session, { to, letter, means, language, file }) {
    const values = await readJson(session.io, file);
    const api = await session.api();
    const body = { letter, alumnusId: await alumnusIdOf(api, to), language, means, values };
    const made = await api.command<CommandAnswer & { letterId: string }>('POST', '/v1/letters', body);
    await showDone(
      session,
      made,
      { ja: '文書の作成を指示しました', en: 'The letter is being written' },
      made.letterId,
    );
  },
});

const pdf = leaf<{ out?: string; force?: boolean }>({
  usage: 'pdf <letter>',
  summary: 'a letter as a sheet of A4 to be posted, its address where a window envelope shows it',
  examples: ['letter pdf 5b0c7e21 --out letter.pdf'],
  options: [
    option('--out <file>', 'file to write (default: standard output)'),
    option('--force', 'replace the file if it exists'),
  ],
  async act(session, { out, force }, [name = '']) {
    const api = await session.api();
    const path = `/v1/letters/${await letterIdOf(api, name)}/pdf`;
    await download(session, await api.open(path, {}), { out, force, format: 'pdf' });
  },
});

/** What somebody notes about a letter. */
function noted(usage: string, outcome: string, summary: string, done: { ja: string; en: string }): AnyLeaf {
  return leaf<object>({
    usage: `${usage} <letter>`,
    summary,
    examples: [`letter ${usage} 5b0c7e21`],
    async act(session, _options, [name = '']) {
      const api = await session.api();
      const path = `/v1/letters/${await letterIdOf(api, name)}/dispatches`;
      await showDone(session, await api.command('POST', path, { outcome }), done);
    },
  });
}

const numbering = leaf<{ prefix?: string; year?: string }>({
  usage: 'numbering',
  summary: 'how documents are numbered; with --prefix and --year, set it',
  examples: ['letter numbering', 'letter numbering --prefix 総人 --year fiscal'],
  notes: 'fiscal: from April to March, called by the year in which it begins.',
  options: [
    option('--prefix <text>', 'what every number begins with'),
    choice('--year <year>', 'by which year they are counted', ['fiscal', 'calendar']),
  ],
  async act(session, { prefix, year }) {
    const api = await session.api();
    const path = '/v1/letter-numbering';
    const known = await api.get<{ prefix: string; year: string; example: string }>(path);
    if (prefix === undefined && year === undefined)
      return session.show(known, () => `${known.example}  (${known.year})\n`);
    const answer = await api.command('PUT', path, {
      prefix: prefix ?? known.prefix,
      year: year ?? known.year,
    });
    await showDone(session, answer, { ja: '文書番号の付け方を設定しました', en: 'Numbering set' });
  },
});

/** `enishi letter …` */
export const LETTER: Group = {
  name: 'letter',
  summary: 'letters to people: numbered, their exact texts kept',
  leaves: [
    list,
    show,
    send,
    pdf,
    noted('posted', 'posted', 'note that a letter was posted', {
      ja: '発送を記録しました',
      en: 'Noted as posted',
    }),
    noted('returned', 'came-back', 'note that a letter came back', {
      ja: '返送を記録しました',
      en: 'Noted as returned',
    }),
    numbering,
  ],
};
