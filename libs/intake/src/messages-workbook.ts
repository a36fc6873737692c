import { entry, type Entry } from './message';
import type { NoteCode } from './recognition';
import type { CellCode } from './cells';
import type { WorkbookCode } from './workbook/refusal';

const AS_XLSX_JA = 'Excel で開き、「Excel ブック（.xlsx）」として保存し直してください。';
const AS_XLSX_EN = 'Open it in Excel and save it as “Excel Workbook (.xlsx)”.';

/** Why a workbook is not read. */
export const WORKBOOK_MESSAGES: Readonly<Record<WorkbookCode | 'file-is-xls', Entry>> = {
  'file-is-xls': entry(
    ['旧形式の Excel ブック（XLS）です。', AS_XLSX_JA],
    ['This is an old Excel workbook (XLS).', AS_XLSX_EN],
  ),
  'file-is-zip': entry(
    ['ZIP 圧縮ファイルです。', '展開して、中の CSV か Excel ブックを指定してください。'],
    ['This is a ZIP archive.', 'Unpack it and give the CSV file or workbook inside.'],
  ),
  'file-is-not-workbook': entry(
    ['Excel ブック（.xlsx）ではない Office ファイルです（.xlsb・.ods・Word など）。', AS_XLSX_JA],
    ['This Office file is no Excel workbook (.xlsx); it may be .xlsb, .ods or a Word file.', AS_XLSX_EN],
  ),
  'workbook-encrypted': entry(
    [
      'パスワードで保護された Excel ブックです。中を読めません。',
      'Excel で開き、［ファイル］→［情報］→［ブックの保護］→［パスワードを使用して暗号化］でパスワードを空にして保存し直してください。',
    ],
    [
      'The workbook is protected by a password and cannot be read.',
      'Open it in Excel, empty the password under File, Info, Protect Workbook, Encrypt with Password, and save it again.',
    ],
  ),
  'workbook-damaged': entry(
    [
      'Excel ブックが壊れているか、途中で切れています。',
      'もう一度書き出すか、Excel で開いて保存し直してください。',
    ],
    ['The workbook is damaged or was cut short.', 'Export it again, or open it in Excel and save it anew.'],
  ),
  'workbook-too-large': entry(
    [
      'Excel ブックを展開すると大きすぎます（一つの部分は {megabytes} MB まで）。',
      '要らないシートや列を除くか、CSV で書き出してください。',
    ],
    [
      'The workbook unfolds to too much (at most {megabytes} MB in one part).',
      'Take out sheets and columns that are not needed, or export CSV.',
    ],
  ),
  'sheet-none': entry(
    ['表示されているシートに、何も書かれていません。', 'シートの再表示と内容を Excel で確かめてください。'],
    ['No visible sheet holds anything.', 'Look in Excel whether the sheet is hidden or empty.'],
  ),
  'sheet-unknown': entry(
    ['その名前や番号のシートはありません。', 'シートの名前か、左から数えた番号を指定してください。'],
    ['There is no sheet of this name or number.', 'Give its name, or its number counted from the left.'],
  ),
  'sheet-hidden': entry(
    ['そのシートは非表示です。', 'Excel で再表示して保存し直すか、ほかのシートを指定してください。'],
    ['This sheet is hidden.', 'Unhide it in Excel and save it again, or choose another one.'],
  ),
  'sheet-empty': entry(
    ['シートに、見出しより下の行がありません。', 'ほかのシートを指定してください。'],
    ['The sheet has no rows below its header.', 'Choose another sheet.'],
  ),
  'sheet-not-chosen': entry(
    ['取り込むシートを決められません（候補が {count} 枚あります）。', 'シートを一つ指定してください。'],
    ['It is not clear which sheet to import: {count} are possible.', 'Choose one of them.'],
  ),
  'sheet-too-wide': entry(
    ['{limit} 列より右に値があります。', '要らない列を除いてください。'],
    ['There are values beyond column {limit}.', 'Take out the columns that are not needed.'],
  ),
  'header-not-found': entry(
    ['列名の行が見つかりません。', 'データのすぐ上の行に列名を入れてください。'],
    ['No row with column names was found.', 'Put the column names in the row above the data.'],
  ),
};

/** What a cell of a sheet may be that one of a text file is not. */
export const SHEET_CELL_MESSAGES: Readonly<
  Record<
    Extract<
      CellCode,
      | 'phone-zero-restored'
      | 'phone-ambiguous'
      | 'leading-zeros-lost'
      | 'number-inexact'
      | 'cell-is-date'
      | 'cell-error'
      | 'formula-without-result'
    >,
    Entry
  >
> = {
  'phone-zero-restored': entry(
    [
      '先頭の 0 が失われた電話番号に、0 を補って取り込みました。',
      '列の書式を文字列にして書き出してください。',
    ],
    [
      'The telephone number had lost its leading zero; it was put back.',
      'Format the column as text and export again.',
    ],
  ),
  'phone-ambiguous': entry(
    [
      '先頭の 0 が失われた番号か、外国の番号か、決められません。この連絡先は取り込みませんでした。',
      '0 か、国番号なら + を付けてください。',
    ],
    [
      'The number may have lost its leading zero, or be one of another country; the channel was not imported.',
      'Write it with its 0, or with + and the country code.',
    ],
  ),
  'leading-zeros-lost': entry(
    [
      '社員番号の先頭の 0 が失われたようです（この列のほかの番号は {width} 桁）。書かれたままの番号で取り込みました。',
      '列の書式を文字列にして書き出し直してください。番号が違うと別の人になります。',
    ],
    [
      'The employee number seems to have lost leading zeros (others in the column have {width} digits); it was taken as it stands.',
      'Format the column as text and export again: another number is another person.',
    ],
  ),
  'number-inexact': entry(
    ['16 桁以上の数値で、末尾の桁が失われています。', '列の書式を文字列にして書き出し直してください。'],
    [
      'The number has more than 15 digits, the last of which are lost.',
      'Format the column as text and export again.',
    ],
  ),
  'cell-is-date': entry(
    [
      '日付でない列のセルが日付になっています。元の文字は失われています。',
      'セルの書式を文字列にして入力し直してください。',
    ],
    [
      'The cell is a date in a column that holds none; what was typed is lost.',
      'Format the cell as text and type it anew.',
    ],
  ),
  'cell-error': entry(
    ['計算式のエラー（#N/A など）です。', '値を確かめて入力し直してください。'],
    ['The cell holds an error such as #N/A.', 'Look up the value and type it in.'],
  ),
  'formula-without-result': entry(
    ['計算式の結果が保存されていません。', 'Excel で開いて保存し直してください。'],
    ['The formula’s result was not saved.', 'Open the workbook in Excel and save it again.'],
  ),
};

/** What a person should know about a sheet before its rows are read. */
export const NOTE_MESSAGES: Readonly<Record<NoteCode, Entry>> = {
  'sheets-hidden': entry(
    ['非表示のシート {count} 枚は読みません。', '必要なら Excel で再表示して保存し直してください。'],
    ['Hidden sheets are not read ({count}).', 'Unhide them in Excel if they are needed.'],
  ),
  'sheets-other': entry(
    ['ほかのシート {count} 枚は読みません。', '必要なら、シートを指定してもう一度取り込んでください。'],
    ['Other sheets are not read ({count}).', 'If they are needed, import again and name the sheet.'],
  ),
  'rows-above-header': entry(
    ['見出しより上の {count} 行は読みません。', '見出しの行が正しいか、列名を確かめてください。'],
    [
      'Rows above the header are not read ({count}).',
      'See by the column names whether the header is the right one.',
    ],
  ),
  'header-joined': entry(
    ['{count} 行にわたる見出しを一つにまとめました。', '列名を確かめてください。'],
    ['A header of {count} rows was joined into one.', 'Look over the column names.'],
  ),
  'rows-hidden': entry(
    ['フィルターなどで隠れている {count} 行も読みます。', '読まないなら、行を削除して保存し直してください。'],
    [
      'Rows hidden by a filter or by hand are read too ({count}).',
      'Delete them and save again if they are not meant.',
    ],
  ),
  'formulas-as-saved': entry(
    [
      '計算式のセル {count} 個は、保存された結果を読みます。計算はしません。',
      '結果が古くないか確かめてください。',
    ],
    [
      'Results of formulas are read as they were saved ({count}); nothing is calculated.',
      'See that they are up to date.',
    ],
  ),
  'days-from-serials': entry(
    [
      '日付の書式でない数値 {count} 個を、Excel の通し番号として日付に読み替えます。',
      '日付を確かめてください。',
    ],
    ['Numbers without a date format are read as Excel’s serial days ({count}).', 'Look over the days.'],
  ),
  'zeros-may-be-lost': entry(
    [
      '社員番号がすべて数値で、桁数が揃っていません。先頭の 0 が失われている恐れがあります。',
      '番号が 0 で始まることがあるなら、列の書式を文字列にして書き出し直してください。',
    ],
    [
      'All employee numbers are numeric cells of different lengths: leading zeros, if there were any, are lost.',
      'If numbers may begin with 0, format the column as text and export again.',
    ],
  ),
};
