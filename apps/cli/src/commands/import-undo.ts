import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportUndo, Ledger, Left } from '../answers';
import { EXIT, type ExitCode } from '../exit-codes';
import type { Api } from '../http/api';
import { readText } from '../input';
import { leaf } from '../leaf';
import { option, required } from '../options';
import { plain } from '../output/plain';
import { facts } from '../output/table';
import type { Session } from '../session';
import { importOf } from './import-of';

const POLL_MS = 250;
const PAGE = 500;
const SHOWN = 50;

/** `enishi import undo` */
export const UNDO = leaf<{ reason: string }>({
  usage: 'undo <import>',
  summary: 'take back what an import brought; who only it knew is hidden and marked for erasure',
  examples: ['import undo 9c1e3f2a --reason 別会社の名簿'],
  notes:
    'Corrections and employments of the import are reverted unless somebody has changed them since. Whoever has been\n' +
    'asked, has answered, is held, or is known from elsewhere stays; what stays is listed with the reason.\n' +
    'Of an import of consents, consents and refusals are voided; withdrawals, and what the person has said since, stay.\n' +
    'Repeating it is safe, and goes on where it was.',
  options: [required(option('--reason <text>', 'why, kept sealed (- for standard input)'))],
  async act(session, { reason }, [name = '']) {
    const api = await session.api();
    const { importId } = await importOf(api, name);
    const ended = await undone(
      session,
      api,
      `/v1/imports/${importId}/undo`,
      await readText(session.io, reason),
    );
    return report(session, api, ended);
  },
});

async function undone(session: Session, api: Api, path: string, reason: string): Promise<ImportUndo> {
  const progress = session.progress({ ja: '取消し', en: 'Undoing' });
  try {
    let undo = await api.command<ImportUndo>('POST', path, { reason });
    while (undo.state === 'running') {
      await sleep(POLL_MS);
      undo = await api.get<ImportUndo>(path);
    }
    const { head } = await api.get<Ledger>('/v1/ledger');
    if (head !== null) await api.memory.passed(head);
    return undo;
  } finally {
    progress.end();
  }
}

async function report(session: Session, api: Api, undo: ImportUndo): Promise<ExitCode> {
  const { importId, state, counts } = undo;
  const left = await leftOf(api, importId);
  await session.show({ ...undo, left }, () =>
    facts([
      [session.t('状態', 'State'), stateOf(session, state)],
      [session.t('対象者', 'People'), counts.people.toLocaleString('en')],
      [session.t('登録の取消し', 'Hidden, marked for erasure'), counts.hidden.toLocaleString('en')],
      [session.t('元に戻した人', 'Reverted'), counts.reverted.toLocaleString('en')],
      [session.t('残したもの', 'Left as it is'), counts.left.toLocaleString('en')],
    ]),
  );
  if (!session.json) {
    for (const one of left.slice(0, SHOWN)) await session.note(leftLine(session, one));
    if (left.length > SHOWN) {
      await session.note(session.t('すべては --json で表示します。', 'All of them: --json'));
    }
    if (state !== 'done') {
      await session.note(
        session.t('同じコマンドで続きから行えます。', 'The same command goes on where it was.'),
      );
    }
  }
  if (state === 'done') return EXIT.ok;
  return EXIT.failed;
}

function stateOf(session: Session, state: string): string {
  if (state === 'done') return session.t('取消し済み', 'undone');
  return state === 'failed' ? session.t('失敗', 'failed') : session.t('中断', 'interrupted');
}

/** `! 3f2a9c1e: Kept: somebody has changed it since.` */
function leftLine(session: Session, { alumnusId, field, code, messages }: Left): string {
  const what = field === undefined ? '' : ` ${plain(field)}`;
  const why = plain(messages?.[session.language] ?? code);
  return `${session.palette.warn('!')} ${alumnusId.slice(0, 8)}${what}: ${why}`;
}

async function leftOf(api: Api, importId: string): Promise<readonly Left[]> {
  const all: Left[] = [];
  let after: number | undefined;
  do {
    const page: { left: Left[]; next?: number } = await api.get(`/v1/imports/${importId}/undo/left`, {
      after,
      limit: PAGE,
    });
    all.push(...page.left);
    after = page.next;
  } while (after !== undefined);
  return all;
}
