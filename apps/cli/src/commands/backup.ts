import { Option } from 'commander';
import { homeOf } from '../connection';
import { leaf } from '../leaf';
import { recoveryFailure } from '../recovery-failure';

interface Options {
  readonly apart?: string;
}

/** `enishi backup`: operators only, straight to the databases, while everything runs. */
export const BACKUP = leaf<Options>({
  usage: 'backup <folder>',
  summary: 'back up ledger, vault and artefacts into a new folder inside <folder>; the server may run',
  examples: ['backup /mnt/backups', 'backup /mnt/backups --apart /mnt/keys'],
  notes: [
    'The epoch keys and the list of destroyed keys are never in a backup: with them it would open everything, also',
    'what is erased later. --apart keeps a copy of both up to date in another folder, best on another medium.',
    'Read from the settings of the server: ENISHI_DATABASE, ENISHI_EVENT_STORE, ENISHI_KEYS, ENISHI_EPOCHS,',
    'ENISHI_SHREDS; without them, the home folder.',
  ].join('\n'),
  options: [new Option('--apart <folder>', 'keep epoch keys and the list of destroyed keys there too')],
  async act(session, { apart }, [into = '']) {
    const { backUp } = await import('../back-up.js');
    const { env } = session.io;
    const progress = session.progress({ ja: 'バックアップ中', en: 'Backing up' });
    const made = await backUp(into, {
      settings: { home: homeOf(session.options, env), env },
      ...(apart !== undefined && { apart }),
      onProgress: (events) => progress.update(events, undefined, session.t('件', 'events')),
    })
      .catch((error: unknown) => {
        throw recoveryFailure(error);
      })
      .finally(() => progress.end());
    const { folder, digest, manifest, bytes } = made;
    const { ledgerId, takenAt, leaves, root } = manifest;
    await session.show({ folder, digest, ledgerId, takenAt, leaves, root, bytes }, () =>
      session.t(
        `✓ ${leaves} 件のイベントをバックアップしました。\n  ${folder}\n  ツリーのルート ${root}\n`,
        `✓ ${leaves} events are backed up.\n  ${folder}\n  root of the tree ${root}\n`,
      ),
    );
    if (apart !== undefined || session.json) return;
    await session.note(
      session.t(
        '期の鍵と廃棄リストはバックアップに入りません。別に保管してください（--apart）。',
        'Epoch keys and the list of destroyed keys are not in it: keep them too, elsewhere (--apart).',
      ),
    );
  },
});
