import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  cosignedText,
  noteKeyId,
  readCheckpoint,
  sameHash,
  signersOf,
  verifyConsistency,
  writeNote,
  writeNoteKey,
  type NoteKey,
  type TreeHead,
} from '@enishi/transparency';
import { noteTools, sha256 } from '@enishi/worker';

/** What a witness does with what it signed, or instead of signing. */
export type Temper =
  'honest' | 'lies' | 'mumbles' | 'signs-as-another' | 'fails' | 'floods' | 'hangs' | 'early';

interface Answer {
  readonly status: number;
  readonly body?: string;
  readonly type?: string;
}

/** A witness on this machine, by the letter of C2SP tlog-witness, unless it is told to be another. */
export class TestWitness {
  temper: Temper = 'honest';
  /** What it was asked, the first line of each body. */
  readonly asked: string[] = [];
  /** What it saw last. */
  seen: TreeHead | undefined;
  private readonly secret: KeyObject;
  private readonly key: NoteKey;
  private server: Server | undefined;

  /** @param logKeys keys of the log that it knows */
  constructor(
    private readonly logKeys: () => Promise<readonly NoteKey[]>,
    name = 'witness.example/one',
  ) {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const bytes = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    this.secret = privateKey;
    this.key = { name, publicKey: Uint8Array.from(bytes) };
  }

  get line(): string {
    return writeNoteKey(this.key, sha256, 'cosignature');
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server!.address() as AddressInfo).port}/witness`;
  }

  /** As the server's settings name it. */
  get setting(): string {
    return `${this.line} ${this.url}`;
  }

  async listen(port = 0): Promise<this> {
    this.server = createServer((request, response) => {
      void this.answer(request).then((answer) => {
        if (answer === undefined) return;
        const { status, body = '', type = 'text/plain' } = answer;
        response.writeHead(status, { 'content-type': type }).end(body);
      });
    });
    await new Promise<void>((done) => this.server!.listen(port, '127.0.0.1', done));
    return this;
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((done) => (this.server ? this.server.close(done) : done(undefined)));
  }

  private async answer(request: IncomingMessage): Promise<Answer | undefined> {
    const body = (await request.toArray()).join('');
    this.asked.push(body.split('\n')[0]!);
    if (this.temper === 'hangs') return undefined;
    if (this.temper === 'fails') return { status: 500 };
    if (this.temper === 'floods') return { status: 200, body: 'x'.repeat(200_000) };
    if (request.method !== 'POST' || request.url !== '/witness/add-checkpoint') return { status: 404 };
    return this.add(body);
  }

  private async add(body: string): Promise<Answer> {
    const split = body.indexOf('\n\n');
    const [first = '', ...proof] = body.slice(0, split).split('\n');
    const { checkpoint, note } = readCheckpoint(body.slice(split + 2));
    const old = Number(/^old (0|[1-9]\d*)$/.exec(first)![1]);
    const known = (await this.logKeys()).filter(({ name }) => name === checkpoint.origin);
    if (known.length === 0) return { status: 404 };
    if (!signersOf(note, known, noteTools)?.length) return { status: 403 };
    if (old > checkpoint.size) return { status: 400 };
    const size = this.seen?.size ?? 0;
    if (old !== size) return { status: 409, body: `${size}\n`, type: 'text/x.tlog.size' };
    if (this.seen && checkpoint.size === size && !sameHash(checkpoint.root, this.seen.root))
      return { status: 409, body: `${size}\n`, type: 'text/x.tlog.size' };
    const nodes = proof.map((hash) => Buffer.from(hash, 'base64'));
    if (this.seen && !verifyConsistency(this.seen, checkpoint, nodes, sha256)) return { status: 422 };
    if (!this.seen && nodes.length > 0) return { status: 422 };
    this.seen = { size: checkpoint.size, root: checkpoint.root };
    return { status: 200, body: this.cosignature(note.text) };
  }

  /** Its line under a note with this text. */
  cosignature(text: string): string {
    if (this.temper === 'mumbles') return 'no signature line\n';
    const at = Math.floor(Date.now() / 1000) + (this.temper === 'early' ? 3600 : 0);
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(BigInt(at));
    const signed = cosignedText(at, this.temper === 'lies' ? `${text}x` : text);
    const name = this.temper === 'signs-as-another' ? 'witness.example/two' : this.key.name;
    const signature = Buffer.concat([time, sign(null, Buffer.from(signed), this.secret)]);
    const keyId = noteKeyId({ ...this.key, name }, sha256, 'cosignature');
    return writeNote({ text: '', signatures: [{ name, keyId, signature }] }).slice(1);
  }
}
