import type { MappingProblemCode } from './columns';
import { SCAN_MESSAGES, type ScanCode } from './messages-scans';
import { NOTE_MESSAGES, SHEET_CELL_MESSAGES, WORKBOOK_MESSAGES } from './messages-workbook';
import type { NoteCode } from './recognition';
import type { ParseCode } from './leavers';
import type { RecognitionCode } from './recognise';
import { entry, type Entry, type Message } from './message';
import type { ConsentCellCode } from './consents';
import type { RefusedItem } from './sensitive';

/** Every code an import may answer with. */
export type IntakeCode =
  ParseCode | RecognitionCode | MappingProblemCode | ConsentCellCode | ScanCode | 'answered-before-version';

const CATALOGUE: Readonly<Record<IntakeCode, Entry>> = {
  ...WORKBOOK_MESSAGES,
  ...SHEET_CELL_MESSAGES,

  // Consents.
  'value-unknown': entry(
    ['決められた値のどれでもありません。', 'ヘルプにある値に直してください。'],
    ['This is none of the values that are known.', 'Write one of the values that the help lists.'],
  ),
  'version-not-a-number': entry(
    ['版が番号ではありません。', '版の番号（1, 2 …）を入れてください。'],
    ['The version is not a number.', 'Write the number of the version (1, 2 …).'],
  ),
  'effective-in-future': entry(
    ['日付が今日より後です。', '本人が回答した日に直してください。'],
    ['The day is after today.', 'Write the day on which the person answered.'],
  ),

  'answered-before-version': entry(
    [
      '本人が回答した日時には、その版の利用目的は効力を生じていませんでした。同意は示した内容に対するものなので、それより前の書面はこの版への同意になりません。',
      '効力を生じている版の通知文を示して改めて依頼し、その回答を取り込んでください（依頼に事前の同意は要りません）。公表した当日の回答であれば、時刻まで入れてください。日付だけは午前 0 時とみなします。',
    ],
    [
      'That version of the purpose was not in force when the person answered. A consent is to what was shown; an earlier paper is none to this version.',
      'Ask again with the notice in force and import that answer (asking needs no consent). For an answer of the very day of publication give the time too: a day alone counts from midnight.',
    ],
  ),
  ...SCAN_MESSAGES,

  // The file.
  'file-empty': entry(
    ['ファイルが空です。', '書き出しをやり直してください。'],
    ['The file is empty.', 'Export it again.'],
  ),
  'file-is-pdf': entry(
    ['PDF ファイルです。', '人事システムから CSV で書き出してください。'],
    ['This is a PDF.', 'Export a CSV file from the HR system.'],
  ),
  'file-is-binary': entry(
    ['テキストファイルではありません。', '人事システムから CSV で書き出してください。'],
    ['This is not a text file.', 'Export a CSV file from the HR system.'],
  ),
  'encoding-utf-16-without-bom': entry(
    ['BOM のない UTF-16 のようです。', 'UTF-8 か Shift_JIS で書き出してください。'],
    ['This looks like UTF-16 without a byte order mark.', 'Export it in UTF-8 or Shift_JIS.'],
  ),
  'encoding-utf-32': entry(
    ['文字コードが UTF-32 です。', 'UTF-8 か Shift_JIS で書き出してください。'],
    ['The encoding is UTF-32.', 'Export it in UTF-8 or Shift_JIS.'],
  ),
  'encoding-iso-2022-jp': entry(
    ['文字コードが JIS（ISO-2022-JP）です。', 'UTF-8 か Shift_JIS で書き出してください。'],
    ['The encoding is ISO-2022-JP.', 'Export it in UTF-8 or Shift_JIS.'],
  ),
  'encoding-euc-jp': entry(
    ['文字コードが EUC-JP のようです。', 'UTF-8 か Shift_JIS で書き出してください。'],
    ['The encoding looks like EUC-JP.', 'Export it in UTF-8 or Shift_JIS.'],
  ),
  'encoding-unknown': entry(
    ['文字コードを判別できません。', 'UTF-8 か Shift_JIS で書き出してください。'],
    ['The encoding is not known.', 'Export it in UTF-8 or Shift_JIS.'],
  ),
  'line-ends-unsupported': entry(
    ['改行が CR だけです。', '改行を CRLF か LF にして保存してください。'],
    ['Lines end with CR alone.', 'Save the file with CRLF or LF line ends.'],
  ),
  'separator-unknown': entry(
    ['列の区切りが見つかりません。', 'カンマ、セミコロン、タブのどれかで区切ってください。'],
    ['No column separator was found.', 'Separate columns by comma, semicolon or tab.'],
  ),
  'header-missing': entry(
    ['{line} 行目が見出し行ではなくデータのようです。', '1 行目に列名を入れてください。'],
    ['Line {line} looks like data, not like column names.', 'Put the column names in the first line.'],
  ),
  'header-changed': entry(
    [
      '見出し行が、列の割り当てを決めたときのファイルと違います。',
      'このファイルで割り当てをやり直してください。',
    ],
    ['The header row is not that of the file that was mapped.', 'Map the columns of this file anew.'],
  ),
  'quote-unclosed': entry(
    [
      '{line} 行目で始まる引用符が閉じていません。ここから先は読めません。',
      '引用符を直すか、書き出しをやり直してください。',
    ],
    [
      'The quote opened on line {line} is never closed. Nothing after it can be read.',
      'Mend it or export again.',
    ],
  ),
  'quote-unexpected': entry(
    [
      '{line} 行目で、引用符で囲まれていないセルの途中に引用符があります。ここから先は読めません。',
      'セル全体を引用符で囲み、中の引用符は二つ重ねてください。',
    ],
    [
      'Line {line} has a quote inside an unquoted cell. Nothing after it can be read.',
      'Quote the whole cell and double the quotes inside it.',
    ],
  ),
  'text-after-quote': entry(
    [
      '{line} 行目で、閉じる引用符の後に文字があります。ここから先は読めません。',
      'セルの中の引用符は二つ重ねてください。',
    ],
    [
      'Line {line} has text after a closing quote. Nothing after it can be read.',
      'Double the quotes inside the cell.',
    ],
  ),
  'record-too-long': entry(
    ['{line} 行目から始まる行が長すぎます。', '閉じていない引用符がないか確かめてください。'],
    ['The record that starts on line {line} is too long.', 'Look for a quote that is not closed.'],
  ),
  'columns-ragged': entry(
    ['列の数が {found} で、見出しの {expected} と違います。', 'この行の区切りと引用符を確かめてください。'],
    ['The row has {found} cells, the header {expected}.', 'Check separators and quotes in this row.'],
  ),
  'bytes-invalid': entry(
    [
      '文字コードとして読めない箇所があります。',
      '文字コードの指定を確かめるか、書き出しをやり直してください。',
    ],
    ['Some bytes are not valid in this encoding.', 'Check the encoding, or export the file again.'],
  ),

  // The mapping.
  'column-unknown': entry(
    ['ファイルにない列が割り当てられています。', '列名を確かめてください。'],
    ['A column is mapped that the file does not have.', 'Check the column name.'],
  ),
  'column-refused': entry(
    ['この列は取り込めません（{law}）。', '割り当てを「取り込まない」にしてください。'],
    ['This column must not be imported ({law}).', 'Set it to “ignore”.'],
  ),
  'column-free-text': entry(
    ['備考などの自由記述の列は取り込めません。', '割り当てを「取り込まない」にしてください。'],
    ['A column of free remarks cannot be imported.', 'Set it to “ignore”.'],
  ),
  'column-not-needed': entry(
    ['アルムナイの利用目的に必要のない列です。', '割り当てを「取り込まない」にしてください。'],
    ['No alumni purpose needs this column.', 'Set it to “ignore”.'],
  ),
  'field-unknown': entry(
    ['割り当て先の項目がありません。', '項目の一覧から選んでください。'],
    ['There is no such field.', 'Choose one from the list of fields.'],
  ),
  'field-mapped-twice': entry(
    ['同じ項目に二つの列（もう一つは「{other}」）が割り当てられています。', 'どちらか一つにしてください。'],
    ['Two columns are mapped to this field; the other is “{other}”.', 'Keep one of them.'],
  ),
  'field-required': entry(
    ['必須の項目に列が割り当てられていません。', 'この項目の列を選んでください。'],
    ['No column is mapped to a required field.', 'Choose its column.'],
  ),
  'name-mapped-twice': entry(
    ['氏名全体と、その一部（「{other}」）の両方が割り当てられています。', 'どちらか一方にしてください。'],
    ['Both a full name and a part of it (“{other}”) are mapped.', 'Keep one of the two ways.'],
  ),

  // The cells.
  'required-missing': entry(
    ['必須の値が空です。', '値を入れて、もう一度取り込んでください。'],
    ['A required value is missing.', 'Fill it in and import again.'],
  ),
  'given-name-missing': entry(
    ['名が空です。氏だけで取り込みました。', '分かれば、後から訂正してください。'],
    [
      'The given name is missing; the row was taken with the family name.',
      'Correct it later if it is known.',
    ],
  ),
  'full-name-not-split': entry(
    [
      '氏名に空白がなく、氏と名に分けられません。全体を氏として取り込みました。',
      '氏と名の間に空白を入れてください。',
    ],
    ['The name has no space; all of it was taken as the family name.', 'Put a space between the two names.'],
  ),
  'date-unreadable': entry(
    ['日付として読めません。', '2019/03/31 の形で入れてください。'],
    ['This is not a date.', 'Write it like 2019/03/31.'],
  ),
  'date-impossible': entry(
    ['暦にない日付です。', '正しい日付を確かめてください。'],
    ['There is no such day.', 'Look up the right date.'],
  ),
  'date-ambiguous': entry(
    ['月と日の順が決まらない日付です。', '日付の順（月/日/年 または 日/月/年）を指定してください。'],
    ['The order of day and month is not clear.', 'Say the date order: month/day/year or day/month/year.'],
  ),
  'date-two-digit-year': entry(
    ['年が 2 桁の日付です。', '西暦 4 桁か和暦で入れてください。'],
    ['The year has two digits only.', 'Write it with four digits.'],
  ),
  'date-excel-serial': entry(
    ['日付が Excel の通し番号になっています。', 'セルの表示形式を日付にして書き出し直してください。'],
    ['The date is an Excel serial number.', 'Format the column as a date and export again.'],
  ),
  'date-outside-era': entry(
    ['元号の期間にない日付です。', '元号か年を確かめてください。'],
    ['The day is outside the Japanese era it names.', 'Check era and year.'],
  ),
  'left-before-joined': entry(
    ['退職日が入社日より前です。', 'どちらの日付が正しいか確かめてください。'],
    ['The day of leaving is before the day of joining.', 'Check both dates.'],
  ),
  'birth-after-joining': entry(
    ['生年月日が入社日より後です。取り込みませんでした。', '生年月日を確かめてください。'],
    ['The birth date is not before the day of joining; it was left out.', 'Check the birth date.'],
  ),
  'control-character': entry(
    ['制御文字か見えない文字が含まれています。', 'セルの文字を入力し直してください。'],
    ['The cell holds control or invisible characters.', 'Type the cell anew.'],
  ),
  'private-use-character': entry(
    ['外字が含まれています。ほかの環境では表示されません。', '同じ字か、代わりの字で入れ直してください。'],
    ['The cell holds a private-use character (gaiji) that other machines cannot show.', 'Replace it.'],
  ),
  formula: entry(
    ['計算式のように始まっています。', '値だけにして書き出してください。'],
    ['The cell begins like a formula.', 'Export values instead of formulas.'],
  ),
  'too-long': entry(
    ['長すぎます。', '列がずれていないか確かめてください。'],
    ['The value is too long.', 'Check whether the columns have shifted.'],
  ),
  'my-number': entry(
    [
      '個人番号（マイナンバー）と見られる番号が含まれているため、取り込みません（番号法 20条）。',
      'ファイルから個人番号を除いてください。',
    ],
    [
      'The cell seems to hold a My Number and is not imported (My Number Act 20).',
      'Remove it from the file.',
    ],
  ),
  'sensitive-text': entry(
    [
      '病歴などの要配慮個人情報に触れているようです。取り込みませんでした（個人情報保護法 20条2項）。',
      '必要なら、その部分を除いて入れ直してください。',
    ],
    [
      'The text seems to speak of sensitive matters such as illness; it was left out (APPI 20(2)).',
      'If it is needed, take that part out and import again.',
    ],
  ),
  'email-invalid': entry(
    [
      'メールアドレスとして正しくありません。この連絡先は取り込みませんでした。',
      '正しいアドレスを確かめてください。',
    ],
    ['This is not a valid e-mail address; the channel was not imported.', 'Look up the right address.'],
  ),
  'phone-invalid': entry(
    ['電話番号として正しくありません。この連絡先は取り込みませんでした。', '正しい番号を確かめてください。'],
    ['This is not a valid telephone number; the channel was not imported.', 'Look up the right number.'],
  ),
  'employment-kind-unknown': entry(
    ['知らない雇用区分です。「その他」として取り込みました。', '必要なら、後から訂正してください。'],
    ['The kind of employment is not known; it was taken as “other”.', 'Correct it later if it matters.'],
  ),
  'leaving-kind-unknown': entry(
    ['知らない退職区分です。「その他」として取り込みました。', '必要なら、後から訂正してください。'],
    ['The kind of leaving is not known; it was taken as “other”.', 'Correct it later if it matters.'],
  ),
};

/** What a refused column holds, for people. */
export const REFUSED_ITEM_NAMES: Readonly<Record<RefusedItem, { readonly ja: string; readonly en: string }>> =
  {
    race: { ja: '人種・民族', en: 'race or ethnicity' },
    creed: { ja: '信条', en: 'creed' },
    'social-status': { ja: '社会的身分', en: 'social status' },
    'medical-history': { ja: '病歴・健康診断', en: 'medical history or check-up' },
    disability: { ja: '障害', en: 'disability' },
    'criminal-record': { ja: '犯罪の経歴', en: 'criminal record' },
    'union-membership': { ja: '労働組合への加入', en: 'union membership' },
    'registered-domicile': { ja: '本籍・出生地', en: 'registered domicile or birthplace' },
    nationality: { ja: '国籍', en: 'nationality' },
    'marital-status': { ja: '婚姻', en: 'marital status' },
    family: { ja: '家族', en: 'family' },
    evaluation: { ja: '人事評価', en: 'performance evaluation' },
    salary: { ja: '給与', en: 'salary' },
    'my-number': { ja: '個人番号', en: 'My Number' },
  };

/**
 * The text of a problem for people.
 *
 * @param language of the interface
 * @param params those of the problem; column names and numbers only, never a cell's value
 */
export function messageOf(
  code: IntakeCode,
  language: 'ja' | 'en',
  params: Readonly<Record<string, string | number>> = {},
): Message {
  return filled(CATALOGUE[code][language], params);
}

/** The text of a note about a sheet, for people. */
export function noteOf(
  code: NoteCode,
  language: 'ja' | 'en',
  params: Readonly<Record<string, string | number>> = {},
): Message {
  return filled(NOTE_MESSAGES[code][language], params);
}

function filled({ problem, remedy }: Message, params: Readonly<Record<string, string | number>>): Message {
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
  return { problem: fill(problem), remedy: fill(remedy) };
}

/** Every code that has a message; the type sees to it that none is missing. */
export const INTAKE_CODES = Object.keys(CATALOGUE) as readonly IntakeCode[];
