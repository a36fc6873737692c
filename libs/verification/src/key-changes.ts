import type { NoteKey } from '@enishi/transparency';
import type { Findings } from './finding';
import type { Signed } from './signed';

/**
 * Checks that each key handed over to the one behind it, and that none has signed anything since.
 *
 * A change is a checkpoint that names the next key in its text and is signed by both. The name is needed: below an old
 * checkpoint anybody can put a second signature, but not into the text that the first one signed.
 *
 * @param keys the oldest first, each with its line
 * @param file where the keys stand
 */
export function checkKeyChanges(
  keys: readonly { readonly key: NoteKey; readonly line: string }[],
  checkpoints: readonly Signed[],
  file: string,
  findings: Findings,
): void {
  const until = new Map<NoteKey, number>();
  keys.slice(1).forEach(({ key, line }, at) => {
    const before = keys[at]!.key;
    const change = checkpoints.find(
      ({ checkpoint, signers }) =>
        checkpoint.nextKey === line && signers.includes(before) && signers.includes(key),
    );
    if (change === undefined) findings.add({ code: 'key-change-unproven', file, line: at + 2 });
    else until.set(before, change.checkpoint.size);
  });
  for (const { checkpoint, signers, place } of checkpoints) {
    const isInForce = signers.some((key) => checkpoint.size <= (until.get(key) ?? Infinity));
    if (!isInForce) findings.add({ code: 'checkpoint-of-replaced-key', ...place });
  }
}
