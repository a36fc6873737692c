import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { Category, Json } from '@enishi/domain';
import {
  canonical,
  consistencyRanges,
  GrowingRoot,
  leafHash,
  leafText,
  noteKeyId,
  rangeProofRanges,
  writeNote,
  writeNoteKey,
  checkpointText,
  type LeafRange,
  type NoteKey,
} from '@enishi/transparency';
import { sealGroup } from '../../libs/vault/src/sealed-group';

export const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** Numbers and bytes that are the same for the same seed. */
export class Chance {
  private drawn = 0;

  constructor(private readonly seed: string) {}

  readonly bytes = (length: number): Buffer => {
    const parts: Buffer[] = [];
    for (let got = 0; got < length; got += 32)
      parts.push(
        createHash('sha256')
          .update(`${this.seed} ${(this.drawn += 1)}`)
          .digest(),
      );
    return Buffer.concat(parts).subarray(0, length);
  };

  /** From 0 up to, and without, `below`. */
  below(below: number): number {
    return this.bytes(6).readUIntBE(0, 6) % below;
  }

  pick<T>(things: readonly T[]): T {
    return things[this.below(things.length)]!;
  }

  uuid(): string {
    const hex = this.bytes(16).toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }
}

/** A key that signs notes. */
export interface Signing {
  readonly key: NoteKey;
  readonly vkey: string;
  readonly secret: KeyObject;
}

export function signingKey(name: string): Signing {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const bytes = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const key = { name, publicKey: Uint8Array.from(bytes) };
  return { key, vkey: writeNoteKey(key, sha256), secret: privateKey };
}

/** A text as a signed note. */
export function signedNote(text: string, signers: readonly Signing[]): string {
  const signatures = signers.map(({ key, secret }) => ({
    name: key.name,
    keyId: noteKeyId(key, sha256),
    signature: Uint8Array.from(sign(null, Buffer.from(text), secret)),
  }));
  return writeNote({ text, signatures });
}

/** What was sealed in an event: its salts are what an export discloses. */
export interface SealedIn {
  readonly category: Category;
  readonly salt: Buffer;
  readonly values: Readonly<Record<string, Json>>;
}

/** One event, as its leaf has it, with what is known of it beside. */
export interface Written {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly recordedAt: string;
  readonly text: string;
  readonly sealed: readonly SealedIn[];
}

/** A ledger in memory, written without any of the program's own writers: events, leaves, checkpoints. */
export class InventedLedger {
  readonly id: string;
  readonly events: Written[] = [];
  readonly keys: Signing[];
  private readonly hashes: Uint8Array[] = [];
  private readonly roots = new Map<string, Uint8Array>();

  constructor(readonly chance: Chance) {
    this.id = chance.uuid();
    this.keys = [signingKey(this.origin)];
  }

  get origin(): string {
    return `enishi/${this.id}`;
  }

  /** Appends an event. @param sealed values by category, under the keys of one person */
  append(
    stream: string,
    type: string,
    fields: Readonly<Record<string, Json>>,
    sealed: Partial<Record<Category, Readonly<Record<string, Json>>>> = {},
  ): Written {
    const at = new Date(Date.UTC(2026, 3, 1) + this.events.length * 3_600_000).toISOString();
    const event = {
      ...{ id: this.chance.uuid(), stream, type, recordedAt: at, ledger: this.id },
      revision: this.events.filter((other) => other.stream === stream).length,
    };
    const salts: SealedIn[] = [];
    const groups = Object.entries(sealed).map(([category, values]) => {
      const salt = this.chance.bytes(32);
      salts.push({ category: category as Category, salt, values });
      const place = { ledger: this.id, stream, eventId: event.id, type, version: 1 };
      const group = {
        category: category as Category,
        subject: `alumnus:${String(fields['alumnusId'])}` as const,
        generation: 1,
      };
      const texts = Object.keys(values)
        .sort()
        .map((field) => [field, canonical(values[field])] as const);
      // The salt is drawn first, then the nonce.
      let drawn = false;
      return sealGroup(this.chance.bytes(32), place, group, texts, (length) => {
        const first = !drawn;
        drawn = true;
        return first ? salt : this.chance.bytes(length);
      });
    });
    const data = { ...fields, ...(groups.length > 0 && { sealed: groups }) };
    const metadata = { actor: 'staff:invented', commandId: this.chance.uuid(), decidedAt: at, v: 1 };
    const leaf = { ...event, dataText: canonical(data), metadataText: canonical(metadata) };
    const written = { ...event, text: leafText(leaf), sealed: salts };
    this.events.push(written);
    this.hashes.push(leafHash(leaf, sha256));
    return written;
  }

  /** The signed checkpoint of the first so many leaves. @param next the key that it hands over to */
  checkpoint(size: number, signers: readonly Signing[] = [this.keys.at(-1)!], next?: Signing): string {
    const head = { origin: this.origin, size, root: this.root({ from: 0, to: size }) };
    return signedNote(checkpointText({ ...head, ...(next && { nextKey: next.vkey }) }), signers);
  }

  root({ from, to }: LeafRange): Uint8Array {
    const known = this.roots.get(`${from} ${to}`);
    if (known !== undefined) return known;
    const tree = new GrowingRoot(sha256);
    for (const hash of this.hashes.slice(from, to)) tree.add(hash);
    this.roots.set(`${from} ${to}`, tree.root());
    return tree.root();
  }

  consistency(older: number, newer: number): readonly string[] {
    return consistencyRanges(older, newer).map((range) => base64(this.root(range)));
  }

  runProof(run: LeafRange, size: number): readonly string[] {
    return rangeProofRanges(run, size).map((range) => base64(this.root(range)));
  }
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
