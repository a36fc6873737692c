import { homeOf } from '../connection';
import { EXIT } from '../exit-codes';
import { badInput, Failure } from '../failure';
import { leaf } from '../leaf';
import { forgetPosition, memoryFile } from '../memory';
import type { Session } from '../session';

const PLACE = /^(embedded$|(postgres(ql)?|(esdb|kurrentdb)(\+discover)?):\/\/)/;

/** `enishi migrate-store`: operators only, straight to the stores, while nothing else runs. */
export const MIGRATE_STORE = leaf<object>({
  usage: 'migrate-store <from> <to>',
  summary: 'move the ledger to another event store, and prove that every leaf is the same',
  examples: [
    'migrate-store embedded esdb://ledger.example.jp:2113',
    'migrate-store env:OLD_STORE env:NEW_STORE',
  ],
  notes: [
    '<from> and <to> are `embedded`, a connection string (esdb://, kurrentdb://, postgres://), or env:NAME for one',
    'that a variable holds: a password in an argument stands in the process list.',
    'ENISHI_DATABASE is the database of keys and views (default: the embedded one). Servers and workers must be stopped.',
    'The source stays as it is. The views are built anew at the next start; set ENISHI_EVENT_STORE to the new place.',
    'May be repeated: what the target already has is compared, and the move goes on behind it.',
  ].join('\n'),
  async act(session, _options, [from = '', to = '']) {
    const places = { from: placeOf(session, from), to: placeOf(session, to) };
    const { moveStore } = await import('../move-store.js');
    const progress = session.progress({ ja: '移動中', en: 'Moving' });
    const moved = await moveStore({
      ...places,
      home: homeOf(session.options, session.io.env),
      env: session.io.env,
      onProgress: (leaves) => progress.update(Number(leaves), undefined, session.t('件', 'events')),
    })
      .catch((error: unknown) => {
        throw failureOf(error);
      })
      .finally(() => progress.end());
    await forgetPosition(memoryFile(homeOf(session.options, session.io.env), session.io.env));
    const { ledgerId, leaves, written, root } = moved;
    await session.show({ ledgerId, leaves: String(leaves), written: String(written), root }, () =>
      session.t(
        `✓ ${leaves} 件のイベントが両方で一致しました（今回の書き込み ${written} 件）。\n  ツリーのルート ${root}\n  次の起動では ENISHI_EVENT_STORE を移動先にしてください。\n`,
        `✓ ${leaves} events are the same in both (${written} written now).\n  root of the tree ${root}\n  Set ENISHI_EVENT_STORE to the new place for the next start.\n`,
      ),
    );
  },
});

function placeOf(session: Session, given: string): string {
  const [, name] = /^env:(\w+)$/.exec(given) ?? [];
  const place = name === undefined ? given : session.io.env[name];
  if (place !== undefined && PLACE.test(place)) return place;
  throw badInput(
    'store-unknown',
    '移動元・移動先は embedded、esdb://…、kurrentdb://…、postgres://… または env:変数名 です。',
    'The places are embedded, esdb://…, kurrentdb://…, postgres://… or env:NAME.',
  );
}

/** By name, not by class: the classes are loaded with the work only. */
function failureOf(error: unknown): unknown {
  const { name, code, message, remedy } = error as Partial<Error> & { code?: string; remedy?: string };
  switch (name) {
    case 'StillRunning':
      return new Failure(
        EXIT.conflict,
        'still-running',
        { ja: 'サーバーまたはワーカーが動いています。', en: 'A server or worker is running.' },
        { ja: 'すべて止めてからもう一度実行してください。', en: 'Stop all of them, then run this again.' },
      );
    case 'LedgersDiffer':
      return new Failure(
        EXIT.conflict,
        code ?? 'ledgers-differ',
        { ja: `移動できません：${message}`, en: `Not moved: ${message}.` },
        {
          ja: '移動元は変わっていません。移動先を空にしてからもう一度実行してください。',
          en: 'The source is unchanged. Empty the target, then run this again.',
        },
      );
    case 'StartError':
    case 'StoreMisconfigured':
    case 'StoreUnavailable':
    case 'GenesisRefused':
    case 'SecretUnreadable':
      return new Failure(
        EXIT.failed,
        code ?? 'store-unavailable',
        { ja: `移動できません：${message}`, en: `Not moved: ${message}` },
        remedy === undefined ? undefined : { ja: remedy, en: remedy },
      );
    default:
      return error;
  }
}
