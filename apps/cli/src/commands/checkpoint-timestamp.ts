import { readNote } from '@enishi/transparency';
import { leaf } from '../leaf';
import { option } from '../options';
import { writeFileWhole } from '../output-file';
import { facts } from '../output/table';
import { when } from '../output/when';

interface Stamped {
  readonly size: number;
  readonly stampedAt: string;
  readonly authority: string;
  /** The signed note. */
  readonly note: string;
  /** TimeStampResp, base64. */
  readonly answer: string;
}

/** `enishi checkpoint timestamp` */
export const CHECKPOINT_TIMESTAMP = leaf<{ out?: string; force?: boolean }>({
  usage: 'timestamp',
  summary: 'the newest checkpoint that an authority stamped with the time, and its answer as files to keep',
  examples: ['checkpoint timestamp', 'checkpoint timestamp --out stamped'],
  notes:
    'With --out stamped: stamped.note is the checkpoint, stamped.txt the text of it that was stamped, stamped.tsr the answer (RFC 3161).',
  options: [
    option('--out <name>', 'write the files of this name'),
    option('--force', 'replace the files if they exist'),
  ],
  async act(session, { out, force }) {
    const stamped = await (await session.api()).get<Stamped>('/v1/checkpoint-timestamp');
    const { note, answer } = stamped;
    if (out !== undefined) {
      const files: readonly (readonly [string, Buffer])[] = [
        ['note', Buffer.from(note)],
        ['txt', Buffer.from(readNote(note).text)],
        ['tsr', Buffer.from(answer, 'base64')],
      ];
      for (const [ending, bytes] of files) await writeFileWhole(`${out}.${ending}`, [bytes], force === true);
    }
    await session.show(stamped, () =>
      facts([
        [session.t('時刻', 'Stamped'), when(stamped.stampedAt)],
        [session.t('時刻認証局', 'Authority'), stamped.authority],
        [session.t('リーフ数', 'Leaves'), String(stamped.size)],
      ]),
    );
  },
});
