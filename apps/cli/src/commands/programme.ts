import type { CommandAnswer, Versioned } from '../answers';
import { badInput } from '../failure';
import type { Api } from '../http/api';
import { readJson } from '../input';
import { leaf, type Group } from '../leaf';
import { present, type Json } from '../members';
import { programmeIdOf, programmeOf, purposeIdOf } from '../names';
import { option, required, words } from '../options';
import { showDone } from './answer';
import {
  EFFECTIVE,
  endDraft,
  listVersioned,
  publishDraft,
  reviseVersion,
  showVersioned,
  VERSION,
  type Publishing,
} from './catalogue';

const FILE_NOTE = 'In the file, "purposeIds" may name purposes by code.';

const list = leaf<object>({
  usage: 'list',
  summary: 'every programme with its state',
  examples: ['programme list'],
  isDefault: true,
  async act(session) {
    const { programmes } = await (await session.api()).get<{ programmes: Versioned[] }>('/v1/programmes');
    await listVersioned(session, programmes, {
      ja: '制度はまだありません。enishi programme create --template rehire --purpose rehire --publish',
      en: 'There is no programme yet. Try: enishi programme create --template rehire --purpose rehire --publish',
    });
  },
});

const show = leaf<{ version?: number }>({
  usage: 'show <programme>',
  summary: 'one programme with its versions',
  examples: ['programme show rehire'],
  notes: '<programme> is a code or an id.',
  options: [VERSION],
  async act(session, { version }, [name = '']) {
    await showVersioned(session, await programmeOf(await session.api(), name), version);
  },
});

interface CreateOptions extends Publishing {
  readonly template?: string;
  readonly file?: string;
  readonly code?: string;
  readonly purpose?: readonly string[];
}

const create = leaf<CreateOptions>({
  usage: 'create',
  summary: 'define a programme: its purposes, whom it is for, its channels',
  examples: [
    'programme create --template rehire --purpose rehire --publish',
    'programme create --file programme.json --code returners',
  ],
  notes: FILE_NOTE,
  options: [
    option('--template <name>', 'see `enishi purpose templates`').conflicts('file'),
    option('--file <file>', 'JSON file (- for standard input)'),
    words('--purpose <purpose>', 'purposes by code or id, with --template'),
    option('--code <code>', 'name for the command line (default: that of the template)'),
    option('--publish', 'publish version 1 too'),
    EFFECTIVE,
  ],
  async act(session, { template, file, code, purpose, ...publishing }) {
    if (template === undefined && file === undefined)
      throw missing('--template か --file', '--template or --file');
    if (template !== undefined && purpose === undefined) throw missing('--purpose', '--purpose');
    if (file !== undefined && code === undefined) throw missing('--code', '--code');
    const api = await session.api();
    const content = file === undefined ? undefined : await contentIn(api, await readJson(session.io, file));
    const purposeIds = purpose === undefined ? undefined : await idsOf(api, purpose);
    const body = present({
      template,
      code,
      purposeIds: content === undefined ? purposeIds : undefined,
      content,
    });
    const made = await api.command<CommandAnswer>('POST', '/v1/programmes', body);
    await endDraft(session, `/v1/programmes/${String(made.programmeId)}`, made, publishing, {
      drafted: { ja: '制度を作りました', en: 'Programme drafted' },
      published: { ja: '制度を作り、公開しました', en: 'Programme drafted and published' },
    });
  },
});

const revise = leaf<Publishing & { file: string }>({
  usage: 'revise <programme>',
  summary: 'draft the next version',
  examples: ['programme revise rehire --file rehire-2.json --publish'],
  notes: FILE_NOTE,
  options: [
    required(option('--file <file>', 'JSON file with the whole content (- for standard input)')),
    option('--publish', 'publish it too'),
    EFFECTIVE,
  ],
  async act(session, { file, ...publishing }, [name = '']) {
    const given = await readJson(session.io, file);
    const api = await session.api();
    const content = await contentIn(api, given);
    const path = `/v1/programmes/${await programmeIdOf(api, name)}`;
    await reviseVersion(session, path, { content }, publishing);
  },
});

const publish = leaf<{ version?: number; effective?: string }>({
  usage: 'publish <programme>',
  summary: 'publish a version',
  examples: ['programme publish rehire --version 2'],
  options: [VERSION, EFFECTIVE],
  async act(session, options, [name = '']) {
    const found = await programmeOf(await session.api(), name);
    await publishDraft(session, `/v1/programmes/${found.programmeId}`, found, options);
  },
});

const close = leaf<object>({
  usage: 'close <programme>',
  summary: 'close a programme',
  examples: ['programme close referral'],
  async act(session, _options, [name = '']) {
    const api = await session.api();
    const answer = await api.command('POST', `/v1/programmes/${await programmeIdOf(api, name)}/closure`);
    await showDone(session, answer, { ja: '制度を終了しました', en: 'Programme closed' });
  },
});

/** `enishi programme …` */
export const PROGRAMME: Group = {
  name: 'programme',
  summary: 'alumni programmes: purposes, eligibility, channels',
  leaves: [list, show, create, revise, publish, close],
};

/** A programme's content, its purposes turned into ids. */
async function contentIn(api: Api, file: Json): Promise<Json> {
  const content = (file.content ?? file) as Json;
  const names = content.purposeIds;
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) return content;
  return { ...content, purposeIds: await idsOf(api, names) };
}

async function idsOf(api: Api, names: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) ids.push(await purposeIdOf(api, name));
  return ids;
}

function missing(ja: string, en: string): Error {
  return badInput('option-missing', `${ja} が必要です。`, `Give ${en}.`, {
    ja: '--help で使い方が出ます。',
    en: 'See --help.',
  });
}
