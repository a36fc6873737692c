import { badInput } from '../failure';
import { readSmallText } from '../input';
import { leaf, type Group } from '../leaf';
import { option, required } from '../options';
import { writeFileWhole } from '../output-file';
import { facts } from '../output/table';
import { checkConsistency, checkProof, keyOf, signedCheckpoint, textAt, type Proven } from '../proofs';
import type { Session } from '../session';
import { showDone } from './answer';

const event = leaf<{ out?: string; force?: boolean }>({
  usage: 'event <id>',
  summary: 'the proof that one event is in the ledger, as a file for somebody outside',
  examples: ['proof event 0b6c…(id) --out event.tlog-proof'],
  notes:
    'It holds the event as stored: sealed fields stay sealed. An event waits for the next checkpoint, a minute by default.',
  options: [
    option('--out <file>', 'write it to this file'),
    option('--force', 'replace the file if it exists'),
  ],
  async act(session, { out, force }, [id = '']) {
    const proof = await textAt(await session.api(), '/v1/proofs/inclusion', { event: id });
    if (out === undefined) return session.show({ proof }, () => proof);
    await writeFileWhole(out, [Buffer.from(proof)], force === true);
    await showDone(session, { outcome: 'done' }, { ja: '証明を書きました', en: 'Proof written' });
  },
});

const consistency = leaf<{ key?: string }>({
  usage: 'consistency <old-checkpoint>',
  summary: 'whether the ledger goes on from a checkpoint you kept, and nothing in it was rewritten',
  examples: [
    'proof consistency checkpoint.txt',
    'proof consistency checkpoint.txt --key "$(cat enishi.vkey)"',
  ],
  options: [option('--key <vkey>', 'the public key you were given (default: the one this server states)')],
  async act(session, { key: given }, [file = '']) {
    const api = await session.api();
    const key = keyOf(given ?? (await textAt(api, '/checkpoint/key')));
    const older = signedCheckpoint(await readSmallText(session.io, file), key);
    const answer = await api.get<{ proof: string[]; checkpoint: string }>('/v1/proofs/consistency', {
      from: older.size,
    });
    const newer = signedCheckpoint(answer.checkpoint, key);
    checkConsistency(older, newer, answer.proof);
    const shown = { outcome: 'consistent', from: older.size, to: newer.size, checkpoint: answer.checkpoint };
    const ja = `✓ 書き換えられていません: 手元の ${older.size} 件は、現在の ${newer.size} 件の先頭と一致します。`;
    const en = `✓ Not rewritten: the ${older.size} events of your checkpoint are the beginning of the ${newer.size} there are.`;
    await session.show(shown, () => session.t(ja, en));
  },
});

const check = leaf<{ key: string; leaf?: string }>({
  usage: 'check <file>',
  summary: 'check a proof file with nothing but the public key; asks no server',
  examples: ['proof check event.tlog-proof --key "$(cat enishi.vkey)"'],
  options: [
    required(option('--key <vkey>', 'the public key you were given, as NAME+ID+KEY')),
    option('--leaf <hash>', 'the hash that the leaf must have, 64 hexadecimal digits'),
  ],
  async act(session, { key, leaf: expected }, [file = '']) {
    if (expected !== undefined && !/^[0-9a-f]{64}$/.test(expected)) {
      throw badInput('leaf-not-valid', '--leaf は 16 進数 64 桁です。', '--leaf is 64 hexadecimal digits.');
    }
    const proven = checkProof(await readSmallText(session.io, file), keyOf(key), expected);
    const { checkpoint, ...rest } = proven;
    const { origin, size } = checkpoint;
    await session.show({ outcome: 'proven', trust: 'self-signed', origin, size, ...rest }, () =>
      provenText(session, proven),
    );
  },
});

function provenText(session: Session, { checkpoint, index, leaf: hash, event: proven = {} }: Proven): string {
  const text = (name: string): string | undefined => {
    const value = proven[name];
    return typeof value === 'string' ? value : undefined;
  };
  const lines = facts([
    [session.t('台帳', 'Ledger'), checkpoint.origin],
    [session.t('リーフ', 'Leaf'), `${index + 1} / ${checkpoint.size}`],
    [session.t('ハッシュ', 'Hash'), hash],
    [session.t('種類', 'Type'), text('type')],
    [session.t('イベント', 'Event'), text('id')],
    [session.t('ストリーム', 'Stream'), text('stream')],
    [session.t('記録日時', 'Recorded'), text('recordedAt')],
  ]);
  const ja = '✓ 証明されました（自己署名: この鍵の持ち主が、このイベントを含む台帳に署名しています）';
  const en = '✓ Proven (self-signed: the holder of this key signed a ledger with this event in it)';
  return `${session.t(ja, en)}\n${lines}`;
}

/** `enishi proof …` */
export const PROOF: Group = {
  name: 'proof',
  summary: 'prove to somebody outside that an event is in the ledger, and that nothing was rewritten',
  leaves: [event, consistency, check],
};
