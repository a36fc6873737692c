import { createHash, createHmac, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Category } from '@enishi/domain';
import { openBytes, sealBytes, type Random } from './aead';
import { isMissing, writeDurably } from './durable-file';
import { ArtefactMissing, KeyClosed, SealBroken } from './errors';
import { fetchKeys } from './fetch-keys';
import { keyIdOf, slotOf } from './key-cache';
import type { KeyRing } from './key-ring';
import { type Lease, oneSlot } from './lease';
import type { FaultPoint } from './observing';
import type { Artefacts, Subject } from './port';
import type { Sessions } from './sessions';

const MAGIC = 'enishi-artefact-1\n';
const ARTEFACT_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** First line after the magic one, canonical JSON; authenticated as it stands. */
interface Header {
  readonly artefact: string;
  readonly category: Category;
  readonly generation: number;
  readonly ledger: string;
  readonly subject: Subject;
}

interface Kept {
  readonly artefactId: string;
  readonly sha256: string;
}

/** Sealed files in a directory: magic line, header line, nonce ‖ ciphertext ‖ tag. */
export class ArtefactFiles implements Artefacts {
  constructor(
    private readonly options: {
      readonly ledgerId: string;
      readonly directory: string;
      readonly sessions: Sessions;
      readonly ring: KeyRing;
      readonly lease: () => Lease;
      readonly random: Random;
      readonly faultPoint: (name: FaultPoint) => void | Promise<void>;
    },
  ) {}

  put(subject: Subject, category: Category, bytes: Uint8Array): Promise<Kept> {
    const { random } = this.options;
    return this.keep(subject, category, bytes, () => ({ artefactId: randomUUID(), random }));
  }

  putOnce(subject: Subject, category: Category, bytes: Uint8Array): Promise<Kept> {
    const digest = createHash('sha256').update(bytes).digest();
    return this.keep(subject, category, bytes, (key) => {
      const derived = (what: string) => createHmac('sha256', key).update(`${what}\n`).update(digest).digest();
      // Same bytes, same nonce, same file: who writes it twice changes nothing, and no two texts share a nonce.
      const nonce = derived('enishi artefact nonce');
      return {
        artefactId: uuidOf(derived('enishi artefact id')),
        random: (length) => nonce.subarray(0, length),
      };
    });
  }

  private async keep(
    subject: Subject,
    category: Category,
    bytes: Uint8Array,
    drawn: (key: Uint8Array) => { readonly artefactId: string; readonly random: Random },
  ): Promise<Kept> {
    const { ledgerId, faultPoint } = this.options;
    // The lease lasts until the file is durable, so that a key being closed waits for it.
    const lease = this.options.lease();
    try {
      return await lease.withKeys(oneSlot(subject, category), async (keys) => {
        const key = keys.get(slotOf(subject, category))!;
        const { artefactId, random } = drawn(key.bytes);
        const header = headerLine({
          artefact: artefactId,
          category,
          generation: key.generation,
          ledger: ledgerId,
          subject,
        });
        const sealed = sealBytes(key.bytes, bytes, header, random);
        const file = Buffer.concat([Buffer.from(MAGIC + header), sealed]);
        await writeDurably(this.path(artefactId), file, () => faultPoint('artefact-written'));
        return { artefactId, sha256: createHash('sha256').update(file).digest('hex') };
      });
    } finally {
      lease.release();
    }
  }

  async sealedHash(subject: Subject, artefactId: string): Promise<string | undefined> {
    try {
      const file = await this.read(artefactId);
      const line = file.subarray(MAGIC.length, file.indexOf('\n', MAGIC.length) + 1).toString('utf8');
      const ours = parseHeader(file, line)?.subject === subject;
      return ours ? createHash('sha256').update(file).digest('hex') : undefined;
    } catch (error) {
      if (error instanceof ArtefactMissing) return undefined;
      throw error;
    }
  }

  async get(subject: Subject, artefactId: string): Promise<Uint8Array> {
    const file = await this.read(artefactId);
    const end = file.indexOf('\n', MAGIC.length) + 1;
    const line = file.subarray(MAGIC.length, end).toString('utf8');
    const header = parseHeader(file, line);
    if (
      header?.artefact !== artefactId ||
      header.subject !== subject ||
      header.ledger !== this.options.ledgerId
    ) {
      throw new SealBroken(`artefact ${artefactId}`);
    }
    const id = keyIdOf(slotOf(subject, header.category), header.generation);
    const key = (await fetchKeys(this.options, new Map([[id, header]]))).get(id)!;
    if (key === 'destroyed') throw new KeyClosed(subject, header.category);
    try {
      return openBytes(key, file.subarray(end), line);
    } catch {
      throw new SealBroken(`artefact ${artefactId}`);
    }
  }

  private async read(artefactId: string): Promise<Buffer> {
    // Also keeps a made-up id from naming a file elsewhere.
    if (!ARTEFACT_ID.test(artefactId)) throw new ArtefactMissing('with an id that is none');
    try {
      return await readFile(this.path(artefactId));
    } catch (error) {
      if (isMissing(error)) throw new ArtefactMissing(artefactId);
      throw error;
    }
  }

  private path(artefactId: string): string {
    return join(this.options.directory, artefactId.slice(0, 2), `${artefactId}.sealed`);
  }
}

/** A uuid (version 8 layout, RFC 9562: made by a rule of our own) of the first 16 bytes. */
function uuidOf(bytes: Buffer): string {
  const own = Buffer.from(bytes.subarray(0, 16));
  own[6] = (own[6]! & 0x0f) | 0x80;
  own[8] = (own[8]! & 0x3f) | 0x80;
  return own.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function headerLine({ artefact, category, generation, ledger, subject }: Header): string {
  return JSON.stringify({ artefact, category, generation, ledger, subject }) + '\n';
}

function parseHeader(file: Buffer, line: string): Header | undefined {
  if (!file.subarray(0, MAGIC.length).equals(Buffer.from(MAGIC))) return undefined;
  try {
    return JSON.parse(line) as Header;
  } catch {
    return undefined;
  }
}
