import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { fromRandomAccessReader, RandomAccessReader, type Entry, type ZipFile } from 'yauzl';
import { tooLarge, WorkbookRefused, type WorkbookLimits } from './refusal';

/** Bytes that can be read from any place of them. */
export interface RandomAccess {
  /** How many there are. */
  readonly size: number;
  /** @returns `length` bytes from `from` on, fewer at the end */
  read(from: number, length: number): Promise<Uint8Array>;
}

const SLICE = 256 * 1024;

/** yauzl's reader over our bytes. Remembers what failed below it, to tell a broken disk from a broken zip. */
class Slices extends RandomAccessReader {
  failure: unknown;

  constructor(private readonly source: RandomAccess) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.slices(start, end), { objectMode: false });
  }

  private async *slices(start: number, end: number): AsyncGenerator<Uint8Array> {
    for (let at = start; at < end; at += SLICE) {
      try {
        yield Buffer.from(await this.source.read(at, Math.min(SLICE, end - at)));
      } catch (error) {
        this.failure ??= error;
        throw error;
      }
    }
  }
}

/** The parts of an opened workbook, by name. Names are compared as OPC says: case does not count. */
export class Parts {
  private constructor(
    private readonly zip: ZipFile,
    private readonly slices: Slices,
    private readonly entries: ReadonlyMap<string, Entry>,
    private readonly limits: WorkbookLimits,
  ) {}

  /**
   * Reads the zip's list of entries.
   * @throws WorkbookRefused for a damaged or encrypted zip, or one of too many entries
   */
  static async open(source: RandomAccess, limits: WorkbookLimits): Promise<Parts> {
    const slices = new Slices(source);
    try {
      const zip = await opened(slices, source.size);
      if (zip.entryCount > limits.entries) throw new WorkbookRefused('workbook-damaged');
      return new Parts(zip, slices, await entriesOf(zip), limits);
    } catch (error) {
      throw faultOf(error, slices);
    }
  }

  has(name: string): boolean {
    return this.entries.has(name.toLowerCase());
  }

  /** True where any entry's name begins so. */
  hasFolder(name: string): boolean {
    return [...this.entries.keys()].some((key) => key.startsWith(name));
  }

  /**
   * The bytes of a part, unfolded, checked against size and checksum.
   * @param limit in bytes; default: that of a small part
   * @throws WorkbookRefused where it is missing, damaged, encrypted or larger
   */
  async *read(name: string, limit = this.limits.smallPart): AsyncGenerator<Uint8Array, void, undefined> {
    const entry = this.entries.get(name.toLowerCase());
    if (entry === undefined) throw new WorkbookRefused('workbook-damaged');
    if (entry.isEncrypted()) throw new WorkbookRefused('workbook-encrypted');
    if (entry.uncompressedSize > limit) throw tooLarge(limit);
    let checksum = 0;
    try {
      for await (const chunk of await this.stream(entry)) {
        checksum = crc32(chunk as Uint8Array, checksum);
        yield chunk as Uint8Array;
      }
    } catch (error) {
      throw faultOf(error, this.slices);
    }
    // yauzl counts the bytes and leaves the checksum to its caller.
    if (checksum !== entry.crc32 >>> 0) throw new WorkbookRefused('workbook-damaged');
  }

  /** @returns the limits given at the opening */
  get bounds(): WorkbookLimits {
    return this.limits;
  }

  private stream(entry: Entry): Promise<Readable> {
    return new Promise((resolve, reject) => {
      this.zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
    });
  }
}

function opened(reader: Slices, size: number): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false, strictFileNames: false };
  return new Promise((resolve, reject) => {
    fromRandomAccessReader(reader, size, options, (error, zip) => (error ? reject(error) : resolve(zip)));
  });
}

function entriesOf(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  return new Promise((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      const name = entry.fileName.toLowerCase();
      // Two parts of one name: readers would disagree on which of them counts.
      if (entries.has(name)) return reject(new WorkbookRefused('workbook-damaged'));
      entries.set(name, entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

/** yauzl's and zlib's complaints become one code: their texts may hold names from the file. */
function faultOf(error: unknown, { failure }: Slices): unknown {
  if (failure !== undefined) return failure;
  return error instanceof WorkbookRefused ? error : new WorkbookRefused('workbook-damaged');
}
