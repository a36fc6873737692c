import * as iconv from 'iconv-lite';
import { crc32 } from 'node:zlib';
import { openScanZip, scanKey, scanTypeOf, SCAN_HEAD_BYTES, isDebris } from '@enishi/intake';
import { zipOf, type ZipEntry } from '../support/zips';
import { fileOf } from './support/workbooks';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n');
const LIMITS = { entries: 10, scan: 1000, all: 3000 };
const LINK = 0o120777 * 65_536;

const open = (entries: readonly ZipEntry[]) => openScanZip(fileOf(zipOf(entries)), LIMITS);
const codeOf = (opening: Promise<unknown>) =>
  opening.then(
    () => 'opened',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );
async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of chunks) parts.push(part);
  return Buffer.concat(parts);
}
function unicodePath(name: string): Buffer {
  const text = Buffer.from(name);
  const head = Buffer.alloc(9);
  head.writeUInt16LE(0x7075, 0);
  head.writeUInt16LE(5 + text.length, 2);
  head[4] = 1;
  head.writeUInt32LE(crc32(Buffer.from('x')), 5);
  return Buffer.concat([head, text]);
}

describe('what a scan is', () => {
  it.each<[string, string | undefined, Buffer]>([
    ['a PDF', 'pdf', PDF],
    ['a PDF behind something', 'pdf', Buffer.concat([Buffer.alloc(500, 10), PDF])],
    ['a PDF too far behind', undefined, Buffer.concat([Buffer.alloc(SCAN_HEAD_BYTES, 10), PDF])],
    ['a PNG', 'png', Buffer.from('\x89PNG\r\n\x1a\n…', 'latin1')],
    ['a JPEG', 'jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ['a TIFF of Intel', 'tiff', Buffer.from('II*\0', 'latin1')],
    ['a TIFF of Motorola', 'tiff', Buffer.from('MM\0*', 'latin1')],
    ['a web page that speaks of %PDF-', undefined, Buffer.from('<script>//%PDF-</script>')],
    ['a zip with a PDF in it', undefined, Buffer.from('PK\x03\x04 %PDF-', 'latin1')],
    ['a program', undefined, Buffer.from('MZ\x90')],
    ['half a mark', undefined, Buffer.from([0xff, 0xd8])],
    ['nothing', undefined, Buffer.alloc(0)],
  ])('is told by its bytes: %s', (_what, type, bytes) => expect(scanTypeOf(bytes)).toBe(type));
});

describe('the name of a scan', () => {
  it.each([
    ['同意書.pdf', '同意書.PDF'],
    ['が.pdf', 'が.pdf'],
    ['C-1.pdf', 'Ｃ－１.ｐｄｆ'],
    ['a.pdf', '2024/部/a.pdf'],
    ['a.pdf', 'scans\\a.pdf'],
    ['a.pdf', '../../etc/a.pdf'],
    ['ｶﾞ.pdf', 'ガ.pdf'],
  ])('%s finds %s', (typed, stored) => {
    expect(scanKey(stored.normalize('NFD'))).toBe(scanKey(typed.normalize('NFC')));
  });

  it.each(['', ' ', 'a/', '..', '/', 'a\0.pdf', 'x'.repeat(256)])('%j names none', (name) => {
    expect(scanKey(name)).toBeUndefined();
  });

  it.each(['.DS_Store', 'a/Thumbs.db', '__MACOSX/._a.pdf', 'desktop.ini', '._a.pdf'])(
    '%s is left behind by a system',
    (name) => expect(isDebris(name)).toBe(true),
  );
});

describe('a zip of scans', () => {
  it('is read with the names that Windows, macOS and others write', async () => {
    const kanji = '表予算ソ.pdf';
    const scans = await open([
      { name: iconv.encode(kanji, 'cp932'), data: PDF },
      { name: Buffer.from('同意書.pdf'), data: PDF, flags: 0x800 },
      { name: Buffer.from('ガ.pdf'.normalize('NFD')), data: PDF },
      { name: 'x', data: PDF, extra: unicodePath('髙橋.pdf') },
      { name: iconv.encode('部\\髙﨑①.pdf', 'cp932'), data: PDF },
    ]);
    expect(scans.map(({ name }) => name)).toEqual([
      kanji,
      '同意書.pdf',
      'ガ.pdf'.normalize('NFD'),
      '髙橋.pdf',
      '部\\髙﨑①.pdf',
    ]);
    expect(await bytesOf(scans[0]!.read())).toEqual(PDF);
  });

  it('passes over folders and what systems leave behind', async () => {
    const names = ['a/', 'a/one.pdf', '__MACOSX/a/._one.pdf', 'a/.DS_Store', 'Thumbs.db'];
    const scans = await open(names.map((name) => ({ name: Buffer.from(name), data: PDF })));
    expect(scans.map(({ name }) => name)).toEqual(['a/one.pdf']);
  });

  it.each<[string, ZipEntry]>([
    ['scan-name-leads-outside', { name: Buffer.from('../../etc/passwd'), data: PDF }],
    ['scan-name-leads-outside', { name: Buffer.from('/etc/passwd'), data: PDF }],
    ['scan-name-leads-outside', { name: Buffer.from('C:\\a.pdf'), data: PDF }],
    ['scan-name-leads-outside', { name: Buffer.from('a\\..\\..\\b.pdf'), data: PDF }],
    ['scan-name-unreadable', { name: Buffer.from([0xff, 0xfe, 0x2e]), data: PDF }],
    ['scan-name-unreadable', { name: Buffer.from([0x83, 0x5c]), data: PDF, flags: 0x800 }],
    ['scan-not-a-file', { name: Buffer.from('link.pdf'), data: Buffer.from('/etc'), attributes: LINK }],
    ['scan-too-large', { name: Buffer.from('big.pdf'), data: Buffer.alloc(1001) }],
  ])('says %s of one file and goes on', async (refused, entry) => {
    const scans = await open([entry, { name: Buffer.from('good.pdf'), data: PDF }]);
    expect(scans.map((one) => one.refused)).toEqual([refused, undefined]);
  });

  it('is refused where it would unfold to too much, holds too much or lies', async () => {
    const many = Array.from({ length: 11 }, (_, at) => ({ name: Buffer.from(`${at}.pdf`), data: PDF }));
    expect(await codeOf(open(many))).toBe('zip-too-many');
    const large = many.slice(0, 4).map((one) => ({ ...one, declared: 900 }));
    expect(await codeOf(open(large))).toBe('zip-too-large');
    expect(await codeOf(open([{ name: Buffer.from('a.pdf'), data: PDF, flags: 1 }]))).toBe('zip-encrypted');
    expect(await codeOf(openScanZip(fileOf(Buffer.from('no zip')), LIMITS))).toBe('zip-damaged');
    expect(await codeOf(openScanZip(fileOf(zipOf(many.slice(0, 3)).subarray(0, 60)), LIMITS))).toBe(
      'zip-damaged',
    );
    const bomb = { name: Buffer.from('a.pdf'), data: Buffer.alloc(10_000_000), declared: 900 };
    expect(await codeOf(bytesOf((await open([bomb]))[0]!.read()))).toBe('zip-damaged');
    const spoilt = { name: Buffer.from('a.pdf'), data: PDF, checksum: 7 };
    expect(await codeOf(bytesOf((await open([spoilt]))[0]!.read()))).toBe('zip-damaged');
  });
});
