import { createHash } from 'node:crypto';
import type { CommandAnswer } from '../answers';
import { EXIT } from '../exit-codes';
import { Failure } from '../failure';
import { write } from '../io';
import type { Bilingual } from '../language';
import { leaf, type Group } from '../leaf';
import { count, option } from '../options';
import { writeFileWhole } from '../output-file';
import { facts } from '../output/table';
import { when } from '../output/when';
import type { Session } from '../session';
import { showDone } from './answer';

interface Preview {
  readonly version: number;
  readonly basis?: string;
  readonly missing: readonly { readonly code: string; readonly messages: Bilingual }[];
  readonly published: boolean;
  readonly changed: readonly string[];
  readonly shows: readonly {
    readonly code: string;
    readonly version: number;
    readonly title: Bilingual;
    readonly from?: string;
    readonly first: boolean;
  }[];
}

interface PageVersion {
  readonly version: number;
  readonly from: string;
  readonly until?: string;
  readonly hashJa: string;
  readonly hashEn: string;
  readonly shows: readonly object[];
}

interface FileOptions {
  readonly out?: string;
  readonly force?: boolean;
}

const PATH = '/v1/publication';
const OUT = [
  option('--out <file>', 'file to write (default: standard output)'),
  option('--force', 'replace the file if it exists'),
];
const PARTS: Readonly<Record<string, Bilingual>> = {
  form: { ja: '様式', en: 'form' },
  company: { ja: '事業者', en: 'company' },
  contactPoint: { ja: '窓口', en: 'contact point' },
  publicMatters: { ja: '請求の手続き・手数料', en: 'procedure and fees' },
  handlingRules: { ja: '安全管理措置', en: 'security measures' },
  recipients: { ja: '外国の提供先・委託先', en: 'recipients abroad' },
  purposes: { ja: '利用目的', en: 'purposes' },
};

const preview = leaf<FileOptions>({
  usage: 'preview',
  summary:
    'what publishing the page would show, what is missing, and what has changed since it was published',
  examples: ['publication preview', 'publication preview --out page.html --lang ja'],
  notes: 'With --out the page itself is written, in the language of --lang. Nothing is published.',
  options: OUT,
  async act(session, { out, force }) {
    const api = await session.api();
    const answer = await api.get<Preview>(`${PATH}/preview`);
    if (out !== undefined) {
      const page = await api.open(`${PATH}/preview/page`, { lang: session.language });
      await keep(session, await whole(page), { out, ...(force === true && { force }) });
    }
    if (out === undefined || out !== '-') await session.show(answer, () => previewText(session, answer));
  },
});

const publish = leaf<{ basis?: string }>({
  usage: 'publish',
  summary: 'publish the page, and record the notices of the purposes it is the first to show',
  examples: ['publication publish', 'publication publish --basis 5e88…'],
  notes: 'With --basis, as `publication preview --json` names it, only what was looked at is published.',
  options: [option('--basis <hash>', 'what was looked at')],
  async act(session, { basis }) {
    const api = await session.api();
    const { basis: now, missing, shows } = await api.get<Preview>(`${PATH}/preview`);
    const wanted = basis ?? now;
    if (wanted === undefined) throw incomplete(missing);
    const answer = await api.command<CommandAnswer>('POST', PATH, { basis: wanted });
    const first = shows.filter((one) => one.first).length;
    await showDone(session, answer, {
      ja: `公表しました（通知・公表の記録: ${first} 件）`,
      en: `Published (notices recorded: ${first})`,
    });
  },
});

const list = leaf<object>({
  usage: 'list',
  summary: 'every version of the page, with its hash and when it was published',
  examples: ['publication list', 'publication list --json'],
  isDefault: true,
  async act(session) {
    const { versions } = await (await session.api()).get<{ versions: readonly PageVersion[] }>(PATH);
    const heading = (ja: string, en: string) => ({ heading: session.t(ja, en) });
    const columns = [
      heading('版', 'Version'),
      heading('公表', 'From'),
      heading('終了', 'Until'),
      { ...heading('利用目的', 'Purposes'), align: 'right' as const },
      { heading: session.t('SHA-256（日）', 'SHA-256 (en)') },
    ];
    await session.list(
      versions,
      columns,
      (one) => [one.version, when(one.from), when(one.until), String(one.shows.length), hashOf(session, one)],
      {
        ja: 'まだ公表していません。enishi publication preview',
        en: 'Nothing is published yet. See: enishi publication preview',
      },
    );
  },
});

const show = leaf<FileOptions & { version?: number }>({
  usage: 'show',
  summary: 'one version of the page, byte by byte, compared with its hash in the ledger',
  examples: ['publication show --out privacy.html', 'publication show --version 1 --lang en'],
  notes: 'Without --version the newest. Exit code 5 where the bytes have another hash.',
  options: [count('--version <number>', 'the version', 1, 100_000), ...OUT],
  async act(session, { version, ...options }) {
    const api = await session.api();
    const { versions } = await api.get<{ versions: readonly PageVersion[] }>(PATH);
    const found = version === undefined ? versions[0] : versions.find((one) => one.version === version);
    if (found === undefined) throw unknown();
    const lang = session.language;
    const bytes = await whole(await api.open(`/privacy/versions/${found.version}`, { lang }));
    if (createHash('sha256').update(bytes).digest('hex') !== hashOf(session, found)) throw differs();
    await keep(session, bytes, options);
  },
});

/** `enishi publication …` */
export const PUBLICATION: Group = {
  name: 'publication',
  summary: 'the public page: preview, publish, versions with their hashes',
  leaves: [list, preview, publish, show],
};

function previewText(session: Session, { version, missing, published, changed, shows }: Preview): string {
  const { palette } = session;
  const parts = changed.map((part) => session.say(PARTS[part] ?? { ja: part, en: part })).join(', ');
  const stands = !published
    ? session.t('まだ公表していません。', 'Nothing is published yet.')
    : parts === ''
      ? session.t('公表中のページは最新です。', 'The published page is up to date.')
      : session.t(
          `公表中のページは古くなっています: ${parts}`,
          `The published page is out of date: ${parts}`,
        );
  const gaps = missing.map(({ messages }) => `  ${palette.bad('×')} ${session.say(messages)}\n`).join('');
  const rows = facts(
    shows.map((one) => [
      `  ${one.code} v${one.version}`,
      [
        one.title[session.language],
        one.from && session.t(`${when(one.from)} から`, `from ${when(one.from)}`),
        one.first && session.t('初めて公表', 'shown for the first time'),
      ]
        .filter(Boolean)
        .join('  '),
    ]),
  );
  const next = session.t(`次の版: 第${version}版`, `Next version: ${version}`);
  return `${palette.strong(stands)}\n${gaps}${next}\n${rows}`;
}

async function keep(session: Session, bytes: Uint8Array, { out, force }: FileOptions): Promise<void> {
  if (out === undefined || out === '-') return write(session.io.stdout, bytes);
  await writeFileWhole(out, [bytes], force === true);
  await session.note(session.t('書き出しました', 'Written'));
}

async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

function hashOf({ language }: Session, { hashJa, hashEn }: PageVersion): string {
  return language === 'ja' ? hashJa : hashEn;
}

function incomplete(missing: Preview['missing']): Failure {
  return new Failure(
    EXIT.refused,
    missing[0]?.code ?? 'page-incomplete',
    { ja: '公表に必要なものが不足しています。', en: 'What the page must show is not complete.' },
    {
      ja: 'enishi readiness が、不足を補うコマンドを示します。',
      en: 'enishi readiness names the commands that supply it.',
    },
    missing.map(({ code, messages }) => ({ at: code, message: messages })),
  );
}

function unknown(): Failure {
  return new Failure(EXIT.notFound, 'page-not-published', {
    ja: 'その版はありません。',
    en: 'There is no such version.',
  });
}

function differs(): Failure {
  return new Failure(EXIT.conflict, 'page-hash-differs', {
    ja: '台帳にあるハッシュ値と一致しません。',
    en: 'The bytes have another hash than the ledger says.',
  });
}
