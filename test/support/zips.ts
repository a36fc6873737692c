import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of a zip, with every lie that a test needs. */
export interface ZipEntry {
  readonly name: string | Uint8Array;
  readonly data: Uint8Array;
  /** Bit 11: the name is UTF-8; bit 0: encrypted. */
  readonly flags?: number;
  readonly declared?: number;
  readonly checksum?: number;
  readonly extra?: Uint8Array;
  /** Upper half: the mode of Unix. */
  readonly attributes?: number;
  /** Offset of another entry's data: they overlap. */
  readonly at?: number;
}

/** A zip with these entries, deflated (APPNOTE 4.3). */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { data, flags = 0, extra = Buffer.alloc(0), attributes = 0 } = entry;
    const name = Buffer.from(entry.name as Uint8Array);
    const packed = deflateRawSync(data);
    const declared = entry.declared ?? data.length;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(entry.checksum ?? crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(declared, 18);
    common.writeUInt16LE(name.length, 22);
    common.writeUInt16LE(extra.length, 24);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, name, extra, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(attributes, 6);
    rest.writeUInt32LE(entry.at ?? offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, rest, name, extra]));
    locals.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, list, end]);
}
