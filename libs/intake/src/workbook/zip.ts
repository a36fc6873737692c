import type { Entry, ZipFile } from 'yauzl';
import { eachEntry, openZip, Slices, unfolded, type RandomAccess } from '../zip-source';
import { tooLarge, WorkbookRefused, type WorkbookLimits } from './refusal';

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
      const zip = await openZip(slices, source.size);
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
    try {
      yield* unfolded(this.zip, entry, () => new WorkbookRefused('workbook-damaged'));
    } catch (error) {
      throw faultOf(error, this.slices);
    }
  }

  /** @returns the limits given at the opening */
  get bounds(): WorkbookLimits {
    return this.limits;
  }
}

async function entriesOf(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  await eachEntry(zip, (entry) => {
    const name = entry.fileName.toLowerCase();
    // Two parts of one name: readers would disagree on which of them counts.
    if (entries.has(name)) throw new WorkbookRefused('workbook-damaged');
    entries.set(name, entry);
  });
  return entries;
}

/** yauzl's and zlib's complaints become one code: their texts may hold names from the file. */
function faultOf(error: unknown, { failure }: Slices): unknown {
  if (failure !== undefined) return failure;
  return error instanceof WorkbookRefused ? error : new WorkbookRefused('workbook-damaged');
}
