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
/** Sizes follow the data; names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
/** 1980-01-01, the first day that there is: the same content gives the same bytes. */
const DATE = 0x0021;

/**
 * A zip archive (PKWARE APPNOTE 6.3) that is made while it is sent: entry after entry, then `end`. At most 4 GiB;
 * past that it fails rather than be wrong.
 *
 * @example yield* zip.entry('a.xml', parts); yield zip.end();
 */
export class ZipStream {
  private readonly entries: Entry[] = [];
  private offset = 0;

  /** One file, compressed as its text comes. */
  async *entry(name: string, text: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Buffer> {
    const offset = this.offset;
    const bytes = Buffer.from(name);
    yield this.count(
      Buffer.concat([
        fields('4222224442', LOCAL, 20, FLAGS, DEFLATED, 0, DATE, 0, 0, 0, bytes.length),
        none(2),
        bytes,
      ]),
    );
    let crc = 0;
    let size = 0;
    let packed = 0;
    const measured = async function* () {
      for await (const part of text) {
        const plain = Buffer.from(part);
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
    yield this.count(fields('4444', DESCRIPTOR, crc, packed, size));
    this.entries.push({ name: bytes, crc, packed, size, offset });
  }

  /** The directory, which comes last. */
  end(): Buffer {
    const directory = Buffer.concat(this.entries.map(directoryEntry));
    const count = this.entries.length;
    return Buffer.concat([
      directory,
      fields('42222442', END, 0, 0, count, count, directory.length, this.offset, 0),
    ]);
  }

  private count(bytes: Buffer): Buffer {
    this.offset += bytes.length;
    return bytes;
  }
}

function directoryEntry({ name, crc, packed, size, offset }: Entry): Buffer {
  const head = fields(
    '42222224442',
    CENTRAL,
    20,
    20,
    FLAGS,
    DEFLATED,
    0,
    DATE,
    crc,
    packed,
    size,
    name.length,
  );
  // No extra field, comment, disk number or attributes.
  return Buffer.concat([head, none(12), fields('4', offset), name]);
}

/** Numbers, little end first, each in as many bytes as its digit says. @throws RangeError where one does not fit */
function fields(widths: string, ...values: readonly number[]): Buffer {
  const parts = values.map((value, index) => {
    const part = Buffer.alloc(Number(widths[index]));
    part.writeUIntLE(value, 0, part.length);
    return part;
  });
  return Buffer.concat(parts);
}

function none(bytes: number): Buffer {
  return Buffer.alloc(bytes);
}
