import { NOTICE_METHODS } from '@enishi/domain';
import type { CommandAnswer, Template, Versioned } from '../answers';
import { badInput } from '../failure';
import { readJson } from '../input';
import { leaf, type Group } from '../leaf';
import { present } from '../members';
import { purposeIdOf, purposeOf } from '../names';
import { choice, count, option, required, time } from '../options';
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

const list = leaf<object>({
  usage: 'list',
  summary: 'every purpose with its state',
  examples: ['purpose list'],
  isDefault: true,
  async act(session) {
    const { purposes } = await (await session.api()).get<{ purposes: Versioned[] }>('/v1/purposes');
    await listVersioned(session, purposes, {
      ja: '利用目的はまだありません。enishi purpose create --template rehire --publish',
      en: 'There is no purpose yet. Try: enishi purpose create --template rehire --publish',
    });
  },
});

const show = leaf<{ version?: number }>({
  usage: 'show <purpose>',
  summary: 'one purpose with its versions and notice texts',
  examples: ['purpose show rehire', 'purpose show rehire --version 1 --json'],
  notes: '<purpose> is a code or an id.',
  options: [VERSION],
  async act(session, { version }, [name = '']) {
    await showVersioned(session, await purposeOf(await session.api(), name), version);
  },
});

const templates = leaf<object>({
  usage: 'templates',
  summary: 'ready bilingual purposes and programmes',
  examples: ['purpose templates'],
  async act(session) {
    const { templates: found } = await (await session.api()).get<{ templates: Template[] }>('/v1/templates');
    const columns = [
      { heading: session.t('ひな形', 'Template') },
      { heading: session.t('利用目的', 'Purpose') },
    ];
    await session.list(found, columns, (row) => [row.code, row.purpose.title[session.language]], {
      ja: 'ひな形はありません。',
      en: 'There are no templates.',
    });
  },
});

interface CreateOptions extends Publishing {
  readonly template?: string;
  readonly file?: string;
  readonly code?: string;
}

const create = leaf<CreateOptions>({
  usage: 'create',
  summary: 'define a purpose from a template or a file',
  examples: [
    'purpose create --template rehire --publish',
    'purpose create --template news --code newsletter',
    'purpose create --file purpose.json --code mentoring',
  ],
  notes: 'The file holds the content as `purpose show … --version 1 --json` prints it under "content".',
  options: [
    option('--template <name>', 'see `enishi purpose templates`').conflicts('file'),
    option('--file <file>', 'JSON file (- for standard input)'),
    option('--code <code>', 'name for the command line (default: that of the template)'),
    option('--publish', 'publish version 1 too'),
    EFFECTIVE,
  ],
  async act(session, { template, file, code, ...publishing }) {
    if (template === undefined && file === undefined) throw sourceMissing();
    if (file !== undefined && code === undefined) throw codeMissing();
    const api = await session.api();
    const content = file === undefined ? undefined : contentIn(await readJson(session.io, file));
    const made = await api.command<CommandAnswer>(
      'POST',
      '/v1/purposes',
      present({ template, code, content }),
    );
    await endDraft(session, `/v1/purposes/${String(made.purposeId)}`, made, publishing, {
      drafted: { ja: '利用目的を作りました', en: 'Purpose drafted' },
      published: { ja: '利用目的を作り、公開しました', en: 'Purpose drafted and published' },
    });
  },
});

interface ReviseOptions extends Publishing, DryRunOptions {
  readonly kind: string;
  readonly file: string;
}

const revise = leaf<ReviseOptions>({
  usage: 'revise <purpose>',
  summary: 'draft the next version, and say what kind of change it is',
  examples: [
    'purpose revise rehire --kind editorial --file rehire-2.json --publish',
    'purpose revise rehire --kind beyond-scope --file rehire-2.json --dry-run --channel email',
  ],
  notes:
    'editorial     wording only; consents stay\n' +
    'related       within a reasonably related scope (17(2)): usable once its notice is recorded\n' +
    'beyond-scope  beyond it (18(1)): nobody may be contacted for it until they consent anew\n' +
    DRY_RUN_NOTE,
  options: [
    required(choice('--kind <kind>', 'kind of change', ['editorial', 'related', 'beyond-scope'])),
    required(option('--file <file>', 'JSON file with the whole content (- for standard input)')),
    option('--publish', 'publish it too'),
    EFFECTIVE,
    ...DRY_RUN,
  ],
  async act(session, { kind, file, ...options }, [name = '']) {
    const dryRun = isDryRun(options);
    const content = contentIn(await readJson(session.io, file));
    const api = await session.api();
    const path = `/v1/purposes/${await purposeIdOf(api, name)}`;
    if (!dryRun) return reviseVersion(session, path, { kind, content }, options);
    const body = { kind, content, effectiveAt: options.effective };
    return showDryRun(session, `${path}/revisions`, body, options);
  },
});

const publish = leaf<{ version?: number; effective?: string } & DryRunOptions>({
  usage: 'publish <purpose>',
  summary: 'publish a version',
  examples: [
    'purpose publish rehire',
    'purpose publish rehire --version 2 --effective 2027-04-01',
    'purpose publish rehire --dry-run --channel email',
  ],
  notes: DRY_RUN_NOTE,
  options: [VERSION, EFFECTIVE, ...DRY_RUN],
  async act(session, options, [name = '']) {
    const dryRun = isDryRun(options);
    const found = await purposeOf(await session.api(), name);
    const path = `/v1/purposes/${found.purposeId}`;
    if (!dryRun) return publishDraft(session, path, found, options);
    const version = `${path}/versions/${draftOf(found, options.version)}/publication`;
    return showDryRun(session, version, { effectiveAt: options.effective }, options);
  },
});

const notice = leaf<{ version: number; method: string; proof: string; effective?: string }>({
  usage: 'notice <purpose>',
  summary: 'record that a version was notified or published, with proof (17(2), 21(3))',
  examples: [
    'purpose notice rehire --version 2 --method website --proof "https://example.jp/privacy, captured 2026-11-21"',
  ],
  options: [
    required(count('--version <number>', 'the version', 1, 100_000)),
    required(choice('--method <method>', 'how it was given', NOTICE_METHODS)),
    required(option('--proof <text>', 'where it was published and what proves it')),
    time('--effective <time>', 'when that was (default: now)'),
  ],
  async act(session, { version, method, proof, effective }, [name = '']) {
    const api = await session.api();
    const path = `/v1/purposes/${await purposeIdOf(api, name)}/versions/${version}/notices`;
    const answer = await api.command('POST', path, present({ method, proof, effectiveAt: effective }));
    await showDone(session, answer, { ja: '通知・公表を記録しました', en: 'Notice recorded' });
  },
});

const retire = leaf<object>({
  usage: 'retire <purpose>',
  summary: 'retire a purpose: nobody is contacted for it any more',
  examples: ['purpose retire referral'],
  async act(session, _options, [name = '']) {
    const api = await session.api();
    const answer = await api.command('POST', `/v1/purposes/${await purposeIdOf(api, name)}/retirement`);
    await showDone(session, answer, { ja: '利用目的を廃止しました', en: 'Purpose retired' });
  },
});

/** `enishi purpose …` */
export const PURPOSE: Group = {
  name: 'purpose',
  summary: 'purposes of use and their versions',
  leaves: [list, show, templates, create, revise, publish, notice, retire],
};

/** A file may be the content alone, or something printed by `show` that has it as a member. */
function contentIn(file: Readonly<Record<string, unknown>>): unknown {
  return file.content ?? file;
}

function sourceMissing(): Error {
  return badInput('source-missing', '--template か --file が必要です。', 'Give --template or --file.', {
    ja: 'ひな形は enishi purpose templates で出ます。',
    en: '`enishi purpose templates` lists the templates.',
  });
}

function codeMissing(): Error {
  return badInput('code-missing', '--file には --code が必要です。', '--file needs a --code.');
}
