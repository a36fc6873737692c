import type { TextRecognition } from './recognition';
import { HEAD_BYTES, recognise, type FileRefusal } from './recognise';
import { isCompound, isEncrypted } from './workbook/compound';
import { openWorkbook, type OpenWorkbook } from './workbook/extract';
import { WorkbookRefused, type WorkbookLimits } from './workbook/refusal';
import type { RandomAccess } from './zip-source';

/** A leavers' file, ready to be read: text as it is, or a workbook whose sheet is to be taken out first. */
export type OpenFile =
  | { readonly ok: true; readonly recognition: TextRecognition }
  | { readonly ok: true; readonly workbook: OpenWorkbook };

/**
 * Opens a leavers' file of whatever kind.
 *
 * @param source the whole file
 * @param sheet of a workbook, by name or number; a file of text has none, and is refused with it
 * @returns how it is read, or a precise code why it is not
 * @throws what `source` throws
 */
export async function openFile(
  source: RandomAccess,
  sheet?: string,
  limits?: WorkbookLimits,
): Promise<OpenFile | FileRefusal> {
  const head = await source.read(0, HEAD_BYTES);
  if (isCompound(head)) {
    return { ok: false, code: (await isEncrypted(source)) ? 'workbook-encrypted' : 'file-is-xls' };
  }
  if (head[0] !== 0x50 || head[1] !== 0x4b || head[2] !== 3 || head[3] !== 4) {
    if (sheet !== undefined) return { ok: false, code: 'sheet-unknown' };
    const recognition = recognise(head);
    return recognition.ok ? { ok: true, recognition } : recognition;
  }
  try {
    return { ok: true, workbook: await openWorkbook(source, sheet, limits) };
  } catch (error) {
    return refusalOf(error);
  }
}

/** The refusal that ends the reading of a workbook. @throws the error itself where it is another */
export function refusalOf(error: unknown): FileRefusal {
  if (!(error instanceof WorkbookRefused)) throw error;
  const { code, params, sheets } = error;
  return { ok: false, code, params, ...(sheets && { sheets }) };
}
