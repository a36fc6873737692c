import { pipeline, Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

/** What the directory at the end says of an entry. */
interface Entry {
  readonly name: Buffer;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
/** Sizes follow the data; names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
/** Stands for a number that has eight bytes elsewhere. */
const ELSEWHERE = 0xffffffff;
/** Which extra field holds numbers of eight bytes, and the version of the format that knows it. */
const ZIP64 = 1;
const [PLAIN_VERSION, ZIP64_VERSION] = [20, 45];
/** 1980-01-01, the first day that there is: the same content gives the same bytes. */
const DATE = 0x0021;

/**
 * A zip archive (PKWARE APPNOTE 6.3) that is made while it is sent: entry after entry, then `end`. At most 4 GiB, unless
 * it is made as a large one; past that it fails rather than be wrong.
 *
 * @example yield* zip.entry('a.xml', parts); yield zip.end();
 */
export class ZipStream {
  private readonly entries: Entry[] = [];
  private offset = 0;
  private readonly version: number;

  /**
   * @param isLarge whether it may become larger than 4 GiB (zip64): sizes have eight bytes then, which must be said
   * before they are known. Old programs do not open such an archive.
   */
  constructor(private readonly isLarge = false) {
    this.version = isLarge ? ZIP64_VERSION : PLAIN_VERSION;
  }

  /** One file, compressed as its content comes. */
  async *entry(
    name: string,
    content: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
  ): AsyncGenerator<Buffer> {
    const offset = this.offset;
    const bytes = Buffer.from(name);
    const unknown = this.isLarge ? ELSEWHERE : 0;
    const extra = this.isLarge ? wide(0, 0) : none(0);
    yield this.count(
      Buffer.concat([
        fields('422222', LOCAL, this.version, FLAGS, DEFLATED, 0, DATE),
        fields('44422', 0, unknown, unknown, bytes.length, extra.length),
        bytes,
        extra,
      ]),
    );
    let crc = 0;
    let size = 0;
    let packed = 0;
    const measured = async function* () {
      for await (const part of content) {
        const plain = bytesIn(part);
        crc = crc32(plain, crc);
        size += plain.length;
        yield plain;
      }
    };
    // Whoever stops reading half-way stops the source too.
    const deflate = pipeline(Readable.from(measured()), createDeflateRaw(), () => undefined);
    for await (const part of deflate as AsyncIterable<Buffer>) {
      packed += part.length;
      yield this.count(part);
    }
    yield this.count(fields(this.isLarge ? '4488' : '4444', DESCRIPTOR, crc, packed, size));
    this.entries.push({ name: bytes, crc, packed, size, offset });
  }

  /** The directory, which comes last. */
  end(): Buffer {
    const directory = Buffer.concat(this.entries.map((entry) => this.directoryEntry(entry)));
    const count = this.entries.length;
    const [at, length] = [this.offset, directory.length];
    if (!this.isLarge)
      return Buffer.concat([directory, fields('42222442', END, 0, 0, count, count, length, at, 0)]);
    return Buffer.concat([
      directory,
      // Of itself it tells the length behind that number: 44.
      fields('482244', END_64, 44, this.version, this.version, 0, 0),
      fields('8888', count, count, length, at),
      fields('4484', LOCATOR_64, 0, at + length, 1),
      fields('42222442', END, 0, 0, 0xffff, 0xffff, ELSEWHERE, ELSEWHERE, 0),
    ]);
  }

  private directoryEntry({ name, crc, packed, size, offset }: Entry): Buffer {
    const extra = this.isLarge ? wide(size, packed, offset) : none(0);
    const told = this.isLarge ? [ELSEWHERE, ELSEWHERE, ELSEWHERE] : [packed, size, offset];
    return Buffer.concat([
      fields('4222222', CENTRAL, this.version, this.version, FLAGS, DEFLATED, 0, DATE),
      fields('444', crc, told[0]!, told[1]!),
      fields('22', name.length, extra.length),
      // No comment, disk number or attributes.
      none(10),
      fields('4', told[2]!),
      name,
      extra,
    ]);
  }

  private count(bytes: Buffer): Buffer {
    this.offset += bytes.length;
    return bytes;
  }
}

/** The bytes of a part of a file. */
export const bytesIn = (part: string | Uint8Array): Buffer =>
  typeof part === 'string' ? Buffer.from(part) : Buffer.from(part);

/** Numbers of eight bytes, as an extra field (4.5.3). */
function wide(...values: readonly number[]): Buffer {
  return Buffer.concat([
    fields('22', ZIP64, 8 * values.length),
    fields('8'.repeat(values.length), ...values),
  ]);
}

/** Numbers, little end first, each in as many bytes as its digit says. @throws RangeError where one does not fit */
function fields(widths: string, ...values: readonly number[]): Buffer {
  const parts = values.map((value, index) => {
    const part = Buffer.alloc(Number(widths[index]));
    if (part.length === 8) part.writeBigUInt64LE(BigInt(value));
    else part.writeUIntLE(value, 0, part.length);
    return part;
  });
  return Buffer.concat(parts);
}

function none(bytes: number): Buffer {
  return Buffer.alloc(bytes);
}
