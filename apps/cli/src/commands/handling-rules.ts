import { createHash } from 'node:crypto';
import { ACCESS_RULES_TEMPLATE, REVIEW_OUTCOMES, SECURITY_MEASURES_TEMPLATE } from '@enishi/domain';
import { badInput } from '../failure';
import { openSource, readJson, readText } from '../input';
import { write, type Io } from '../io';
import type { Bilingual } from '../language';
import { leaf, type Group } from '../leaf';
import { present } from '../members';
import { choice, count, day, option, required, time } from '../options';
import { facts } from '../output/table';
import { when } from '../output/when';
import type { Session } from '../session';
import { showDone } from './answer';

interface Version {
  readonly version: number;
  readonly state: string;
  readonly title: Bilingual;
  readonly documentNumber?: string;
  readonly hasText: boolean;
  readonly fileHash: string;
  readonly access: readonly { readonly role: Bilingual; readonly scope: Bilingual }[];
  readonly effectiveAt: string;
}

interface ReviewDue {
  readonly months: number;
  readonly dueAt?: string;
  readonly overdue: boolean;
}

interface Review {
  readonly version: number;
  readonly outcome: string;
  readonly findings?: string;
  readonly at: string;
  readonly nextBy: string;
  readonly actor: string;
  readonly actorName?: string;
}

const PATH = '/v1/handling-rules';
/** As much as the server keeps of a text. */
const LONGEST_TEXT = 200_000;
const LARGEST_DOCUMENT = 64 * 1024 * 1024;
const STATES: Readonly<Record<string, Bilingual>> = {
  scheduled: { ja: '施行前', en: 'scheduled' },
  'in-force': { ja: '施行中', en: 'in force' },
  superseded: { ja: '旧版', en: 'superseded' },
};
const OUTCOMES: Readonly<Record<string, Bilingual>> = {
  adequate: { ja: '適切', en: 'adequate' },
  'to-be-changed': { ja: '改定が必要', en: 'to be changed' },
};

const show = leaf<object>({
  usage: 'show',
  summary: 'the versions of the handling rules, who may reach what, and when they are to be reviewed',
  examples: ['handling-rules', 'handling-rules show --json'],
  isDefault: true,
  async act(session) {
    const answer = await (await session.api()).get<{ versions: readonly Version[]; review: ReviewDue }>(PATH);
    await session.show(answer, () =>
      answer.versions.length === 0
        ? `${session.t('取扱規程はまだありません。enishi handling-rules adopt --help', 'There are no handling rules yet. See: enishi handling-rules adopt --help')}\n`
        : `${answer.versions.map((one) => versionText(session, one)).join('')}${dueText(session, answer.review)}\n`,
    );
  },
});

interface AdoptOptions {
  readonly document: string;
  readonly file?: string;
  readonly template?: string;
  readonly titleJa?: string;
  readonly titleEn?: string;
  readonly number?: string;
  readonly from?: string;
}

const adopt = leaf<AdoptOptions>({
  usage: 'adopt',
  summary: 'put the next version of the handling rules in force',
  examples: [
    'handling-rules adopt --document rules.md --template default --from 2026-12-01',
    'handling-rules adopt --document rules.pdf --number 規程-2026-3 --file statement.json',
  ],
  notes:
    'The file states {"title": …, "access": [{"role": …, "scope": …}], "measures": …}, each text in ja and en; `--template default`\n' +
    'is one to start from. A document that is text is kept in the ledger; of any other its SHA-256 is, and --number says\n' +
    'where the company files it.',
  options: [
    required(option('--document <file>', 'the document itself')),
    option('--file <file>', 'JSON file (- for standard input)'),
    choice('--template <name>', 'ready words for roles, scope of access and security measures', [
      'default',
    ]).conflicts('file'),
    option('--title-ja <text>', 'title in Japanese'),
    option('--title-en <text>', 'title in English'),
    option('--number <text>', 'document number'),
    time('--from <time>', 'in force from; a day begins in Asia/Tokyo (default: now)'),
  ],
  async act(session, { document, file, template, titleJa, titleEn, number, from }) {
    if (file === undefined && template === undefined) throw statementMissing();
    const base = file === undefined ? DEFAULT : await readJson(session.io, file);
    const title = { ...(base.title as object), ...present({ ja: titleJa, en: titleEn }) };
    const kept = await documentOf(session.io, document);
    const body = { ...base, title, ...kept, ...present({ documentNumber: number, effectiveAt: from }) };
    const answer = await (await session.api()).command('POST', PATH, body);
    await showDone(session, answer, { ja: '取扱規程を記録しました', en: 'Handling rules recorded' });
  },
});

const text = leaf<{ version: number }>({
  usage: 'text',
  summary: 'the text of one version, byte by byte',
  examples: ['handling-rules text --version 1 | sha256sum'],
  options: [required(count('--version <number>', 'the version', 1, 100_000))],
  async act(session, { version }) {
    const api = await session.api();
    for await (const chunk of await api.open(`${PATH}/versions/${version}/text`)) {
      await write(session.io.stdout, chunk);
    }
  },
});

const review = leaf<{ outcome: string; findings: string; next?: string }>({
  usage: 'review',
  summary: 'record a review of the handling rules in force',
  examples: [
    'handling-rules review --outcome adequate --findings "規程・権限・台帳を確認した。変更なし。"',
    'handling-rules review --outcome to-be-changed --findings - --next 2027-03-31 < findings.txt',
  ],
  notes: 'What was found is sealed. Without --next the next review is as late as the rules allow.',
  options: [
    required(choice('--outcome <outcome>', 'what the review has found', REVIEW_OUTCOMES)),
    required(option('--findings <text>', 'what was looked at and found (- for standard input)')),
    day('--next <day>', 'last day for the next review'),
  ],
  async act(session, { outcome, findings, next }) {
    const told = await readText(session.io, findings);
    const body = present({ outcome, findings: told, nextBy: next });
    const answer = await (await session.api()).command('POST', `${PATH}/reviews`, body);
    await showDone(session, answer, { ja: '見直しを記録しました', en: 'Review recorded' });
  },
});

const reviews = leaf<object>({
  usage: 'reviews',
  summary: 'the reviews of the handling rules, and when the next one is due',
  examples: ['handling-rules reviews'],
  async act(session) {
    const answer = await (
      await session.api()
    ).get<{ reviews: readonly Review[]; review: ReviewDue }>(`${PATH}/reviews`);
    const heading = (ja: string, en: string) => ({ heading: session.t(ja, en) });
    const columns = [
      heading('実施', 'Held'),
      heading('版', 'Version'),
      heading('結果', 'Outcome'),
      heading('次回', 'Next by'),
      heading('記録者', 'By'),
      heading('所見', 'Findings'),
    ];
    await session.list(
      answer.reviews,
      columns,
      (one) => [
        ...[when(one.at), one.version, session.say(OUTCOMES[one.outcome] ?? both(one.outcome))],
        ...[lastDayOf(one.nextBy), one.actorName ?? one.actor, one.findings],
      ],
      { ja: '見直しはまだ記録されていません。', en: 'No review is recorded yet.' },
    );
    if (!session.json) await session.note(dueText(session, answer.review));
  },
});

/** `enishi handling-rules …` */
export const HANDLING_RULES: Group = {
  name: 'handling-rules',
  summary: 'the handling rules, who may reach what, and their reviews',
  leaves: [show, adopt, text, review, reviews],
};

const DEFAULT: Readonly<Record<string, unknown>> = {
  title: { ja: '退職者個人情報取扱規程', en: 'Rules for handling personal data of people who have left' },
  access: ACCESS_RULES_TEMPLATE,
  measures: SECURITY_MEASURES_TEMPLATE,
};

/** The text of a document that is text, or the hash of another. */
async function documentOf(io: Io, file: string): Promise<{ text: string } | { fileHash: string }> {
  const parts: Uint8Array[] = [];
  for await (const part of (await openSource(io, file, LARGEST_DOCUMENT)).open()) parts.push(part);
  const bytes = Buffer.concat(parts);
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    const read = utf8.decode(bytes);
    if (read.length > 0 && read.length <= LONGEST_TEXT && !read.includes('\0')) return { text: read };
  } catch {
    // Not UTF-8: its hash alone is kept.
  }
  return { fileHash: createHash('sha256').update(bytes).digest('hex') };
}

function versionText(session: Session, one: Version): string {
  const head = `${session.t(`第${one.version}版`, `v${one.version}`)}  ${one.title[session.language]}  ${session.say(STATES[one.state] ?? both(one.state))}\n`;
  const rows = facts([
    [session.t('施行', 'In force from'), when(one.effectiveAt)],
    [session.t('文書番号', 'Document number'), one.documentNumber],
    ['SHA-256', one.fileHash],
    ...one.access.map(({ role, scope }) => [role[session.language], scope[session.language]] as const),
  ]);
  return `${session.palette.strong(head)}${rows.replaceAll(/^(?=.)/gm, '  ')}`;
}

function dueText(session: Session, { months, dueAt, overdue }: ReviewDue): string {
  if (dueAt === undefined) return session.t('施行中の規程がありません。', 'No rules are in force.');
  const until = lastDayOf(dueAt);
  return overdue
    ? session.t(`見直しの期限（${until}）を過ぎています。`, `The review is overdue: it was due by ${until}.`)
    : session.t(
        `次の見直しは ${until} まで（${months} か月ごと）。`,
        `Next review by ${until} (every ${months} months).`,
      );
}

/** The last day before an instant that begins a day in Asia/Tokyo. */
function lastDayOf(end: string): string {
  return when(new Date(Date.parse(end) - 1).toISOString()).slice(0, 10);
}

function both(code: string): Bilingual {
  return { ja: code, en: code };
}

function statementMissing(): Error {
  return badInput(
    'statement-missing',
    '権限の範囲と安全管理措置がありません。',
    'Roles, scope of access and security measures are missing.',
    { ja: '--file か --template default を指定してください。', en: 'Give --file, or --template default.' },
  );
}
