import { Option } from 'commander';
import { homeOf } from '../connection';
import { badInput } from '../failure';
import { leaf } from '../leaf';
import { recoveryFailure } from '../recovery-failure';
import type { Session } from '../session';

interface Options {
  readonly verify?: boolean;
  readonly drill?: boolean;
  readonly apply?: boolean;
  readonly acceptLoss?: boolean;
  readonly apart?: string;
}

/** `enishi restore`: operators only, straight to the databases. */
export const RESTORE = leaf<Options>({
  usage: 'restore [backup]',
  summary:
    'restore a backup into an empty place; or only look through it, rehearse, or bring databases up to date',
  examples: [
    'restore /mnt/backups/20261121T125306123Z --apart /mnt/keys --home /srv/enishi',
    'restore /mnt/backups/20261121T125306123Z --verify',
    'restore /mnt/backups/20261121T125306123Z --drill',
    'restore --apply',
  ],
  notes: [
    'Nothing is restored over a ledger: name an empty home, or an empty database whose tables `enishi migrate` made',
    '(ENISHI_DATABASE, ENISHI_DATABASE_OWNER, ENISHI_EVENT_STORE). The master key is not in a backup: ENISHI_KEYS.',
    'Whoever was erased since the backup was made stays erased. May be repeated after an interruption.',
  ].join('\n'),
  options: [
    new Option('--verify', 'only read the backup, and check everything in it'),
    new Option(
      '--drill',
      'restore into a temporary place, open every event, and note the drill in the ledger',
    ),
    new Option('--apply', 'databases were put back by other means: destroy again what was destroyed since'),
    new Option('--accept-loss', 'go on although newer events are lost; the loss is noted in the ledger'),
    new Option('--apart <folder>', 'where `enishi backup --apart` kept the epoch keys'),
  ],
  async act(session, options, [backup]) {
    const { verify = false, drill = false, apply = false } = options;
    if (Number(verify) + Number(drill) + Number(apply) > 1 || (backup === undefined) !== apply) {
      throw badInput(
        'backup-unnamed',
        'バックアップのフォルダーを指定してください（--apply だけは不要です）。--verify、--drill、--apply は同時に使えません。',
        'Name the folder of a backup (only --apply takes none); --verify, --drill and --apply exclude each other.',
      );
    }
    const run = apply ? bringUp : drill ? rehearse : verify ? lookThrough : putBack;
    await run(session, options, backup ?? '').catch((error: unknown) => {
      throw recoveryFailure(error);
    });
  },
});

const settingsOf = (session: Session) => ({
  home: homeOf(session.options, session.io.env),
  env: session.io.env,
});

async function withWork<T>(
  session: Session,
  { apart }: Options,
  work: (task: {
    readonly settings: ReturnType<typeof settingsOf>;
    readonly apart?: string;
    readonly onProgress: (events: number) => void;
  }) => Promise<T>,
): Promise<T> {
  const progress = session.progress({ ja: '読み込み中', en: 'Reading' });
  const onProgress = (events: number): void => progress.update(events, undefined, session.t('件', 'events'));
  try {
    return await work({ settings: settingsOf(session), onProgress, ...(apart !== undefined && { apart }) });
  } finally {
    progress.end();
  }
}

async function putBack(session: Session, options: Options, backup: string): Promise<void> {
  const { putBack: work } = await import('../back-up.js');
  const restored = await withWork(session, options, (task) =>
    work(backup, options.acceptLoss === true, task),
  );
  const { verified, written, destroyedAgain, lost } = restored;
  const { ledgerId, leaves, root, takenAt } = verified.manifest;
  await session.show({ ledgerId, leaves, root, takenAt, written, destroyedAgain, lost }, () =>
    session.t(
      `✓ ${leaves} 件のイベントを復元しました。\n  ツリーのルート ${root}\n  廃棄済みのまま：鍵 ${destroyedAgain} 件、失われた記録：${lost} 件\n  ビューは次の起動で作り直されます。\n`,
      `✓ ${leaves} events are restored.\n  root of the tree ${root}\n  ${destroyedAgain} keys stay destroyed, ${lost} events are lost.\n  The views are built anew at the next start.\n`,
    ),
  );
}

async function lookThrough(session: Session, options: Options, backup: string): Promise<void> {
  const { lookThrough: work } = await import('../back-up.js');
  const verified = await withWork(session, options, (task) => work(backup, task));
  const { manifest, digest, groups, artefacts, sealed, opened } = verified;
  const { ledgerId, leaves, root, takenAt, keys } = manifest;
  const document = { digest, ledgerId, takenAt, leaves, root, groups, artefacts, keys, sealed, opened };
  await session.show(document, () =>
    session.t(
      `✓ ${takenAt} のバックアップは完全です：イベント ${leaves} 件、封 ${groups} 件、添付 ${artefacts} 件。\n  ツリーのルート ${root}\n  ${sealed ? '封印を確認しました。' : '封印は確認していません（マスター鍵がありません）。'}${opened === undefined ? '' : `鍵 ${opened} 件が開きました。`}\n`,
      `✓ The backup of ${takenAt} is whole: ${leaves} events, ${groups} sealed groups, ${artefacts} artefacts.\n  root of the tree ${root}\n  ${sealed ? 'Its seal is right.' : 'Its seal was not looked at: no master key.'}${opened === undefined ? '' : ` ${opened} keys opened.`}\n`,
    ),
  );
}

async function rehearse(session: Session, options: Options, backup: string): Promise<void> {
  const { rehearse: work } = await import('../back-up.js');
  const drill = await withWork(session, options, (task) => work(backup, task));
  await session.show(drill, () =>
    session.t(
      `✓ 復元訓練が終わり、台帳に記録しました：${drill.leaves} 件、開いたもの ${drill.opened} 件、消去を含むもの ${drill.erased} 件、${drill.seconds} 秒\n`,
      `✓ The drill is done and noted in the ledger: ${drill.leaves} events, ${drill.opened} opened, ${drill.erased} with something erased, ${drill.seconds} s.\n`,
    ),
  );
}

async function bringUp(session: Session, options: Options): Promise<void> {
  const { bringUp: work } = await import('../back-up.js');
  const { destroyedAgain, lost } = await work(options.acceptLoss === true, settingsOf(session));
  await session.show({ destroyedAgain, lost }, () =>
    session.t(
      `✓ 鍵 ${destroyedAgain} 件を改めて廃棄しました。失われた記録：${lost} 件\n`,
      `✓ ${destroyedAgain} keys are destroyed again; ${lost} events are lost.\n`,
    ),
  );
}
