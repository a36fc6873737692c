import { verifyBundle, type Options, type Report } from '@enishi/verification';
import { NODE } from '@enishi/verification-node';
import { contentOf, filesOf as filesInZip } from '../../libs/verification/src/zip';
import { filesOf, someLedger, zipped, type Wanted } from './invented-bundle';
import { Chance, type InventedLedger } from './invented-ledger';
import { mutantOf, type Original } from './mutants';

/** Checks bytes as if they were a file. */
export function verified(zip: Uint8Array, options: Options = {}): Promise<Report> {
  return verifyBundle(sourceOf(zip), NODE, options);
}

const sourceOf = (bytes: Uint8Array) => ({
  size: bytes.length,
  read: async (from: number, to: number) => bytes.subarray(from, to),
});

/** One bundle of each kind there is, of one ledger. */
export const KINDS_OF_BUNDLES: readonly Wanted[] = [
  { scope: { of: 'consents' }, level: 'full', history: [9] },
  { scope: { of: 'consents', kind: 'granted' }, level: 'masked' },
  { scope: { of: 'trail', from: '2026-04-01T05:00:00.000Z' }, level: 'none', history: [12, 20] },
  { scope: { of: 'ledger' }, level: 'none' },
];

export function originalOf(ledger: InventedLedger, wanted: Wanted): Original {
  const unsigned = filesOf(ledger, wanted);
  const signer = ledger.keys.at(-1)!;
  return { unsigned, signer, zip: zipped(unsigned, signer) };
}

/** What so many mutants of a seed came to. */
export interface Survivors {
  /** Names of those that were not caught, although they say something else. */
  readonly names: readonly string[];
  /** How many say byte for byte what the original says. */
  readonly same: number;
}

/** Makes mutants and checks each. What verifies must be, file by file, the original: then nothing was changed. */
export async function survivorsOf(seed: string, count: number): Promise<Survivors> {
  const ledger = someLedger(seed);
  const chance = new Chance(`mutants of ${seed}`);
  const originals = KINDS_OF_BUNDLES.map((wanted) => originalOf(ledger, wanted));
  const contents = await Promise.all(originals.map(({ zip }) => contentsOf(zip)));
  const names: string[] = [];
  let same = 0;
  for (let left = count; left > 0; left -= 1) {
    const which = chance.below(originals.length);
    const { name, zip } = mutantOf(originals[which]!, chance);
    const { outcome } = await verified(zip);
    if (outcome === 'failed') continue;
    const isSame = (await contentsOf(zip)) === contents[which];
    if (isSame) same += 1;
    else names.push(`${which}: ${name}`);
  }
  return { names, same };
}

/** Every file of a zip, as one text to compare; of a mutant that was signed anew the signature says nothing. */
async function contentsOf(zip: Uint8Array): Promise<string> {
  const source = sourceOf(zip);
  const files: [string, string][] = [];
  for (const [name, entry] of await filesInZip(source)) {
    const parts: Uint8Array[] = [];
    for await (const part of contentOf(source, entry, NODE)) parts.push(part);
    files.push([name, Buffer.concat(parts).toString('latin1')]);
  }
  return JSON.stringify(files.sort());
}
