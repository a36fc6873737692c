import { leaf, type Group } from '../leaf';
import { choice, required } from '../options';
import { when } from '../output/when';
import { showDone } from './answer';

interface Letter {
  readonly id: string;
  readonly notice: string;
  readonly aboutId: string;
  readonly state: string;
  readonly attempts: number;
  readonly code?: string;
  readonly createdAt: string;
}

interface State {
  readonly mail: string;
  readonly letters: readonly Letter[];
}

const list = leaf<object>({
  usage: 'list',
  summary: 'letters that wait, were sent, or could not be: the newest hundred',
  examples: ['outbox', 'outbox list --json'],
  isDefault: true,
  async act(session) {
    const { mail, letters } = await (await session.api()).get<State>('/v1/outbox');
    const heading = (ja: string, en: string) => ({ heading: session.t(ja, en) });
    const columns = [
      heading('作成', 'Made'),
      heading('通知', 'Notice'),
      heading('対象', 'About'),
      heading('状態', 'State'),
      { ...heading('試行', 'Tries'), align: 'right' as const },
      heading('理由', 'Why'),
    ];
    const cells = ({ createdAt, notice, aboutId, state, attempts, code }: Letter): unknown[] => [
      ...[when(createdAt), notice, aboutId, state, String(attempts), code ?? ''],
    ];
    await session.list(letters, columns, cells, { ja: '通知はありません。', en: 'There are no letters.' });
    if (mail === 'none' && !session.json)
      await session.note(
        session.t(
          'メールサーバーが設定されていません（ENISHI_SMTP）。通知は送られずに待っています。',
          'No mail server is set (ENISHI_SMTP): letters wait.',
        ),
      );
  },
});

const retry = leaf<{ state: string }>({
  usage: 'retry',
  summary: 'try letters again that failed, or of which nobody knows whether they went',
  examples: ['outbox retry --state failed', 'outbox retry --state unknown'],
  notes: 'One that did go is then sent a second time, under the same Message-ID.',
  options: [required(choice('--state <state>', 'which letters', ['failed', 'unknown']))],
  async act(session, { state }) {
    const api = await session.api();
    const answer = await api.command<{ retried: number }>('POST', '/v1/outbox/retries', { state });
    const done = {
      ja: `もう一度送ります: ${answer.retried} 件`,
      en: `${answer.retried} letters are tried again`,
    };
    await showDone(session, { ...answer }, done);
  },
});

/** `enishi outbox …` */
export const OUTBOX: Group = {
  name: 'outbox',
  summary: 'letters that leave by mail',
  leaves: [list, retry],
};
