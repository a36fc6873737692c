import { badInput } from '../failure';
import { readJson } from '../input';
import type { Bilingual } from '../language';
import { leaf, type Group } from '../leaf';
import { option, required } from '../options';
import { write } from '../io';
import { showDone } from './answer';

interface Text {
  readonly subject: string;
  readonly body: string;
}

interface Summary {
  readonly letter: string;
  readonly outgoing: boolean;
  readonly builtIn: boolean;
  readonly version: number;
  readonly subject: Bilingual;
}

interface Template extends Summary {
  readonly content: { readonly ja: Text; readonly en: Text };
  readonly placeholders: readonly { readonly name: string; readonly mandatory: boolean }[];
}

const FILE = option('--file <file>', 'JSON file with the texts in both languages (- for standard input)');
const FILE_NOTE = 'The file is what `letter-template show <letter> --json` prints under "content".';

/** Codes of letters are lower-case words: anything else would change the path. */
function pathOf(letter: string): string {
  if (!/^[a-z]+(-[a-z]+)*$/.test(letter))
    throw badInput('letter-not-valid', '文書の名前が正しくありません。', 'This is no name of a letter.', {
      ja: 'enishi letter-template list で確かめてください。',
      en: 'See `enishi letter-template list`.',
    });
  return `/v1/letter-templates/${letter}`;
}

const list = leaf<object>({
  usage: 'list',
  summary: 'every text, and whether the company has changed it',
  examples: ['letter-template list'],
  isDefault: true,
  async act(session) {
    const api = await session.api();
    const { templates } = await api.get<{ templates: Summary[] }>('/v1/letter-templates');
    const heading = (ja: string, en: string) => ({ heading: session.t(ja, en) });
    const columns = [
      heading('文書', 'Letter'),
      heading('宛先', 'To'),
      heading('文面', 'Text'),
      heading('件名', 'Subject'),
    ];
    const cells = ({ letter, outgoing, builtIn, version, subject }: Summary): unknown[] => [
      letter,
      outgoing ? session.t('本人', 'the person') : session.t('社内', 'ourselves'),
      builtIn
        ? session.t('標準', 'as it came')
        : session.t(`自社（第${version}版）`, `own, version ${version}`),
      subject[session.language],
    ];
    await session.list(templates, columns, cells, { ja: '文書はありません。', en: 'There are no letters.' });
  },
});

const show = leaf<object>({
  usage: 'show <letter>',
  summary: 'one text in both languages, and what may stand in it',
  examples: [
    'letter-template show request-received',
    'letter-template show request-received --json > text.json',
  ],
  async act(session, _options, [letter = '']) {
    const template = await (await session.api()).get<Template>(pathOf(letter));
    const { content, placeholders, builtIn, version } = template;
    const marked = placeholders.map(({ name, mandatory }) => `{${name}}${mandatory ? '*' : ''}`).join('  ');
    await session.show(template, () =>
      [
        builtIn
          ? session.t('標準の文面', 'As it came')
          : session.t(`自社の文面 第${version}版`, `Own text, version ${version}`),
        `${session.t('差し込み項目（* は必須）', 'Placeholders (* must be there)')}: ${marked}`,
        '',
        ...(['ja', 'en'] as const).flatMap((language) => [
          session.palette.strong(`[${language}] ${content[language].subject}`),
          '',
          content[language].body,
          '',
        ]),
      ].join('\n'),
    );
  },
});

const edit = leaf<{ file: string }>({
  usage: 'edit <letter>',
  summary: 'put the company’s own words in the place of a text',
  examples: ['letter-template edit request-received --file text.json'],
  notes: FILE_NOTE,
  options: [required(FILE)],
  async act(session, { file }, [letter = '']) {
    const path = pathOf(letter);
    const content = contentIn(await readJson(session.io, file));
    const answer = await (await session.api()).command('PUT', path, { content });
    await showDone(session, answer, { ja: '文面を改訂しました', en: 'Text revised' });
  },
});

const preview = leaf<{ file?: string }>({
  usage: 'preview <letter>',
  summary: 'a letter as it would be, with sample values; changes nothing',
  examples: [
    'letter-template preview request-received',
    'letter-template preview request-received --file text.json',
  ],
  notes: FILE_NOTE,
  options: [FILE],
  async act(session, { file }, [letter = '']) {
    const path = `${pathOf(letter)}/previews`;
    const body = file === undefined ? {} : { content: contentIn(await readJson(session.io, file)) };
    const answer = await (await session.api()).search<Bilingual>(path, body);
    if (session.json) return session.show(answer, () => '');
    await write(session.io.stdout, `${answer.ja}\n--\n\n${answer.en}`);
  },
});

const revert = leaf<object>({
  usage: 'revert <letter>',
  summary: 'go back to the text that comes with the program',
  examples: ['letter-template revert request-received'],
  async act(session, _options, [letter = '']) {
    const answer = await (await session.api()).command('DELETE', pathOf(letter));
    await showDone(session, answer, { ja: '標準の文面に戻しました', en: 'The text is as it came' });
  },
});

/** `enishi letter-template …` */
export const LETTER_TEMPLATE: Group = {
  name: 'letter-template',
  summary: 'the words of letters and notices, in both languages',
  leaves: [list, show, edit, preview, revert],
};

/** A file may be the texts alone, or what `show --json` prints. */
function contentIn(file: Readonly<Record<string, unknown>>): unknown {
  return file.content ?? file;
}
