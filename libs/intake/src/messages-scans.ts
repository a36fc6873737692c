import { entry, type Entry } from './message';
import type { ScanFileCode, ScanZipCode } from './scans/scan-zip';

/** What may be wrong with scans, and with rows that name them. */
export type ScanCode =
  | ScanZipCode
  | ScanFileCode
  | 'scan-name-not-valid'
  | 'scan-missing'
  | 'scan-missing-answer-kept'
  | 'scan-type-not-allowed'
  | 'scan-name-taken'
  | 'scan-number-taken'
  | 'scan-name-required'
  | 'scans-too-many'
  | 'scans-not-for-leavers';

/** Their texts. */
export const SCAN_MESSAGES: Readonly<Record<ScanCode, Entry>> = {
  'scan-name-not-valid': entry(
    ['証跡ファイルの名前として読めません。', 'フォルダーを除いたファイル名を、拡張子まで入れてください。'],
    ['This is no name of a file.', 'Write the file’s name with its extension.'],
  ),
  'scan-missing': entry(
    [
      'この行が示す証跡ファイルが、送られたファイルの中にありません。この同意は取り込みません。',
      'そのファイルを加えて取り込み直すか、ファイル名の欄を空にして「証跡不足」として取り込んでください。',
    ],
    [
      'The scan that this row names was not handed in; the consent was not taken.',
      'Hand it in and import again, or empty the cell to take the row as one whose evidence is incomplete.',
    ],
  ),
  'scan-missing-answer-kept': entry(
    [
      'この行が示す証跡ファイルが、送られたファイルの中にありません。不同意・撤回は本人の意思を優先し、ファイルなしで取り込みます。',
      'ファイルが見つかったら、本人の画面から証跡として保存してください。',
    ],
    [
      'The scan that this row names was not handed in. A refusal or withdrawal counts all the same and is taken without it.',
      'When it is found, keep it as an artefact of the person.',
    ],
  ),
  'scan-type-not-allowed': entry(
    ['PDF・PNG・JPEG・TIFF のどれでもないファイルです。', 'これらの形式で保存し直してください。'],
    ['This file is no PDF, PNG, JPEG or TIFF.', 'Save it as one of these.'],
  ),
  'scan-too-large': entry(
    ['証跡ファイルが 20 MiB を超えています。', '解像度を下げるか分けて、保存し直してください。'],
    ['The scan is larger than 20 MiB.', 'Save it with less resolution, or in parts.'],
  ),
  'scan-name-leads-outside': entry(
    ['ZIP ファイルの外を指す名前のファイルです。', 'ZIP ファイルの出所を確かめてください。'],
    ['The name of this file points outside of the zip.', 'Find out where the zip comes from.'],
  ),
  'scan-name-unreadable': entry(
    [
      'ZIP ファイルの中のファイル名を、UTF-8 としても Shift_JIS としても読めません。',
      '展開して、フォルダーを指定してください。',
    ],
    [
      'The name of a file in the zip is text neither in UTF-8 nor in Shift_JIS.',
      'Unpack it and give the folder.',
    ],
  ),
  'scan-not-a-file': entry(
    ['ファイルではなくリンクなどです。', 'ファイルそのものを入れてください。'],
    ['This is a link or something else that is no file.', 'Put the file itself there.'],
  ),
  'scan-name-taken': entry(
    [
      '同じ名前で中身の違う証跡ファイルがすでにあります（大文字・小文字、全角・半角は区別しません）。',
      'どちらかの名前を変え、表の名前も合わせてください。',
    ],
    [
      'There is another scan of this name already (case and width do not count).',
      'Rename one of the two, in the table as well.',
    ],
  ),
  'scan-number-taken': entry(
    ['この番号では別の証跡ファイルを受け取っています。', '別の番号で送ってください。'],
    ['Another scan was handed in under this number.', 'Send it under another number.'],
  ),
  'scan-name-required': entry(
    [
      '証跡ファイルの名前がありません。',
      'Enishi-File-Name に、UTF-8 をパーセント符号化したファイル名を入れてください。',
    ],
    ['The name of the scan is missing.', 'Send it in Enishi-File-Name, percent-encoded in UTF-8.'],
  ),
  'scans-too-many': entry(
    ['証跡ファイルが多すぎます（10,000 件、合計 8 GiB まで）。', '表を分けて取り込んでください。'],
    ['There are too many scans (at most 10,000, and 8 GiB together).', 'Import the table in parts.'],
  ),
  'scans-not-for-leavers': entry(
    ['証跡ファイルを添えられるのは、同意の取り込みだけです。', '同意の表として送り直してください。'],
    ['Scans go with a file of consents only.', 'Send the file as one of consents.'],
  ),
  'zip-damaged': entry(
    ['ZIP ファイルが壊れています。', '作り直してください。'],
    ['The zip is damaged.', 'Make it again.'],
  ),
  'zip-encrypted': entry(
    ['パスワードで保護された ZIP ファイルです。', '展開して、フォルダーを指定してください。'],
    ['The zip is protected by a password.', 'Unpack it and give the folder.'],
  ),
  'zip-too-many': entry(
    ['ZIP ファイルの中のファイルが多すぎます。', '分けて取り込んでください。'],
    ['The zip holds too many files.', 'Import in parts.'],
  ),
  'zip-too-large': entry(
    ['ZIP ファイルを展開すると大きくなりすぎます。', '展開して中を確かめ、フォルダーを指定してください。'],
    ['The zip would unfold to too much.', 'Unpack it, look at it, and give the folder.'],
  ),
};
