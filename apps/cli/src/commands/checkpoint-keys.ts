import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT } from '../exit-codes';
import { Failure } from '../failure';
import type { Api } from '../http/api';
import type { Bilingual } from '../language';
import { leaf } from '../leaf';
import { when } from '../output/when';
import { textAt } from '../proofs';
import { showDone } from './answer';

interface Key {
  readonly key: string;
  readonly state: 'waiting' | 'current' | 'replaced';
  readonly since?: number;
  readonly change?: string;
  readonly destroyedAt?: string;
}

const POLL_MS = 300;
/** The sealer looks every second; where leaves are being written anew it must wait for them. */
const PATIENCE_MS = 60_000;

const STATES: Readonly<Record<Key['state'], Bilingual>> = {
  waiting: { ja: '交換待ち', en: 'waiting' },
  current: { ja: '使用中', en: 'current' },
  replaced: { ja: '交換済み', en: 'replaced' },
};

/** `enishi checkpoint keys` */
export const CHECKPOINT_KEYS = leaf<object>({
  usage: 'keys',
  summary: 'every key that signs checkpoints or did, and since which checkpoint',
  examples: ['checkpoint keys'],
  async act(session) {
    const keys = await keysAt(await session.api());
    const columns = [
      { heading: session.t('状態', 'State') },
      { heading: session.t('リーフ数', 'Since leaves') },
      { heading: session.t('秘密鍵の破棄', 'Secret destroyed') },
      { heading: session.t('公開鍵', 'Public key') },
    ];
    const cells = ({ key, state, since, destroyedAt }: Key): unknown[] => [
      session.say(STATES[state]),
      since,
      when(destroyedAt),
      key,
    ];
    await session.list(keys, columns, cells, { ja: '鍵はありません。', en: 'There are no keys.' });
  },
});

/** `enishi checkpoint changes` */
export const CHECKPOINT_CHANGES = leaf<object>({
  usage: 'changes',
  summary:
    'the checkpoints that changed the key, each signed by the old key and the new one, as text to keep',
  examples: ['checkpoint changes > changes.txt'],
  notes:
    'With them, `proof check --changes` accepts under an older key what a newer one signed. Empty where none was changed.',
  async act(session) {
    const changes = await textAt(await session.api(), '/checkpoint/changes');
    await session.show({ changes }, () => changes);
  },
});

/** `enishi checkpoint rotate-key` */
export const CHECKPOINT_ROTATE_KEY = leaf<object>({
  usage: 'rotate-key',
  summary: 'sign checkpoints with another key from now on; the old key vouches for it and is destroyed',
  examples: ['checkpoint rotate-key'],
  notes:
    'For operators. Whoever holds the old key needs no new one: the change is itself a checkpoint, signed by both.',
  async act(session) {
    const api = await session.api();
    const { key } = await api.command<{ key: string }>('POST', '/v1/checkpoint-keys');
    const { since } = await untilChanged(api, key);
    const done = { ja: '署名鍵を交換しました', en: 'Signing key changed' };
    await showDone(session, { outcome: 'done', key, since }, done, key);
  },
});

async function keysAt(api: Api): Promise<readonly Key[]> {
  return (await api.get<{ keys: Key[] }>('/v1/checkpoint-keys')).keys;
}

/** Waits until the key signs, and none before it can any more. */
async function untilChanged(api: Api, key: string): Promise<Key> {
  for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
    const keys = await keysAt(api);
    const at = keys.findIndex((one) => one.key === key);
    const before = keys.slice(0, at);
    if (keys[at]?.state === 'current' && before.every(({ destroyedAt }) => destroyedAt !== undefined))
      return keys[at];
    await sleep(POLL_MS);
  }
  throw new Failure(
    EXIT.failed,
    'rotation-waiting',
    {
      ja: '新しい鍵は用意されましたが、まだ交換されていません。',
      en: 'The new key was drawn; no checkpoint has changed to it yet.',
    },
    {
      ja: 'ワーカーが動けば自動で続きます。`enishi checkpoint keys` で確認できます。',
      en: 'It goes on by itself once a worker runs: see `enishi checkpoint keys`.',
    },
  );
}
