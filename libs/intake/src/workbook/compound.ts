import type { RandomAccess } from '../zip-source';

const SIGNATURE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
/** Entries of the directory that are looked at, 128 bytes each; the one looked for is among the first. */
const DIRECTORY = 4096;

/** Whether bytes begin a compound file (MS-CFB): an old workbook, or a new one under a password. */
export function isCompound(head: Uint8Array): boolean {
  return SIGNATURE.equals(Buffer.from(head.buffer, head.byteOffset, Math.min(8, head.length)));
}

/**
 * Whether a compound file holds a workbook under a password: then its directory names a stream `EncryptedPackage`
 * (MS-OFFCRYPTO 2.3.4.4).
 */
export async function isEncrypted(source: RandomAccess): Promise<boolean> {
  const header = Buffer.from(await source.read(0, 512));
  if (header.length < 512) return false;
  // MS-CFB 2.2: sector size as a power of two, and the first sector of the directory.
  const sector = 2 ** Math.min(header.readUInt16LE(30), 12);
  const from = (header.readUInt32LE(48) + 1) * sector;
  if (from >= source.size) return false;
  const directory = Buffer.from(await source.read(from, DIRECTORY));
  return directory.includes(Buffer.from('EncryptedPackage', 'utf16le'));
}
