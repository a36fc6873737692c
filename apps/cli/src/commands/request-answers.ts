import {
  ANSWER_FORMS,
  NOTIFICATION_SUBJECTS,
  NOTIFICATION_WAYS,
  REFUSAL_GROUNDS,
  REQUEST_DECISIONS,
  REQUEST_OUTCOMES,
  STATUTORY_DOCUMENTS,
} from '@enishi/domain';
import { readJson, readText } from '../input';
import { leaf, type AnyLeaf } from '../leaf';
import { present } from '../members';
import { choice, count, day, option, required, time, words } from '../options';
import type { Bilingual } from '../language';
import type { Session } from '../session';
import { requestIdOf } from './request-of';
import { accountIdOf, keptFile, requestStep } from './request-steps';

interface DecideOptions {
  readonly as: string;
  readonly ground?: string;
  readonly until?: string;
  readonly under?: string;
  readonly reason: string;
  readonly substitute?: string;
  readonly revision?: number;
}

const decide = requestStep<DecideOptions>(
  {
    usage: 'decide <request>',
    summary: 'accept, accept in part, refuse or defer it, with the reason (compliance)',
    examples: [
      'request decide 9c1e3f2a --as accepted --reason 請求のとおり',
      'request decide 9c1e3f2a --as deferred --until 2029-03-31 --under roster --reason -',
    ],
    notes:
      'The ground must be one that the article of the kind knows; docs/requests.md lists them.\nWith --revision it is decided only as `request show` showed it.',
    options: [
      required(choice('--as <decision>', 'what is decided', REQUEST_DECISIONS)),
      choice('--ground <ground>', 'of a refusal: its ground', REFUSAL_GROUNDS),
      day('--until <day>', 'of a deferral: the last day on which a law keeps the data'),
      choice('--under <document>', 'of a deferral: the document that the law keeps', STATUTORY_DOCUMENTS),
      required(option('--reason <text>', 'why, kept sealed (- for standard input)')),
      option('--substitute <text>', 'what is done in place of what would cost out of proportion'),
      count('--revision <number>', 'only at this revision', 0, 1_000_000),
    ],
  },
  { ja: '決定しました', en: 'Decided' },
  async ({ session }, { as, ground, until, under, reason, substitute, revision }) => ({
    path: '/decisions',
    body: present({
      ...{ decision: as, refusalGround: ground, deferredUntil: until, deferredUnder: under, substitute },
      reason: await readText(session.io, reason),
    }),
    ...(revision !== undefined && { ifMatch: revision }),
  }),
);

interface Result {
  readonly requestId: string;
  readonly outcome: 'done' | 'unchanged' | 'refused';
  readonly code?: string;
  readonly messages?: Bilingual;
}

const RESULTS: Readonly<Record<Result['outcome'], Bilingual>> = {
  done: { ja: '完了', en: 'done' },
  unchanged: { ja: '変更なし', en: 'unchanged' },
  refused: { ja: '不可', en: 'refused' },
};

async function showResults(session: Session, results: readonly Result[]): Promise<void> {
  const columns = [
    { heading: 'ID' },
    { heading: session.t('結果', 'Result') },
    { heading: session.t('理由', 'Reason') },
  ];
  const cells = ({ requestId, outcome, code, messages }: Result): unknown[] => [
    requestId.slice(0, 8),
    session.say(RESULTS[outcome]),
    messages === undefined ? code : session.say(messages),
  ];
  await session.list(results, columns, cells, { ja: '請求はありません。', en: 'There are no requests.' });
}

const decideMany = leaf<object>({
  usage: 'decide-many <file>',
  summary: 'decide many, each by itself with its own reason (compliance)',
  examples: ['request decide-many decisions.json'],
  notes:
    'The file (- for standard input): {"decisions": [{"requestId": …, "revision": …, "decision": …, "reason": …}, …]}.',
  async act(session, _options, [file = '']) {
    const api = await session.api();
    const body = await readJson(session.io, file);
    const { results } = await api.command<{ results: Result[] }>('POST', '/v1/requests/decisions', body);
    await showResults(session, results);
  },
});

const assignMany = leaf<{ requests: string[]; to: string; deputy?: string }>({
  usage: 'assign-many',
  summary: 'assign many to one account, with a deputy',
  examples: ['request assign-many --requests 9c1e3f2a,5b0d7c11 --to me'],
  options: [
    required(words('--requests <requests>', 'their ids, separated by commas')),
    required(option('--to <account>', 'id of the account (me: your own)')),
    option('--deputy <account>', 'id of another account'),
  ],
  async act(session, { requests, to, deputy }) {
    const api = await session.api();
    const ids: string[] = [];
    for (const name of requests) ids.push(await requestIdOf(api, name));
    const body = present({
      requests: ids.map((requestId) => ({ requestId })),
      assigneeId: await accountIdOf(api, to),
      deputyId: deputy === undefined ? undefined : await accountIdOf(api, deputy),
    });
    const { results } = await api.command<{ results: Result[] }>('POST', '/v1/requests/assignments', body);
    await showResults(session, results);
  },
});

const execute = requestStep<{ changed: string }>(
  {
    usage: 'execute <request>',
    summary: 'record that it was carried out, and what was changed; once every task is answered',
    examples: ['request execute 9c1e3f2a --changed 連絡先一式を開示'],
    options: [
      required(
        option('--changed <text>', 'what was changed or disclosed, kept sealed (- for standard input)'),
      ),
    ],
  },
  { ja: '実施を記録しました', en: 'Carried out' },
  async ({ session }, { changed }) => ({
    path: '/executions',
    body: { changed: await readText(session.io, changed) },
  }),
);

interface NotifyOptions {
  readonly about: string;
  readonly form: string;
  readonly way: string;
  readonly said: string;
  readonly proof: string;
  readonly formReason?: string;
  readonly file?: string;
  readonly sent?: string;
}

const notify = requestStep<NotifyOptions>(
  {
    usage: 'notify <request>',
    summary: 'record that the person was told, in which form, and what shows that it was sent',
    examples: [
      'request notify 9c1e3f2a --form paper --way post --said - --proof "書留 123-45-67890-1"',
      'request notify 9c1e3f2a --about unverifiable --form electronic --way email --said - --proof "<id@example.jp>"',
    ],
    options: [
      choice(
        '--about <subject>',
        'the decision, or that it could not be told who asks',
        NOTIFICATION_SUBJECTS,
      ).default('decision'),
      required(choice('--form <form>', 'in which form', ANSWER_FORMS)),
      required(choice('--way <way>', 'how it was sent', NOTIFICATION_WAYS)),
      required(option('--said <text>', 'what the person was told, kept sealed (- for standard input)')),
      required(option('--proof <text>', 'what shows that it was sent, kept sealed')),
      option('--form-reason <text>', 'why not in the form that was asked for'),
      option('--file <file>', 'a file to keep with it'),
      time('--sent <time>', 'when it was sent (default: now)'),
    ],
  },
  { ja: '通知を記録しました', en: 'Told' },
  async ({ session, api, path }, { about, form, way, said, proof, formReason, file, sent }) => ({
    path: '/notifications',
    body: present({
      ...{ about, form, way, proof, formReason, sentAt: sent },
      said: await readText(session.io, said),
      artefactId: file === undefined ? undefined : await keptFile(session, api, path, file),
    }),
  }),
);

const complain = requestStep<{ text: string; arrived?: string }>(
  {
    usage: 'complain <request>',
    summary: 'record what the person says against the decision; another decision answers it',
    examples: ['request complain 9c1e3f2a --text -'],
    options: [
      required(option('--text <text>', 'the text, kept sealed (- for standard input)')),
      time('--arrived <time>', 'when it came (default: now)'),
    ],
  },
  { ja: '苦情を記録しました', en: 'Complaint recorded' },
  async ({ session }, { text, arrived }) => ({
    path: '/complaints',
    body: present({ complaint: await readText(session.io, text), arrivedAt: arrived }),
  }),
);

const close = requestStep<{ as: string; reason?: string }>(
  {
    usage: 'close <request>',
    summary: 'close it: answered, withdrawn, unverifiable or a duplicate',
    examples: [
      'request close 9c1e3f2a --as answered',
      'request close 9c1e3f2a --as withdrawn --reason 電話で取下げ',
    ],
    options: [
      required(choice('--as <outcome>', 'how it ended', REQUEST_OUTCOMES)),
      option('--reason <text>', 'why, kept sealed (- for standard input)'),
    ],
  },
  { ja: '完了としました', en: 'Closed' },
  async ({ session }, { as, reason }) => ({
    path: '/closures',
    body: present({
      outcome: as,
      reason: reason === undefined ? undefined : await readText(session.io, reason),
    }),
  }),
);

/** What ends in an answer to the person, and what is done with many at once. */
export const REQUEST_ANSWERS: readonly AnyLeaf[] = [
  ...[decide, execute, notify, complain, close, assignMany, decideMany],
];
