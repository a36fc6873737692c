import type { CommandAnswer, Version, Versioned } from '../answers';
import { badInput } from '../failure';
import type { Api } from '../http/api';
import type { Bilingual } from '../language';
import type { Session } from '../session';
import { count, time } from '../options';
import { when } from '../output/when';
import { showDone } from './answer';

/** What purposes and programmes have in common on the command line: a code, and versions that are published. */

/** The version that a command is about. */
export const VERSION = count('--version <number>', 'the version', 1, 100_000);
export const EFFECTIVE = time(
  '--effective <time>',
  'when it takes effect; a day begins in Asia/Tokyo (default: now)',
);

/** Whether a version is published with its making, and from when on. */
export interface Publishing {
  readonly publish?: boolean;
  readonly effective?: string;
}

const STATES: Readonly<Record<string, Bilingual>> = {
  draft: { ja: '下書き', en: 'draft' },
  published: { ja: '公開済み', en: 'published' },
  scheduled: { ja: '公開予定', en: 'scheduled' },
  'waiting-for-notice': { ja: '通知・公表待ち', en: 'waiting for notice' },
  'in-force': { ja: '有効', en: 'in force' },
  superseded: { ja: '旧版', en: 'superseded' },
  retired: { ja: '廃止', en: 'retired' },
  closed: { ja: '終了', en: 'closed' },
};

/** A state in words. */
export function stateOf(session: Session, state: string): string {
  return session.say(STATES[state] ?? { ja: state, en: state });
}

/** One line for each purpose or programme. */
export async function listVersioned(
  session: Session,
  rows: readonly Versioned[],
  empty: Bilingual,
): Promise<void> {
  await session.list(
    rows,
    [
      { heading: session.t('コード', 'Code') },
      { heading: session.t('名称', 'Title') },
      { heading: session.t('状態', 'State') },
      { heading: session.t('版', 'Version'), align: 'right' },
      { heading: 'ID' },
    ],
    (row) => [
      row.code,
      row.title[session.language],
      stateOf(session, row.state),
      row.inForce ?? row.versions.at(-1)?.version,
      row.purposeId ?? row.programmeId,
    ],
    empty,
  );
}

/** Its versions and, unless another is asked for, the content of the one in force. */
export async function showVersioned(
  session: Session,
  found: Versioned,
  version: number | undefined,
): Promise<void> {
  const wanted = version ?? found.inForce ?? found.versions.at(-1)?.version;
  const shown = found.versions.find((one) => one.version === wanted);
  await session.show(version === undefined ? found : shown, () => {
    const head = `${found.code}  ${found.title[session.language]}  ${stateOf(session, found.state)}\n`;
    const lines = found.versions.map((one) => `  ${versionLine(session, one)}\n`).join('');
    const content = shown?.content === undefined ? '' : `\n${JSON.stringify(shown.content, null, 2)}\n`;
    return `${session.palette.strong(head)}${lines}${content}`;
  });
}

function versionLine(session: Session, one: Version): string {
  const from = one.usableFrom ?? one.effectiveAt ?? one.publishedEffectiveAt;
  const parts = [`v${one.version}`, one.revision, stateOf(session, one.state), from ? when(from) : undefined];
  return parts.filter((part) => part !== undefined).join('  ');
}

/** The version that a command is about: the one named, else the latest draft. @throws Failure where there is none */
export function draftOf(found: Versioned, version: number | undefined): number {
  if (version !== undefined) return version;
  const draft = found.versions.filter((one) => one.state === 'draft').at(-1);
  if (draft !== undefined) return draft.version;
  throw badInput('nothing-to-publish', '下書きの版がありません。', 'There is no draft version.', {
    ja: '--version で版を指定するか、先に版を作ってください。',
    en: 'Name a version with --version, or draft one first.',
  });
}

/**
 * Ends the making of a first version: publishes it where that was asked for, and says what was done.
 * @param path of the purpose or programme
 */
export async function endDraft(
  session: Session,
  path: string,
  made: CommandAnswer,
  { publish, effective }: Publishing,
  done: { readonly drafted: Bilingual; readonly published: Bilingual },
): Promise<void> {
  const id = path.slice(path.lastIndexOf('/') + 1);
  if (publish !== true) return showDone(session, made, done.drafted, id);
  const published = await publishVersion(await session.api(), path, 1, effective);
  const eventIds = [...made.eventIds, ...published.eventIds];
  return showDone(session, { ...made, ...published, eventIds }, done.published, id);
}

/** Drafts the next version of the purpose or programme at a path, and publishes it where that was asked for. */
export async function reviseVersion(
  session: Session,
  path: string,
  body: object,
  { publish, effective }: Publishing,
): Promise<void> {
  const api = await session.api();
  const made = await api.command<CommandAnswer>('POST', `${path}/revisions`, body);
  const version = publish === true ? draftAfter(await api.get<Versioned>(path), made) : undefined;
  if (version === undefined) {
    return showDone(session, made, { ja: '新しい版を作りました', en: 'Version drafted' });
  }
  const published = await publishVersion(api, path, version, effective);
  const eventIds = [...made.eventIds, ...published.eventIds];
  return showDone(session, { ...published, version, eventIds }, publishedText(version));
}

/** Publishes the version named, or the latest draft, and says which. */
export async function publishDraft(
  session: Session,
  path: string,
  found: Versioned,
  { version, effective }: { readonly version?: number; readonly effective?: string },
): Promise<void> {
  const wanted = draftOf(found, version);
  const answer = await publishVersion(await session.api(), path, wanted, effective);
  await showDone(session, answer, publishedText(wanted));
}

function publishedText(version: number): Bilingual {
  return { ja: `第 ${version} 版を公開しました`, en: `Version ${version} published` };
}

/** The version that a revision left as a draft; none where it changed nothing and there was none. */
function draftAfter(found: Versioned, made: CommandAnswer): number | undefined {
  const drafted = found.versions.some((one) => one.state === 'draft');
  return made.outcome === 'unchanged' && !drafted ? undefined : draftOf(found, undefined);
}

async function publishVersion(
  api: Api,
  path: string,
  version: number,
  effectiveAt: string | undefined,
): Promise<CommandAnswer> {
  const body = effectiveAt === undefined ? {} : { effectiveAt };
  return api.command('POST', `${path}/versions/${version}/publication`, body);
}
