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
  draftOf,
  EFFECTIVE,
  endDraft,
  listVersioned,
  publishDraft,
  reviseVersion,
  showVersioned,
  VERSION,
  type Publishing,
} from './catalogue';
import { DRY_RUN, DRY_RUN_NOTE, isDryRun, showDryRun, type DryRunOptions } from './dry-run';

const FILE_NOTE = 'In the file, "purposeIds" may name purposes by code.';

/** A programme is tried for one of its purposes. */
interface TryOptions extends DryRunOptions {
  readonly purpose?: string;
}

const PURPOSE = option('--purpose <purpose>', 'with --dry-run: for which purpose, by code or id');

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

const revise = leaf<Publishing & TryOptions & { file: string }>({
  usage: 'revise <programme>',
  summary: 'draft the next version',
  examples: [
    'programme revise rehire --file rehire-2.json --publish',
    'programme revise rehire --file rehire-2.json --dry-run --purpose rehire --channel email',
  ],
  notes: `${FILE_NOTE}\n${DRY_RUN_NOTE}`,
  options: [
    required(option('--file <file>', 'JSON file with the whole content (- for standard input)')),
    option('--publish', 'publish it too'),
    EFFECTIVE,
    ...DRY_RUN,
    PURPOSE,
  ],
  async act(session, { file, ...options }, [name = '']) {
    const dryRun = isTried(options);
    const given = await readJson(session.io, file);
    const api = await session.api();
    const content = await contentIn(api, given);
    const path = `/v1/programmes/${await programmeIdOf(api, name)}`;
    if (!dryRun) return reviseVersion(session, path, { content }, options);
    return showDryRun(session, `${path}/revisions`, { content, ...(await triedIn(api, options)) }, options);
  },
});

const publish = leaf<{ version?: number; effective?: string } & TryOptions>({
  usage: 'publish <programme>',
  summary: 'publish a version',
  examples: [
    'programme publish rehire --version 2',
    'programme publish rehire --dry-run --purpose rehire --channel email',
  ],
  notes: DRY_RUN_NOTE,
  options: [VERSION, EFFECTIVE, ...DRY_RUN, PURPOSE],
  async act(session, options, [name = '']) {
    const dryRun = isTried(options);
    const api = await session.api();
    const found = await programmeOf(api, name);
    const path = `/v1/programmes/${found.programmeId}`;
    if (!dryRun) return publishDraft(session, path, found, options);
    const version = `${path}/versions/${draftOf(found, options.version)}/publication`;
    return showDryRun(session, version, await triedIn(api, options), options);
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

/** @throws Failure where the purpose is missing, or named although nothing is tried */
function isTried(options: TryOptions): boolean {
  const dryRun = isDryRun(options);
  if (dryRun !== (options.purpose !== undefined)) {
    throw badInput(
      'option-missing',
      '--dry-run と --purpose は一緒に指定します。',
      '--dry-run and --purpose go together.',
      { ja: '--help で使い方が出ます。', en: 'See --help.' },
    );
  }
  return dryRun;
}

async function triedIn(api: Api, { purpose = '', effective }: TryOptions & Publishing): Promise<Json> {
  return { purposeId: await purposeIdOf(api, purpose), effectiveAt: effective };
}

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
