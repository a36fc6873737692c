import { leaf, type Group } from '../leaf';
import { count, option, required } from '../options';
import { showDone } from './answer';

interface Token {
  readonly id: string;
  readonly accountId: string;
  readonly validUntil: string;
  readonly revokedAt?: string;
  readonly lastUsed?: string;
}

const DAY_MS = 86_400_000;

const list = leaf<object>({
  usage: 'list',
  summary: 'every token, newest first, without secrets',
  examples: ['tokens'],
  isDefault: true,
  async act(session) {
    const rows = await (await session.api()).get<Token[]>('/v1/tokens');
    const columns = [
      { heading: 'ID' },
      { heading: session.t('利用者', 'Account') },
      { heading: session.t('期限', 'Valid until') },
      { heading: session.t('最終利用', 'Last used') },
      { heading: session.t('失効', 'Revoked') },
    ];
    const cells = (row: Token): unknown[] => [
      row.id,
      row.accountId,
      row.validUntil,
      row.lastUsed,
      row.revokedAt,
    ];
    await session.list(rows, columns, cells, { ja: 'トークンはありません。', en: 'There are no tokens.' });
  },
});

const create = leaf<{ account: string; days: number }>({
  usage: 'create',
  summary: 'make a token for a machine account; it is shown once',
  examples: ['tokens create --account 5d0c…(id) --days 90'],
  options: [
    required(option('--account <id>', 'a machine account')),
    count('--days <number>', 'valid for so many days', 1, 366).default(90),
  ],
  async act(session, { account, days }) {
    const body = { accountId: account, validUntil: new Date(Date.now() + days * DAY_MS).toISOString() };
    const made = await (
      await session.api()
    ).command<{ id: string; token: string }>('POST', '/v1/tokens', body);
    await session.show(made, () => `${made.token}\n`);
    await session.note(
      session.t('このトークンは二度と表示されません。', 'Keep it now: this token is not shown again.'),
    );
  },
});

const revoke = leaf<object>({
  usage: 'revoke <token>',
  summary: 'end a token at once',
  examples: ['tokens revoke 77aa…(id)'],
  notes: '<token> is its id, never the token itself.',
  async act(session, _options, [id = '']) {
    await (await session.api()).command('DELETE', `/v1/tokens/${encodeURIComponent(id)}`);
    await showDone(session, { outcome: 'done' }, { ja: 'トークンを失効させました', en: 'Token ended' });
  },
});

/** `enishi tokens …` */
export const TOKENS: Group = {
  name: 'tokens',
  summary: 'tokens of machines',
  leaves: [list, create, revoke],
};
