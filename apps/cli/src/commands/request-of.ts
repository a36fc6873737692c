import { REQUEST_KIND_NAMES, REQUEST_NAMES, type RequestKind } from '@enishi/domain';
import { EXIT } from '../exit-codes';
import { badInput, Failure } from '../failure';
import type { Api } from '../http/api';
import type { Bilingual } from '../language';
import { facts } from '../output/table';
import { when } from '../output/when';
import type { Session } from '../session';

/** A request, as the server tells it. */
export interface Request {
  readonly requestId: string;
  readonly requester?: string;
  readonly kind: RequestKind;
  readonly ground?: string;
  readonly cameBy: string;
  readonly party: string;
  readonly answerForm: string;
  readonly arrivedAt: string;
  readonly standing: string;
  readonly dueAt?: string;
  readonly daysLeft?: number;
  readonly pausedAt?: string;
  readonly verified: boolean;
  readonly alumnusId?: string;
  readonly assigneeId?: string;
  readonly assigneeName?: string;
  readonly deputyName?: string;
  readonly originalId?: string;
  readonly decision?: string;
  readonly decidedAt?: string;
  readonly notifiedAt?: string;
  readonly outcome?: string;
  readonly openTasks: number;
  readonly revision: number;
}

/** With its words and its steps. */
export interface WholeRequest extends Request {
  readonly erased: boolean;
  readonly answerTo?: string;
  readonly asked?: string;
  readonly aboutThem?: string;
  readonly agent?: string;
  readonly fee?: number;
  readonly tasks: readonly {
    readonly taskId: string;
    readonly system: string;
    readonly ownerId: string;
    readonly ownerName?: string;
    readonly dueAt: string;
    readonly task?: string;
    readonly answer?: string;
    readonly proof?: string;
  }[];
  readonly timeline: readonly {
    readonly summary: Bilingual;
    readonly decidedAt: string;
    readonly actor: string;
    readonly actorName?: string;
    readonly fields: Readonly<Record<string, unknown>>;
  }[];
}

const UUID_PREFIX = /^[0-9a-f][0-9a-f-]{7,35}$/i;

/** The id of a request, by itself or by the beginning of one that is open. */
export async function requestIdOf(api: Api, name: string): Promise<string> {
  if (!UUID_PREFIX.test(name))
    throw badInput('request-id-not-valid', 'ID が正しくありません。', 'This is no id of a request.');
  if (name.length === 36) return name.toLowerCase();
  const query = { state: 'all', limit: 500 };
  const { requests } = await api.get<{ requests: Request[] }>('/v1/requests', query);
  const found = requests.filter(({ requestId }) => requestId.startsWith(name.toLowerCase()));
  if (found.length === 1) return found[0]!.requestId;
  throw new Failure(
    EXIT.notFound,
    'request-unknown',
    { ja: 'その請求はありません。', en: 'There is no such request.' },
    { ja: 'enishi request list で確かめてください。', en: 'See `enishi request list`.' },
  );
}

/** What people read for a code. */
export function wordOf(
  session: Session,
  names: keyof typeof REQUEST_NAMES,
  code: string | undefined,
): string | undefined {
  const name = (REQUEST_NAMES[names] as Readonly<Record<string, Bilingual>>)[code ?? ''];
  return name === undefined ? code : session.say(name);
}

export function kindOf(session: Session, { kind }: Pick<Request, 'kind'>): string {
  return session.say(REQUEST_KIND_NAMES[kind] ?? { ja: kind, en: kind });
}

/** When the next step is due, in days. */
export function daysText(session: Session, { daysLeft, pausedAt }: Request): string {
  if (daysLeft === undefined) return '';
  const days =
    daysLeft >= 0
      ? session.t(`あと${daysLeft}日`, `${daysLeft} days`)
      : session.t(`${-daysLeft}日超過`, `${-daysLeft} days over`);
  return pausedAt === undefined ? days : `${days}${session.t('（中断中）', ' (paused)')}`;
}

/** All that is known of one. */
export function requestText(session: Session, one: WholeRequest): string {
  const t = (ja: string, en: string): string => session.t(ja, en);
  const head = facts([
    ['ID', one.requestId],
    [t('状態', 'State'), wordOf(session, 'standing', one.standing)],
    [t('種別', 'Kind'), kindOf(session, one)],
    [t('根拠', 'Ground'), wordOf(session, 'ground', one.ground)],
    [t('期限', 'Due'), [when(one.dueAt), daysText(session, one)].filter((text) => text !== '').join('  ')],
    [t('受付方法', 'Came by'), wordOf(session, 'cameBy', one.cameBy)],
    [t('到達日時', 'Arrived'), when(one.arrivedAt)],
    [t('請求者', 'Requester'), one.erased ? t('消去済み', 'erased') : one.requester],
    [t('請求した人', 'Asked by'), wordOf(session, 'party', one.party)],
    [t('代理人', 'Representative'), one.agent],
    [t('本人確認', 'Identity'), one.verified ? t('確認済み', 'verified') : t('未確認', 'not verified')],
    [t('本人', 'Alumnus'), one.alumnusId],
    [t('手がかり', 'About them'), one.aboutThem],
    [t('請求の内容', 'Asked'), one.asked],
    [t('回答の形式', 'Answer as'), wordOf(session, 'answerForm', one.answerForm)],
    [t('回答の送り先', 'Answer to'), one.answerTo],
    [t('担当者', 'Assignee'), one.assigneeName ?? one.assigneeId],
    [t('代理の担当者', 'Deputy'), one.deputyName],
    [t('重複する元の請求', 'Repeats'), one.originalId],
    [t('手数料', 'Fee'), one.fee === undefined ? undefined : `${one.fee.toLocaleString('en')} 円`],
    [t('決定', 'Decision'), wordOf(session, 'decision', one.decision)],
    [t('結果', 'Outcome'), wordOf(session, 'outcome', one.outcome)],
    [t('版', 'Revision'), one.revision],
  ]);
  const tasks = one.tasks.map(
    ({ taskId, system, ownerName, ownerId, dueAt, answer, task, proof }) =>
      `  ${taskId.slice(0, 8)}  ${system}  ${ownerName ?? ownerId.slice(0, 8)}  ${when(dueAt)}  ${
        answer === undefined ? t('未回答', 'no answer') : wordOf(session, 'taskAnswer', answer)
      }${saidIn([task, proof])}\n`,
  );
  const steps = one.timeline.map(
    ({ decidedAt, summary, actorName, actor, fields }) =>
      `  ${when(decidedAt)}  ${session.say(summary)}  ${actorName ?? actor}${saidIn(wordsIn(fields))}\n`,
  );
  const part = (title: string, lines: readonly string[]): string =>
    lines.length === 0 ? '' : `\n${title}\n${lines.join('')}`;
  return `${head}${part(t('作業', 'Tasks'), tasks)}${part(t('経過', 'Timeline'), steps)}`;
}

const WORDS = [
  'seen',
  'authority',
  'note',
  'title',
  'reason',
  'substitute',
  'changed',
  'said',
  'proof',
  'complaint',
];

/** What was written down in a step. */
function wordsIn(fields: Readonly<Record<string, unknown>>): readonly (string | undefined)[] {
  return WORDS.map((name) => fields[name]).map((value) => (typeof value === 'string' ? value : undefined));
}

function saidIn(words: readonly (string | undefined)[]): string {
  const said = words.filter((word) => word !== undefined && word !== '');
  return said.length === 0 ? '' : `\n      ${said.join(' / ')}`;
}
