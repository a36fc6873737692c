/** What a scan may be. Told by its first bytes; what its name says does not count. */
export const SCAN_TYPES = ['pdf', 'png', 'jpeg', 'tiff'] as const;
export type ScanType = (typeof SCAN_TYPES)[number];

/** First bytes of a scan that {@link scanTypeOf} looks at: a PDF may begin with something else (ISO 32000-1, 7.5.2). */
export const SCAN_HEAD_BYTES = 1024;

/** Largest scan taken in, in bytes. */
export const LARGEST_SCAN = 20 * 1024 * 1024;

const STARTS: readonly (readonly [ScanType, readonly number[]])[] = [
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['tiff', [0x49, 0x49, 0x2a, 0x00]],
  ['tiff', [0x4d, 0x4d, 0x00, 0x2a]],
];

/**
 * What a file is by its first bytes.
 * @param head up to {@link SCAN_HEAD_BYTES} of them
 * @returns undefined for anything that is no scan
 */
export function scanTypeOf(head: Uint8Array): ScanType | undefined {
  const known = STARTS.find(([, start]) => start.every((byte, index) => head[index] === byte));
  if (known !== undefined) return known[0];
  const looked = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, SCAN_HEAD_BYTES));
  return looked.includes('%PDF-', 0, 'latin1') && !isAnotherContainer(looked) ? 'pdf' : undefined;
}

/** A zip or a web page with a PDF's mark somewhere in its beginning is not a PDF. */
function isAnotherContainer(head: Buffer): boolean {
  return head.subarray(0, 2).toString('latin1') === 'PK' || head.subarray(0, 1).toString('latin1') === '<';
}
