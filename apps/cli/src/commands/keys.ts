import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT } from '../exit-codes';
import { Failure } from '../failure';
import { leaf, type Group } from '../leaf';
import { facts } from '../output/table';
import type { Session } from '../session';
import { showDone } from './answer';

const POLL_MS = 300;

interface Vault {
  readonly epoch?: number;
  readonly keys?: Readonly<Record<string, number>>;
  readonly rotation?: { readonly done: number; readonly total: number; readonly state: string } | null;
}

const status = leaf<object>({
  usage: 'status',
  summary: 'the key epoch, and how many keys live',
  examples: ['keys status'],
  isDefault: true,
  async act(session) {
    const vault = await (await session.api()).get<Vault>('/v1/vault');
    await session.show(vault, () => {
      const counts = Object.entries(vault.keys ?? {}).map(([name, value]) => [name, String(value)] as const);
      return facts([[session.t('期', 'Epoch'), String(vault.epoch ?? '-')], ...counts]);
    });
  },
});

const rotate = leaf<object>({
  usage: 'rotate',
  summary: 'wrap every key anew under a new epoch key, and destroy the old one',
  examples: ['keys rotate'],
  async act(session) {
    const api = await session.api();
    await api.command('POST', '/v1/vault/rotation');
    const vault = await untilRotated(session, () => api.get<Vault>('/v1/vault'));
    await showDone(
      session,
      { ...vault, outcome: 'done' },
      { ja: '鍵の期を更新しました', en: 'Keys rotated' },
    );
  },
});

async function untilRotated(session: Session, read: () => Promise<Vault>): Promise<Vault> {
  const progress = session.progress({ ja: '鍵を更新', en: 'Rotating keys' });
  try {
    for (;;) {
      const vault = await read();
      const { rotation } = vault;
      if (rotation?.state === 'failed') throw failed();
      if (rotation?.state !== 'running') return vault;
      progress.update(rotation.done, rotation.total, 'keys');
      await sleep(POLL_MS);
    }
  } finally {
    progress.end();
  }
}

/** `enishi keys …` */
export const KEYS: Group = {
  name: 'keys',
  summary: 'the keys that seal personal data',
  leaves: [status, rotate],
};

function failed(): Failure {
  return new Failure(
    EXIT.failed,
    'rotation-failed',
    { ja: '鍵の更新が途中で止まりました。', en: 'The rotation stopped half-way.' },
    { ja: 'もう一度実行すれば続きから進みます。', en: 'Run it again: it goes on from there.' },
  );
}
