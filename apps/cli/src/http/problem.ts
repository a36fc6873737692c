import { INTAKE_CODES, messageOf } from '@enishi/intake';
import { EXIT, exitCodeOf } from '../exit-codes';
import { Failure, type Detail } from '../failure';
import type { Bilingual } from '../language';

/** RFC 9457 problem details as this server answers them. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title?: string;
  readonly detail?: string;
  readonly messages?: Bilingual;
  /** Of a workbook: the sheets to choose from. */
  readonly sheets?: readonly { readonly number: number; readonly name: string }[];
  readonly errors?: readonly {
    readonly path: string;
    readonly code: string;
    readonly message?: string;
    readonly messages?: Bilingual;
  }[];
}

const SHEET: Bilingual = {
  ja: '--sheet に名前か番号を指定してください。',
  en: 'Name it, or its number, with --sheet.',
};

/** Japanese for what the server says in English only, and what to do. By code, then by status. */
const KNOWN: Readonly<Record<string, { readonly what?: Bilingual; readonly remedy?: Bilingual }>> = {
  'not-valid': {
    what: { ja: '正しくない項目があります。', en: 'Some fields are not valid.' },
  },
  'precondition-failed': {
    what: { ja: '読み取った後に変更されています。', en: 'It has changed since you read it.' },
    remedy: { ja: 'もう一度表示して、やり直してください。', en: 'Show it again, then repeat the command.' },
  },
  'view-behind': {
    what: { ja: '一覧への反映が遅れています。', en: 'The view has not caught up yet.' },
    remedy: {
      ja: '少し待って、やり直してください。',
      en: 'Wait a little and try again; see `enishi projections`.',
    },
  },
  'view-parked': {
    what: { ja: 'この一覧の一部が止まっています。', en: 'A part of this view is parked.' },
    remedy: { ja: 'enishi projections で確かめてください。', en: 'Look at `enishi projections`.' },
  },
  'not-covered': {
    what: { ja: 'まだチェックポイントに含まれていません。', en: 'No checkpoint covers it yet.' },
    remedy: { ja: '少し待って、やり直してください。', en: 'Wait for the next one and try again.' },
  },
  'checkpoint-none': {
    what: { ja: 'チェックポイントはまだありません。', en: 'There is no checkpoint yet.' },
    remedy: { ja: '少し待って、やり直してください。', en: 'Wait for the first one and try again.' },
  },
  'disk-full': {
    what: { ja: 'サーバーのディスクがいっぱいです。', en: "The server's disk is full." },
    remedy: {
      ja: '空きを作ってから、やり直してください。何も登録されていません。',
      en: 'Free some space there, then try again. Nothing of it was kept.',
    },
  },
  'keys-unavailable': {
    what: {
      ja: 'サーバーが鍵を読み取れないため、何も登録されていません。',
      en: 'The server cannot reach its keys, so nothing was stored.',
    },
    remedy: {
      ja: '管理者に知らせてください。鍵が戻ると、そのまま使えます。',
      en: 'Tell the operator; it goes on by itself once the keys are back.',
    },
  },
  'disk-failed': {
    what: {
      ja: 'サーバーのディスクが読み書きできません。',
      en: "The server's disk does not read or write.",
    },
    remedy: {
      ja: '管理者に知らせてください。直ってから、やり直してください。',
      en: 'Tell the operator; try again once it does.',
    },
  },
  'company-not-described': {
    what: {
      ja: '先に会社の情報を登録してください。通知に会社名を示すためです。',
      en: 'Describe the company first: a notice names it.',
    },
    remedy: { ja: 'enishi company set --help を見てください。', en: 'See `enishi company set --help`.' },
  },
  'sheet-not-chosen': { remedy: SHEET },
  'sheet-unknown': { remedy: SHEET },
  'own-grant': {
    what: { ja: '自分の権限は変更できません。', en: 'Nobody changes their own grants.' },
  },
  'accounts-changed': {
    what: {
      ja: '一覧を出したあとに、利用者・権限・トークンが変わりました。',
      en: 'Accounts, grants or tokens have changed since they were listed.',
    },
    remedy: {
      ja: 'enishi accounts review でもう一度確かめてください。',
      en: 'Look at them again with `enishi accounts review`.',
    },
  },
  'review-not-complete': {
    what: {
      ja: '一覧のすべての利用者について、継続か終了かを決めてください。',
      en: 'The review decides about every account of the list.',
    },
  },
  'account-not-under-review': {
    what: {
      ja: '棚卸しの対象でない利用者が含まれています。',
      en: 'One of these accounts holds nothing to be reviewed.',
    },
  },
  'token-shown-once': {
    what: {
      ja: 'このトークンはすでに発行され、一度だけ表示されました。',
      en: 'This token was made before and was shown then, once.',
    },
    remedy: {
      ja: '受け取れなかった場合は enishi tokens で確かめて失効させ、作り直してください。',
      en: 'If it did not reach you, find it with `enishi tokens`, revoke it and make another.',
    },
  },
  '401': {
    what: { ja: 'トークンが受け付けられませんでした。', en: 'The token was not accepted.' },
    remedy: {
      ja: 'ENISHI_TOKEN を確かめてください。開発環境では npm start で起動し直してください。',
      en: 'Check ENISHI_TOKEN; in development, start the server again with `npm start`.',
    },
  },
  '403': {
    what: { ja: 'この操作は許可されていません。', en: 'Your role does not allow this.' },
    remedy: { ja: '管理者に役割を確かめてください。', en: 'Ask an operator for a role that does.' },
  },
  '404': { what: { ja: '見つかりません。', en: 'There is nothing here by this id.' } },
  '409': { what: { ja: 'ほかの処理と競合しました。', en: 'In conflict with something else.' } },
  '413': { what: { ja: '大きすぎます。', en: 'It is too large.' } },
  '429': {
    what: { ja: '要求が多すぎます。', en: 'Too many requests.' },
    remedy: { ja: '少し待ってください。', en: 'Wait a little.' },
  },
  '500': {
    what: {
      ja: 'サーバーで予期しないことが起きました。',
      en: 'Something unexpected happened in the server.',
    },
    remedy: { ja: 'サーバーのログを確かめてください。', en: 'Its log says more.' },
  },
  '503': {
    what: { ja: 'サーバーは今応じられません。', en: 'The server cannot answer now.' },
    remedy: { ja: '同じ操作を繰り返しても安全です。', en: 'Repeating the command is safe.' },
  },
};

/** Reads an answer that is no success. Never throws: a proxy may answer anything. */
export function readProblem(status: number, text: string): Problem {
  try {
    const read = JSON.parse(text) as Partial<Problem>;
    if (typeof read.code === 'string') return { ...read, status, code: read.code };
  } catch {
    // Not ours: the status must do.
  }
  return { status, code: `http-${status}` };
}

/** The failure that a problem ends a command with. */
export function failureOf(problem: Problem): Failure {
  const { status, code, title, messages, errors = [], sheets = [] } = problem;
  const byCode = KNOWN[code];
  const byStatus = KNOWN[String(status)];
  const english = title === undefined ? byStatus?.what?.en : sentence(title);
  const what = messages ??
    byCode?.what ?? {
      ja: byStatus?.what?.ja ?? english ?? code,
      en: english ?? code,
    };
  const wrong = errors.map(({ path, code: at, message, messages: words }): Detail => ({
    at: path,
    message: words ?? detailOf(at, message),
  }));
  const choice = sheets.map(({ number, name }): Detail => ({
    at: String(number),
    message: { ja: name, en: name },
  }));
  const details = [...wrong, ...choice];
  return new Failure(exitCodeOf(status), code, what, byCode?.remedy ?? byStatus?.remedy, details);
}

/** What is wrong with a field; where the server names a code of the import, in its words. */
function detailOf(code: string, message: string | undefined): Bilingual {
  const text = message ?? code;
  const known = INTAKE_CODES.find((one) => one === code);
  if (known === undefined || text !== code) return { ja: text, en: text };
  const words = (language: 'ja' | 'en'): string => {
    const { problem, remedy } = messageOf(known, language);
    return language === 'ja' ? problem + remedy : `${problem} ${remedy}`;
  };
  return { ja: words('ja'), en: words('en') };
}

/** The server cannot be reached. */
export function unreachable(url: string): Failure {
  return new Failure(
    EXIT.failed,
    'unreachable',
    { ja: `${url} のサーバーに接続できません。`, en: `The server at ${url} cannot be reached.` },
    {
      ja: '起動しているか確かめてください（npm start）。ほかのサーバーなら ENISHI_URL を確かめてください。',
      en: 'Is it running (`npm start`)? For another server check ENISHI_URL.',
    },
  );
}

function sentence(title: string): string {
  return /[.!?。]$/.test(title) ? title : `${title}.`;
}
