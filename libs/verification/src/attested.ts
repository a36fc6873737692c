import { FILES } from '@enishi/bundle';
import {
  checkTimestamp,
  readTimestamp,
  StampFault,
  type Certificate,
  type StampFaultCode,
} from '@enishi/timestamping';
import { cosignaturesOf, sameHash, type NoteKey } from '@enishi/transparency';
import type { Bundle } from './bundle';
import { Broken, type Findings } from './finding';
import type { FindingCode } from './finding-words';
import type { Machine } from './machine';
import type { Signed } from './signed';

/** That somebody outside saw a checkpoint, and when. */
export interface Attested {
  readonly by: string;
  /** By his clock; an instant (ISO 8601, UTC). */
  readonly at: string;
  /** Leaves of the checkpoint: nothing up to there was rewritten since. */
  readonly size: number;
}

/**
 * Every witness that is asked for must have cosigned a checkpoint of the bundle.
 *
 * @param checkpoints the oldest first
 * @returns the newest of each
 */
export function checkWitnesses(
  checkpoints: readonly Signed[],
  witnesses: readonly NoteKey[],
  machine: Machine,
  findings: Findings,
): readonly Attested[] {
  return witnesses.flatMap((witness) => {
    const seen: Attested[] = [];
    let isForged = false;
    for (const { note, checkpoint, place } of checkpoints) {
      const found = cosignaturesOf(note, [witness], machine);
      if (found === undefined) findings.add({ code: 'cosignature-forged', ...place });
      isForged ||= found === undefined;
      for (const { at } of found ?? [])
        seen.push({ by: witness.name, at: new Date(at * 1000).toISOString(), size: checkpoint.size });
    }
    if (seen.length === 0 && !isForged) findings.add({ code: 'witness-missing' });
    return seen.slice(-1);
  });
}

/**
 * Checks the time stamp of a bundle: that it is over one of its checkpoints, by an authority that is trusted.
 * @returns undefined where something is wrong
 */
export async function checkStamp(
  bundle: Bundle,
  checkpoints: readonly Signed[],
  authorities: readonly Certificate[],
  machine: Machine,
  findings: Findings,
): Promise<Attested | undefined> {
  if (!bundle.has(FILES.timestamp)) {
    findings.add({ code: 'timestamp-missing' });
    return undefined;
  }
  const place = { file: FILES.timestamp };
  return findings.within(async () => {
    const answer = await bundle.bytes(FILES.timestamp);
    try {
      const stamp = readTimestamp(answer);
      const stamped = checkpoints.find(({ note }) =>
        sameHash(machine.hash(new TextEncoder().encode(note.text)), stamp.imprint),
      );
      if (stamped === undefined) throw new Broken({ code: 'timestamp-of-another', ...place });
      const { at, authority } = await checkTimestamp(stamp, authorities, machine.stamps);
      return { by: authority, at: new Date(at).toISOString(), size: stamped.checkpoint.size };
    } catch (error) {
      throw error instanceof StampFault ? new Broken({ code: STAMPS[error.code], ...place }) : error;
    }
  });
}

const STAMPS: Readonly<Record<StampFaultCode, FindingCode>> = {
  malformed: 'timestamp-malformed',
  refused: 'timestamp-malformed',
  forged: 'timestamp-forged',
  unsupported: 'timestamp-unsupported',
  untrusted: 'timestamp-untrusted',
  expired: 'timestamp-expired',
};
