import type { Manifest } from '@enishi/bundle';
import { Broken, type Findings } from './finding';
import type { ByteSource, Machine } from './machine';
import { Member } from './member';
import { contentOf, filesOf } from './zip';
import type { ZipEntry } from './zip-headers';

const SMALL = 1024 * 1024;

/** The files of a bundle, each to be read through once. */
export class Bundle {
  private readonly opened = new Map<string, Member>();

  private constructor(
    private readonly source: ByteSource,
    private readonly machine: Machine,
    private readonly entries: ReadonlyMap<string, ZipEntry>,
  ) {}

  /** @throws Broken where it is no zip of a bundle */
  static async open(source: ByteSource, machine: Machine): Promise<Bundle> {
    return new Bundle(source, machine, await filesOf(source));
  }

  get names(): readonly string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** A file, from its beginning; the first who opens it reads it for its digest too. @throws Broken where it is missing */
  file(name: string): Member {
    const entry = this.entries.get(name);
    if (entry === undefined) throw new Broken({ code: 'file-missing', file: name });
    const pieces = contentOf(this.source, entry, this.machine)[Symbol.asyncIterator]();
    const member = new Member(name, pieces, this.machine.digest());
    if (!this.opened.has(name)) this.opened.set(name, member);
    return member;
  }

  /** The text of a small file, at most 1 MiB. @throws Broken */
  text(name: string): Promise<string> {
    return this.file(name).whole(SMALL);
  }

  /** The bytes of a small file, as {@link text}. */
  bytes(name: string): Promise<Uint8Array> {
    return this.file(name).all(SMALL);
  }

  /** Holds every file against what the manifest says of it, reading what nobody has read. */
  async compareWith({ files }: Manifest, findings: Findings): Promise<void> {
    for (const [name, signed] of Object.entries(files)) {
      if (!this.has(name)) continue;
      await findings.within(async () => {
        const { bytes, lines, sha256 } = await (this.opened.get(name) ?? this.file(name)).measured();
        const isSame = bytes === signed.bytes && sha256 === signed.sha256;
        if (!isSame || (signed.lines !== undefined && signed.lines !== lines))
          throw new Broken({ code: 'file-changed', file: name });
      });
    }
  }
}
