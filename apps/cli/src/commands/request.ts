import {
  ANSWER_FORMS,
  REQUEST_GROUNDS,
  REQUEST_KINDS,
  REQUEST_PARTIES,
  REQUEST_STANDINGS,
  REQUEST_WAYS,
} from '@enishi/domain';
import type { CommandAnswer } from '../answers';
import { readJson } from '../input';
import { leaf, type Group } from '../leaf';
import { present } from '../members';
import { alumnusIdOf } from '../names';
import { choice, count, option, required, time } from '../options';
import type { Session } from '../session';
import { showDone } from './answer';
import { download } from './download';
import { readPages } from './pages';
import { REQUEST_ANSWERS } from './request-answers';
import { requestLetter } from './request-letter';
import { accountIdOf, REQUEST_STEPS } from './request-steps';
import {
  daysText,
  kindOf,
  requestIdOf,
  requestText,
  wordOf,
  type Request,
  type WholeRequest,
} from './request-of';

interface ReceiveOptions {
  readonly file: string;
  readonly kind?: string;
  readonly ground?: string;
  readonly cameBy?: string;
  readonly party?: string;
  readonly form?: string;
  readonly answerLang?: string;
  readonly arrived?: string;
}

const receive = leaf<ReceiveOptions>({
  usage: 'receive',
  summary: 'take a request in, as it came',
  examples: [
    'request receive --kind disclosure --came-by paper --form paper --arrived 2026-11-20 --file -',
    'request receive --kind erasure --ground no-longer-needed --came-by email --file request.json',
  ],
  notes:
    'The file (- for standard input) is JSON with what is sealed: {"requester": …, "asked": …, "answerTo": …, "aboutThem": …, "agent": …}.',
  options: [
    required(option('--file <file>', 'JSON file with the words of the request (- for standard input)')),
    choice('--kind <kind>', 'what is asked for', REQUEST_KINDS),
    choice('--ground <ground>', 'on what ground, of cease-use, erasure and stop-provision', REQUEST_GROUNDS),
    choice('--came-by <way>', 'how it came', REQUEST_WAYS),
    choice('--party <party>', 'who asks', REQUEST_PARTIES),
    choice('--form <form>', 'in which form the answer is wanted', ANSWER_FORMS),
    choice('--answer-lang <language>', 'in which language the answer is wanted', ['ja', 'en']),
    time('--arrived <time>', 'when it came (default: now)'),
  ],
  async act(session, { file, kind, ground, cameBy, party, form, answerLang, arrived }) {
    const api = await session.api();
    const flags = present({
      ...{ kind, ground, cameBy, party, arrivedAt: arrived },
      ...{ answerForm: form, language: answerLang },
    });
    const defaults = { party: 'person', answerForm: 'electronic', language: 'ja' };
    const body = { ...defaults, ...(await readJson(session.io, file)), ...flags };
    const made = await api.command<CommandAnswer & { requestId: string }>('POST', '/v1/requests', body);
    await showDone(session, made, { ja: '受け付けました', en: 'Received' }, made.requestId);
  },
});

const show = leaf<object>({
  usage: 'show <request>',
  summary: 'one request: what is asked, how far it is, its tasks and its steps',
  examples: ['request show 9c1e3f2a'],
  async act(session, _options, [name = '']) {
    const api = await session.api();
    const one = await api.get<WholeRequest>(`/v1/requests/${await requestIdOf(api, name)}`);
    await session.show(one, () => requestText(session, one));
  },
});

const disclosure = leaf<{ out?: string; force?: boolean }>({
  usage: 'disclosure <request>',
  summary: 'what is disclosed, from the ledger and the answers of other systems, as JSON (compliance)',
  examples: ['request disclosure 9c1e3f2a --out disclosure.json'],
  notes: 'Unmasked. Reading it leaves an entry in the access log.',
  options: [
    option('--out <file>', 'file to write (default: standard output)'),
    option('--force', 'replace the file if it exists'),
  ],
  async act(session, { out, force }, [name = '']) {
    const api = await session.api();
    const path = `/v1/requests/${await requestIdOf(api, name)}/disclosure`;
    await download(session, await api.open(path, {}), { out, force, format: 'json' });
  },
});

interface ListOptions {
  readonly state?: string;
  readonly kind?: string;
  readonly assignee?: string;
  readonly due?: string;
  readonly alumnus?: string;
  readonly limit: number;
  readonly all?: boolean;
}

const list = leaf<ListOptions>({
  usage: 'list',
  summary: 'requests by what is due first, with the days left',
  isDefault: true,
  examples: [
    'request list',
    'request list --assignee me --due 2026-11-30',
    'request list --state all --alumnus 3f2a9c1e',
  ],
  notes:
    'The alarm rings two weeks after the day of arrival, when the person may sue (APPI 39). It is no limit of the law.',
  options: [
    choice('--state <state>', 'how far they are (default: open)', ['open', 'all', ...REQUEST_STANDINGS]),
    choice('--kind <kind>', 'what is asked for', REQUEST_KINDS),
    option('--assignee <account>', 'assigned to this account, as assignee or deputy (me: your own)'),
    time('--due <time>', 'due by then; a day means all of it'),
    option('--alumnus <alumnus>', 'matched with this person'),
    count('--limit <number>', 'at most', 1, 500).default(50),
    option('--all', 'all of them'),
  ],
  async act(session, { state, kind, assignee, due, alumnus, limit, all }) {
    const api = await session.api();
    const query = {
      ...{ state, kind, dueBefore: due, limit },
      ...(assignee !== undefined && { assigneeId: await accountIdOf(api, assignee) }),
      ...(alumnus !== undefined && { alumnusId: await alumnusIdOf(api, alumnus) }),
    };
    const { rows, more } = await readPages(async (cursor) => {
      const page = await api.get<{ requests: Request[]; cursor?: string }>('/v1/requests', {
        ...query,
        cursor,
      });
      return { rows: page.requests, next: page.cursor };
    }, all === true);
    await table(session, rows);
    if (more) await session.note(session.t('続きは --all で出ます。', 'There are more: --all.'));
  },
});

function table(session: Session, rows: readonly Request[]): Promise<void> {
  const heading = (ja: string, en: string) => ({ heading: session.t(ja, en) });
  const columns = [
    { heading: 'ID' },
    heading('期限', 'Due'),
    heading('状態', 'State'),
    heading('種別', 'Kind'),
    heading('請求者', 'Requester'),
    heading('担当者', 'Assignee'),
    { heading: session.t('未回答の作業', 'Open tasks'), align: 'right' as const },
  ];
  const cells = (one: Request): unknown[] => [
    one.requestId.slice(0, 8),
    daysText(session, one),
    wordOf(session, 'standing', one.standing),
    kindOf(session, one),
    one.requester ?? session.t('消去済み', 'erased'),
    one.assigneeName ?? one.assigneeId?.slice(0, 8),
    one.openTasks === 0 ? '' : one.openTasks,
  ];
  return session.list(rows, columns, cells, { ja: '請求はありません。', en: 'There are no requests.' });
}

/** `enishi request …` */
export const REQUEST: Group = {
  name: 'request',
  summary: 'what people ask the company for: take in, verify, decide, carry out, tell',
  leaves: [list, show, receive, disclosure, ...REQUEST_STEPS, ...REQUEST_ANSWERS, requestLetter],
};
