import { readPem, StampFault, type Certificate } from '@enishi/timestamping';
import { reportText, Unreadable } from '@enishi/verification';
import { verifyFile } from '@enishi/verification-node';
import { EXIT } from '../exit-codes';
import { badInput } from '../failure';
import { cannotRead, readSmallText } from '../input';
import { leaf } from '../leaf';
import { option } from '../options';
import { keyOf, witnessKeysOf } from '../proofs';

/** `enishi verify` */
export const VERIFY = leaf<{ key?: string; since?: string; witness?: string; authority?: string }>({
  usage: 'verify <bundle>',
  summary: 'check a bundle with nothing but itself, and what you have from elsewhere; asks no server',
  examples: [
    'verify bundle.zip',
    'verify bundle.zip --key "$(cat enishi.vkey)" --since checkpoint.txt',
    'verify bundle.zip --witness "$WITNESS" --authority authority.pem',
    'verify bundle.zip --json',
  ],
  notes:
    'Ends with 1 where anything is wrong, and names the file, line, event or proof. docs/verify.md says what each answer means.',
  options: [
    option('--key <vkey>', 'the public key you were given, as NAME+ID+KEY'),
    option(
      '--since <checkpoint>',
      'a checkpoint you kept, as a file: proves that nothing before it was rewritten',
    ),
    option(
      '--witness <vkeys>',
      'keys of witnesses, several by comma, each of whom must have cosigned a checkpoint in the bundle',
    ),
    option(
      '--authority <pem>',
      'certificates of authorities you trust, as a file: one of them must have stamped a checkpoint with the time',
    ),
  ],
  async act(session, { key, since, witness, authority }, [file = '']) {
    const known = {
      ...(key !== undefined && { key: keyOf(key) }),
      ...(since !== undefined && { since: await readSmallText(session.io, since) }),
      ...(witness !== undefined && { witnesses: witnessKeysOf(witness.split(',')) }),
      ...(authority !== undefined && {
        authorities: certificatesIn(await readSmallText(session.io, authority)),
      }),
    };
    const progress = session.progress({ ja: '検証', en: 'Verifying' });
    const report = await verifyFile(file, {
      ...known,
      onProgress: (read, of) => progress.update(read, of, 'bytes'),
    })
      .catch((error: unknown) => {
        throw isOfTheSystem(error) ? cannotRead(error) : error;
      })
      .finally(() => progress.end());
    await session.show(report, () => reportText(report, session.language, session.palette));
    return report.outcome === 'verified' ? EXIT.ok : EXIT.failed;
  },
});

/** @throws Failure where there are none */
function certificatesIn(pem: string): readonly Certificate[] {
  try {
    return readPem(pem);
  } catch (error) {
    if (!(error instanceof StampFault)) throw error;
    const ja = '証明書として読めません（PEM 形式のファイル）。';
    throw badInput('certificates-malformed', ja, 'The file has no certificate in it that can be read (PEM).');
  }
}

/** Disk, permission, no such file. */
function isOfTheSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Unreadable || (typeof error === 'object' && error !== null && 'syscall' in error);
}
