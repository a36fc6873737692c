import { CHECK_RESULTS, IDENTITY_CHECKS, TASK_ANSWERS } from '@enishi/domain';
import type { CommandAnswer } from '../answers';
import { EXIT } from '../exit-codes';
import { Failure } from '../failure';
import type { Api } from '../http/api';
import { openSource, readText } from '../input';
import type { Bilingual } from '../language';
import { leaf, type AnyLeaf } from '../leaf';
import { present } from '../members';
import { alumnusIdOf } from '../names';
import { choice, count, day, option, required } from '../options';
import type { Session } from '../session';
import { showDone } from './answer';
import { requestIdOf, type WholeRequest } from './request-of';

const LARGEST_FILE = 20 * 1024 * 1024;
const UPLOAD_WITHIN_MS = 600_000;

type Spec<O> = Pick<Parameters<typeof leaf<O>>[0], 'usage' | 'summary' | 'examples' | 'notes' | 'options'>;

/** What a step asks of the server. */
interface Order {
  /** After the request's own. */
  readonly path: string;
  readonly body?: object;
  readonly ifMatch?: number;
}

/** A command that does one thing to one request. */
export function requestStep<O>(
  spec: Spec<O>,
  done: Bilingual,
  orderOf: (
    at: { readonly api: Api; readonly session: Session; readonly path: string },
    options: O,
    args: readonly string[],
  ) => Promise<Order>,
): AnyLeaf {
  return leaf<O>({
    ...spec,
    async act(session, options, [name = '', ...args]) {
      const api = await session.api();
      const requestId = await requestIdOf(api, name);
      const own = `/v1/requests/${requestId}`;
      const { path, body, ifMatch } = await orderOf({ api, session, path: own }, options, args);
      const match = ifMatch === undefined ? {} : { ifMatch };
      const answer = await api.command<CommandAnswer>('POST', `${own}${path}`, body, match);
      await showDone(session, answer, done, requestId);
    },
  });
}

/** The id of an account; `me` is one's own. */
export async function accountIdOf(api: Api, name: string): Promise<string> {
  return name === 'me' ? (await api.get<{ accountId: string }>('/auth/me')).accountId : name;
}

/** Keeps a file with a request. @returns its id */
export async function keptFile(session: Session, api: Api, path: string, file: string): Promise<string> {
  const { open } = await openSource(session.io, file, LARGEST_FILE);
  return (await api.upload<{ artefactId: string }>(`${path}/artefacts`, open, UPLOAD_WITHIN_MS)).artefactId;
}

const verify = requestStep<{ result: string; method: string; seen: string; authority?: string }>(
  {
    usage: 'verify <request>',
    summary: 'record the check of who asks: what was seen, and how; copies are never kept',
    examples: [
      'request verify 9c1e3f2a --method document-seen --seen 運転免許証の氏名と生年月日',
      'request verify 9c1e3f2a --result not-verified --method call-back --seen 電話がつながらない',
    ],
    notes: 'Nothing is done and nothing decided for somebody who has not been verified.',
    options: [
      choice('--result <result>', 'what it came to', CHECK_RESULTS).default('verified'),
      required(choice('--method <method>', 'how it was checked', IDENTITY_CHECKS)),
      required(option('--seen <text>', 'what was seen, kept sealed (- for standard input)')),
      option('--authority <text>', 'of a representative: what showed that they may ask'),
    ],
  },
  { ja: '本人確認を記録しました', en: 'Check recorded' },
  async ({ session }, { result, method, seen, authority }) => ({
    path: '/identity-checks',
    body: present({ result, method, seen: await readText(session.io, seen), authority }),
  }),
);

const match = requestStep<object>(
  {
    usage: 'match <request> <alumnus>',
    summary: 'say whose data it is about',
    examples: ['request match 9c1e3f2a 3f2a9c1e'],
    notes: 'Matched with another person than before, who asks must be verified again.',
  },
  { ja: '本人の記録に結び付けました', en: 'Matched' },
  async ({ api }, _options, [alumnus = '']) => ({
    path: '/matches',
    body: { alumnusId: await alumnusIdOf(api, alumnus) },
  }),
);

const assign = requestStep<{ to: string; deputy?: string }>(
  {
    usage: 'assign <request>',
    summary: 'assign it to an account, with a deputy',
    examples: ['request assign 9c1e3f2a --to me'],
    options: [
      required(option('--to <account>', 'id of the account (me: your own)')),
      option('--deputy <account>', 'id of another account'),
    ],
  },
  { ja: '担当者を指定しました', en: 'Assigned' },
  async ({ api }, { to, deputy }) => ({
    path: '/assignments',
    body: present({
      assigneeId: await accountIdOf(api, to),
      deputyId: deputy === undefined ? undefined : await accountIdOf(api, deputy),
    }),
  }),
);

const note = requestStep<{ text: string }>(
  {
    usage: 'note <request>',
    summary: 'add a note, kept sealed',
    examples: ['request note 9c1e3f2a --text -'],
    options: [required(option('--text <text>', 'the text, kept sealed (- for standard input)'))],
  },
  { ja: 'メモを追加しました', en: 'Noted' },
  async ({ session }, { text }) => ({ path: '/notes', body: { note: await readText(session.io, text) } }),
);

const attach = requestStep<{ title: string }>(
  {
    usage: 'attach <request> <file>',
    summary: 'keep a file with it, sealed',
    examples: ['request attach 9c1e3f2a letter.pdf --title 請求書'],
    notes: 'Not a copy of a document that shows who somebody is: of that only what was seen is recorded.',
    options: [required(option('--title <text>', 'what it is, kept sealed'))],
  },
  { ja: '添付しました', en: 'Attached' },
  async ({ session, api, path }, { title }, [file = '']) => ({
    path: '/attachments',
    body: { artefactId: await keptFile(session, api, path, file), title },
  }),
);

const pause = requestStep<{ reason: string }>(
  {
    usage: 'pause <request>',
    summary: 'wait, for the person say; the two weeks of the law go on',
    examples: ['request pause 9c1e3f2a --reason 委任状の到着待ち'],
    options: [required(option('--reason <text>', 'why, kept sealed (- for standard input)'))],
  },
  { ja: '中断しました', en: 'Paused' },
  async ({ session }, { reason }) => ({
    path: '/pauses',
    body: { reason: await readText(session.io, reason) },
  }),
);

const resume = requestStep<object>(
  { usage: 'resume <request>', summary: 'go on with it', examples: ['request resume 9c1e3f2a'] },
  { ja: '再開しました', en: 'Resumed' },
  () => Promise.resolve({ path: '/resumptions' }),
);

const link = requestStep<object>(
  {
    usage: 'link <request> <original>',
    summary: 'it repeats another request; then it may be closed as a duplicate',
    examples: ['request link 9c1e3f2a 5b0d7c11'],
  },
  { ja: '重複として結び付けました', en: 'Linked as a duplicate' },
  async ({ api }, _options, [original = '']) => ({
    path: '/links',
    body: { originalId: await requestIdOf(api, original) },
  }),
);

const fee = requestStep<{ yen: number }>(
  {
    usage: 'fee <request>',
    summary: 'charge a fee; only for a notice of purposes and for disclosure (APPI 38)',
    examples: ['request fee 9c1e3f2a --yen 500'],
    options: [required(count('--yen <number>', 'how much', 1, 100_000))],
  },
  { ja: '手数料を記録しました', en: 'Fee recorded' },
  (_, { yen }) => Promise.resolve({ path: '/fees', body: { amount: yen } }),
);

const task = requestStep<{ system: string; owner: string; due: string; text: string }>(
  {
    usage: 'task <request>',
    summary: 'ask the keeper of one system that holds the data',
    examples: [
      'request task 9c1e3f2a --system 給与システム --owner me --due 2026-11-30 --text 賃金台帳の写しを出力',
    ],
    options: [
      required(option('--system <name>', 'the system that holds the data')),
      required(option('--owner <account>', 'id of the account that answers for it (me: your own)')),
      required(day('--due <day>', 'until the end of this day')),
      required(option('--text <text>', 'the text, kept sealed (- for standard input)')),
    ],
  },
  { ja: '作業を依頼しました', en: 'Task opened' },
  async ({ api, session }, { system, owner, due, text }) => ({
    path: '/tasks',
    body: {
      ...{ system, dueOn: due },
      ownerId: await accountIdOf(api, owner),
      task: await readText(session.io, text),
    },
  }),
);

const askSystems = requestStep<object>(
  {
    usage: 'ask-systems <request>',
    summary: 'ask the keeper of each system of the inventory that may hold the data and has no task yet',
    examples: ['request ask-systems 9c1e3f2a'],
    notes: 'They are asked by themselves when a request is accepted, in whole or in part.',
  },
  { ja: '作業を依頼しました', en: 'Systems asked' },
  () => Promise.resolve({ path: '/system-tasks' }),
);

const answer = requestStep<{ as: string; proof: string; file?: string }>(
  {
    usage: 'answer <request> <task>',
    summary: 'answer a task, with what shows it',
    examples: ['request answer 9c1e3f2a 77aa01be --as done --proof 出力した一覧を受領'],
    options: [
      required(choice('--as <answer>', 'what came of it', TASK_ANSWERS)),
      required(option('--proof <text>', 'what shows it, kept sealed (- for standard input)')),
      option('--file <file>', 'a file to keep with it'),
    ],
  },
  { ja: '作業に回答しました', en: 'Task answered' },
  async ({ session, api, path }, { as, proof, file }, [name = '']) => ({
    path: `/tasks/${await taskIdOf(api, path, name)}/answers`,
    body: present({
      answer: as,
      proof: await readText(session.io, proof),
      artefactId: file === undefined ? undefined : await keptFile(session, api, path, file),
    }),
  }),
);

async function taskIdOf(api: Api, path: string, name: string): Promise<string> {
  const { tasks } = await api.get<WholeRequest>(path);
  const found = name.length < 8 ? [] : tasks.filter(({ taskId }) => taskId.startsWith(name.toLowerCase()));
  if (found.length === 1) return found[0]!.taskId;
  throw new Failure(
    EXIT.notFound,
    'task-unknown',
    { ja: 'この請求にその作業はありません。', en: 'The request has no such task.' },
    { ja: 'enishi request show で確かめてください。', en: 'See `enishi request show`.' },
  );
}

/** What clerks do with a request. */
export const REQUEST_STEPS: readonly AnyLeaf[] = [
  ...[verify, match, assign, note, attach, pause, resume, link, fee, task, askSystems, answer],
];
