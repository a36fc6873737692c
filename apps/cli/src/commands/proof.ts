import { badInput } from '../failure';
import { readSmallText } from '../input';
import { leaf, type Group } from '../leaf';
import { option, required, words } from '../options';
import { writeFileWhole } from '../output-file';
import { facts } from '../output/table';
import { when } from '../output/when';
import {
  checkConsistency,
  checkProof,
  checkRun,
  keysFrom,
  signedCheckpoint,
  textAt,
  witnessed,
  type Proven,
  type ProvenRun,
  type Witnessed,
} from '../proofs';
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

const range = leaf<{ out: string; force?: boolean }>({
  usage: 'range <from> <to>',
  summary:
    'that a run of events is in the ledger without a gap, by one proof for all, as a file for somebody outside',
  examples: ['proof range 0 1000 --out run.json'],
  notes:
    'Leaves are counted from 0; <to> is the first that is not in the run. At most 10,000. The file holds hashes, no event.',
  options: [
    required(option('--out <file>', 'write it to this file')),
    option('--force', 'replace the file if it exists'),
  ],
  async act(session, { out, force }, [from = '', to = '']) {
    const run = await (await session.api()).get<object>('/v1/proofs/range', { from, to });
    await writeFileWhole(out, [Buffer.from(`${JSON.stringify(run)}\n`)], force === true);
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
  options: [
    option('--key <vkey>', 'the public key you were given (default: the oldest that this server states)'),
  ],
  async act(session, { key: given }, [file = '']) {
    const api = await session.api();
    const [oldest = ''] = (await textAt(api, '/checkpoint/keys')).split('\n');
    const keys = keysFrom(given ?? oldest, await textAt(api, '/checkpoint/changes'));
    const older = signedCheckpoint(await readSmallText(session.io, file), keys);
    const answer = await api.get<{ proof: string[]; checkpoint: string }>('/v1/proofs/consistency', {
      from: older.size,
    });
    const newer = signedCheckpoint(answer.checkpoint, keys);
    checkConsistency(older, newer, answer.proof);
    const shown = { outcome: 'consistent', from: older.size, to: newer.size, checkpoint: answer.checkpoint };
    const ja = `✓ 書き換えられていません: 手元の ${older.size} 件は、現在の ${newer.size} 件の先頭と一致します。`;
    const en = `✓ Not rewritten: the ${older.size} events of your checkpoint are the beginning of the ${newer.size} there are.`;
    await session.show(shown, () => session.t(ja, en));
  },
});

const check = leaf<{ key: string; changes?: string; witness?: string[]; leaf?: string }>({
  usage: 'check <file>',
  summary: 'check a proof file with nothing but the public key; asks no server',
  examples: [
    'proof check event.tlog-proof --key "$(cat enishi.vkey)"',
    'proof check event.tlog-proof --key "$(cat enishi.vkey)" --changes changes.txt',
  ],
  notes:
    'Where the key was changed since you were given it, --changes leads from yours to the one that signed.',
  options: [
    required(option('--key <vkey>', 'the public key you were given, as NAME+ID+KEY')),
    option('--changes <file>', 'the checkpoints that changed the key, as `checkpoint changes` prints them'),
    words('--witness <vkeys>', 'keys of witnesses, each of whom must have cosigned the checkpoint'),
    option('--leaf <hash>', 'the hash that the leaf, or one of the run, must have, 64 hexadecimal digits'),
  ],
  async act(session, { key, changes, witness: lines = [], leaf: expected }, [file = '']) {
    if (expected !== undefined && !/^[0-9a-f]{64}$/.test(expected)) {
      throw badInput('leaf-not-valid', '--leaf は 16 進数 64 桁です。', '--leaf is 64 hexadecimal digits.');
    }
    const keys = keysFrom(key, changes === undefined ? '' : await readSmallText(session.io, changes));
    const text = await readSmallText(session.io, file);
    const proven = text.startsWith('{') ? checkRun(text, keys, expected) : checkProof(text, keys, expected);
    const { checkpoint, note, ...rest } = proven;
    const { origin, size } = checkpoint;
    const witnesses = witnessed(note, lines);
    const trust = witnesses.length > 0 ? 'witnessed' : 'self-signed';
    await session.show({ outcome: 'proven', trust, origin, size, ...rest, witnesses }, () => {
      const what = 'leaves' in proven ? runText(session, proven) : provenText(session, proven);
      return what + witnesses.map((one) => witnessText(session, one)).join('');
    });
  },
});

function witnessText(session: Session, { witness, at }: Witnessed): string {
  return `${session.t(
    `✓ 立会人 ${witness} が ${when(at)} に、以前の台帳の続きであることを確認しています`,
    `✓ Witnessed by ${witness} at ${when(at)}: it goes on from all the witness saw before`,
  )}\n`;
}

function runText(session: Session, { checkpoint, from, leaves }: ProvenRun): string {
  const ja = '✓ 証明されました（自己署名: この鍵の持ち主が、この範囲のイベントを含む台帳に署名しています）';
  const en = '✓ Proven (self-signed: the holder of this key signed a ledger with this run of events in it)';
  const lines = facts([
    [session.t('台帳', 'Ledger'), checkpoint.origin],
    [session.t('リーフ', 'Leaves'), `${from + 1}–${from + leaves.length} / ${checkpoint.size}`],
  ]);
  return `${session.t(ja, en)}\n${lines}`;
}

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
  leaves: [event, range, consistency, check],
};
