import { FileTooLarge, type StagedFile, type Staging } from '@enishi/application';
import { messageOf, openFile, refusalOf, type FileRecognition, type FileRefusal } from '@enishi/intake';
import { ProblemError } from '../problem';
import { intakeMessages } from './import-view';

/** Largest file taken in, in bytes. */
export const LARGEST_FILE = 512 * 1024 * 1024;
/** Names of sheets have 31 characters at most; each may take nine bytes percent-encoded. */
const LONGEST_SHEET = 300;

/** A file taken in. @throws ProblemError 413 */
export function taken(taking: Promise<StagedFile>): Promise<StagedFile> {
  return taking.catch((error: unknown) => {
    if (error instanceof FileTooLarge)
      throw new ProblemError(413, 'file-too-large', 'The file is larger than 512 MiB');
    throw error;
  });
}

/** Where the sheet of a workbook is asked for: a header, because addresses are logged. */
export const SHEET_HEADER = 'enishi-sheet';

/** The sheet asked for, if one is. @throws ProblemError 400 */
export function sheetOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  try {
    const sheet = typeof header === 'string' ? decodeURIComponent(header).trim() : '';
    if (sheet !== '' && sheet.length <= LONGEST_SHEET) return sheet;
  } catch {
    // Not percent-encoded text.
  }
  throw new ProblemError(
    400,
    'sheet-not-valid',
    'Enishi-Sheet must be the name or number of a sheet, percent-encoded in UTF-8',
  );
}

/**
 * Tells how a staged file is read. Of a workbook the chosen sheet is taken out, and staged in its place.
 * @throws ProblemError 422 where it cannot be read; the staged file is dropped
 */
export async function recognised(
  staging: Staging,
  importId: string,
  staged: StagedFile,
  sheet: string | undefined,
): Promise<FileRecognition> {
  const file = await openFile(staging.anywhere(importId, staged.bytes), sheet);
  if (!file.ok) throw await refused(staging, importId, file);
  if ('recognition' in file) return file.recognition;
  try {
    await staging.write(importId, file.workbook.lines(), LARGEST_FILE);
  } catch (error) {
    const tooLarge = { ok: false, code: 'workbook-too-large', params: { megabytes: 512 } } as const;
    throw await refused(staging, importId, error instanceof FileTooLarge ? tooLarge : refusalOf(error));
  }
  return file.workbook.recognition();
}

async function refused(
  staging: Staging,
  importId: string,
  { code, params, sheets }: FileRefusal,
): Promise<ProblemError> {
  await staging.drop(importId);
  return new ProblemError(422, code, messageOf(code, 'en', params).problem, {
    messages: intakeMessages(code, params),
    ...(sheets && { sheets }),
  });
}
