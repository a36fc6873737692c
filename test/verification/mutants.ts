import { FILES } from '@enishi/bundle';
import { zipOf } from '../support/zips';
import { signedFiles, zipped, type Unsigned } from './invented-bundle';
import type { Chance, Signing } from './invented-ledger';

/** A bundle that somebody has tampered with. */
export interface Mutant {
  /** What was done, to find it again. */
  readonly name: string;
  readonly zip: Buffer;
}

/** What a mutant is made from. */
export interface Original {
  readonly unsigned: Unsigned;
  readonly signer: Signing;
  readonly zip: Buffer;
}

/**
 * Somebody without the ledger's key, who changes bytes of the zip.
 */
function ofBytes({ zip }: Original, chance: Chance): Mutant {
  const at = chance.below(zip.length);
  const some = chance.bytes(1 + chance.below(8));
  const changes: Readonly<Record<string, () => Buffer>> = {
    flip: () => {
      const copy = Buffer.from(zip);
      copy[at]! ^= 1 + chance.below(255);
      return copy;
    },
    cut: () => zip.subarray(0, at),
    append: () => Buffer.concat([zip, some]),
    prepend: () => Buffer.concat([some, zip]),
    insert: () => Buffer.concat([zip.subarray(0, at), some, zip.subarray(at)]),
    remove: () => Buffer.concat([zip.subarray(0, at), zip.subarray(at + some.length)]),
  };
  const kind = chance.pick(Object.keys(changes));
  return { name: `${kind} at byte ${at}`, zip: changes[kind]!() };
}

/** Somebody without the key, who repacks the zip with another set of files. */
function ofEntries({ unsigned, signer }: Original, chance: Chance): Mutant {
  const entries = [...signedFiles(unsigned, signer)].map(([name, data]) => ({ name, data }));
  const at = chance.below(entries.length);
  const other = entries[(at + 1 + chance.below(entries.length - 1)) % entries.length]!;
  const changes: Readonly<Record<string, () => readonly { name: string; data: Buffer }[]>> = {
    leave: () => entries.toSpliced(at, 1),
    twice: () => [...entries, entries[at]!],
    'twice with other content': () => [...entries, { ...entries[at]!, data: other.data }],
    exchange: () => entries.with(at, { ...entries[at]!, data: other.data }),
    rename: () => entries.with(at, { ...entries[at]!, name: `x${entries[at]!.name}` }),
    add: () => [...entries, { name: 'data/more.jsonl', data: Buffer.from('{}\n') }],
  };
  const kind = chance.pick(Object.keys(changes));
  return { name: `${kind} ${entries[at]!.name}`, zip: zipOf(changes[kind]!()) };
}

/** Somebody without the key, who changes a file and what the manifest says of it, and keeps the old signature. */
function ofContent({ unsigned, signer }: Original, chance: Chance): Mutant {
  const name = chance.pick([...unsigned.files.keys()]);
  const { what, data } = changed(unsigned.files.get(name)!, chance, true);
  const old = signedFiles(unsigned, signer).get(FILES.signature)!;
  const files = new Map(signedFiles({ ...unsigned, files: new Map(unsigned.files).set(name, data) }, signer));
  const entries = [...files.set(FILES.signature, old)].map(([file, content]) => ({
    name: file,
    data: content,
  }));
  return { name: `${what} of ${name} and its hash`, zip: zipOf(entries) };
}

/** Nothing hangs on the words of these: whoever signs them may write what they like. */
const FREE: readonly string[] = [FILES.readmeJa, FILES.readmeEn];
/** Their order says nothing; and which earlier checkpoints are there is up to whoever makes a bundle. */
const UNORDERED: readonly string[] = [FILES.streams, FILES.disclosures];

/** The exporter itself, who has the key and signs whatever it has changed. */
function ofExporter({ unsigned, signer }: Original, chance: Chance): Mutant {
  const name = chance.pick([...unsigned.files.keys()].filter((file) => !FREE.includes(file)));
  const isOrdered = !UNORDERED.includes(name) && name !== FILES.history;
  const { what, data } = changed(unsigned.files.get(name)!, chance, isOrdered, name !== FILES.history);
  const files = new Map(unsigned.files).set(name, data);
  return { name: `${what} of ${name}, signed anew`, zip: zipped({ ...unsigned, files }, signer) };
}

/** Somebody who signs everything with a key of their own; caught by who knows the ledger's key. */
export function ofStranger({ unsigned }: Original, stranger: Signing): Mutant {
  const files = new Map(unsigned.files).set(FILES.keys, Buffer.from(`${stranger.vkey}\n`));
  return { name: 'all signed by another key', zip: zipped({ ...unsigned, files }, stranger) };
}

/** A text file with something else in it. */
function changed(
  file: Buffer,
  chance: Chance,
  isOrdered: boolean,
  mayLeave = true,
): { readonly what: string; readonly data: Buffer } {
  const lines = file.toString('utf8').split(/(?<=\n)/);
  const at = chance.below(Math.max(1, lines.length));
  const line = lines[at] ?? '';
  const place = chance.below(Math.max(1, line.length));
  const letter = String.fromCharCode(33 + chance.below(94));
  const changes: Readonly<Record<string, () => readonly string[]>> = {
    letter: () => lines.with(at, line.slice(0, place) + letter + line.slice(place + 1)),
    'letter more': () => lines.with(at, line.slice(0, place) + letter + line.slice(place)),
    'letter less': () => lines.with(at, line.slice(0, place) + line.slice(place + 1)),
    'line twice': () => lines.toSpliced(at, 0, line),
    'line for line': () => lines.with(at, chance.pick(lines)),
    ...(mayLeave && { 'line less': () => lines.toSpliced(at, 1) }),
    ...(isOrdered && { 'lines swapped': () => lines.toSpliced(at, 2, ...lines.slice(at, at + 2).reverse()) }),
    ...(mayLeave && { 'cut behind line': () => lines.slice(0, at) }),
  };
  const kind = lines.length === 0 || file.length === 0 ? 'letter more' : chance.pick(Object.keys(changes));
  const data = file.length === 0 ? Buffer.from(letter) : Buffer.from(changes[kind]!().join(''));
  return { what: `${kind} ${at + 1}`, data };
}

const KINDS = [ofBytes, ofEntries, ofContent, ofExporter, ofExporter, ofExporter];

/** One more mutant. */
export function mutantOf(original: Original, chance: Chance): Mutant {
  return chance.pick(KINDS)(original, chance);
}
