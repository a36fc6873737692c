/** What commands about recipients and corrections say, in Japanese, by the English. */

export const RECIPIENT_COMMANDS_JA: Readonly<Record<string, string>> = {
  'who else gets the data: processors, third parties, joint users':
    'データの提供先・委託先: 委託先・第三者・共同利用者の台帳',
  'the register: who else gets the data, and whether it may be handed over':
    '提供先・委託先の台帳と、データを渡せるかどうか',
  'one recipient: its people, contract, assessments': '一つの提供先・委託先: 担当者・契約・評価',
  'enter a processor, a third party or a joint user': '委託先・第三者・共同利用者を登録する',
  'change what is known of a recipient; what is not given stays':
    '提供先・委託先の登録内容を変更する（指定しない項目はそのまま）',
  'record that a recipient was looked at: before it was chosen, each year, its measures abroad':
    '提供先・委託先の評価を記録する（選定時・毎年・外国での措置）',
  'nothing goes there any more; say what became of the data':
    '提供・委託を終了し、渡したデータの処分を記録する',
  'who still has to be told that data was corrected, withdrawn from or erased; or was':
    '訂正・撤回・消去を連絡すべき（または連絡した）提供先・委託先',
  'record that a recipient was told of all that was due by then, with proof':
    '提供先・委託先に連絡したことを、証明とともに記録する',
  'what was corrected: before and after, by whom; contact values are masked':
    '訂正の記録: 訂正前・訂正後・訂正した人（連絡先は伏せ字）',
  'record that values were looked into and stay as they are':
    '登録内容を調査し、そのままとしたことを記録する',
  'record that values are still right': '登録内容に変更がないことの確認を記録する',
  'records of data given to recipients (APPI 29)': 'データの提供・委託の記録（個人情報保護法 29 条）',
  'data that was given to somebody, the latest first; of one person what they may be shown (33(5))':
    'データを渡した記録を新しい順に（一人を指定すると本人に開示できるもの、33 条 5 項）',
  'one record of a provision, with everybody in it': '一つの提供の記録と、その対象の全員',
  'record that data is given to a recipient; refused where it may not go there':
    'データを渡すことを記録する（渡せない提供先・委託先は拒否される）',
  'records of data received from third parties (APPI 30)':
    '第三者から受領したデータの記録（個人情報保護法 30 条）',
  'data that came from third parties, the latest first': '第三者からデータを受領した記録を新しい順に',
  'one record of a receipt, with everybody in it': '一つの受領の記録と、その対象の全員',
  'record that data came from a third party, and how they had come by it':
    '第三者からデータを受領したことと、提供元の取得の経緯を記録する',
};

export const RECIPIENT_OPTIONS_JA: Readonly<Record<string, string>> = {
  'what it is': '区分',
  'where the data is handled: ISO 3166 code': 'データを取り扱う国（ISO 3166 の 2 文字）',
  'why data may go there (APPI 28)': 'そこへ渡せる根拠（個人情報保護法 28 条）',
  'what it does with the data, in Japanese': 'データを使って行う業務（日本語）',
  'what it does with the data, in English': 'データを使って行う業務（英語）',
  'number or title of the contract': '契約の番号または名称',
  'day of the contract': '契約の締結日',
  'its last day': '契約の最終日',
  'name of its representative, kept sealed': '代表者の氏名（封じて保存）',
  'whom to reach there, kept sealed': '先方の担当者（封じて保存）',
  'mail address of the contact': '担当者のメールアドレス',
  'telephone of the contact': '担当者の電話番号',
  'which assessment': '評価の種類',
  'it was found in order': '適合',
  'it was found wanting': '不適合',
  'what was found, kept sealed (- for standard input)': '所見（封じて保存。- は標準入力）',
  'what became of the data there': '先方にあるデータの処分',
  'which certificate or letter says so, kept sealed (- for standard input)':
    'それを証する書類（封じて保存。- は標準入力）',
  'who says so': '申し出た人（person は本人、staff は会社）',
  'what was looked at and what it showed, kept sealed (- for standard input)':
    '確認したものとその結果（封じて保存。- は標準入力）',
  'the request that it answers': '対応する請求の ID',
  'which values': '対象の項目',
  'what it came to': '調査の結果',
  'those who were told': '連絡済みのもの',
  'about this person': 'この人についてのもの',
  'of this recipient, by code or id': 'この提供先・委託先（コードまたは ID）',
  'about whom: ids': '誰についてか（ID）',
  'about everybody of whom it still has to be told': '連絡が必要な全員について',
  'how it was told': '連絡の方法',
  'what shows it, kept sealed (- for standard input)': '連絡の証明（封じて保存。- は標準入力）',
  'why, by article 27': '根拠（個人情報保護法 27 条）',
  'whose data: ids': '対象の人（ID）',
  'code or id of the recipient': '提供先・委託先のコードまたは ID',
  'code or id of the provider': '提供元のコードまたは ID',
  'for which purpose, by code or id; with consent always':
    '利用目的のコードまたは ID（本人の同意による場合は必須）',
  'what of them': '渡す項目',
  'everybody in this export': 'この書き出しに収録した全員',
  'by which way, or which contract; kept sealed (- for standard input)':
    '渡し方・媒体、または契約書の特定（封じて保存。- は標準入力）',
  'of one, of several at once, or a contract in its place':
    '記録の形: 個別（single）、一括して作成（batch）、契約書等で代替（contract）',
  'when that was, of several the last time (default: now)': '日時。複数回のときは最後の日時（省略時は現在）',
  'how they had come by it, and how that was confirmed; kept sealed (- for standard input)':
    '提供元の取得の経緯と、その確認の方法（封じて保存。- は標準入力）',
  'with data of this person': 'この人のデータを含むもの',
};

export const RECIPIENT_NOTES_JA: Readonly<Record<string, string>> = {
  'In the file: {"content": {…}, "representative": …, "contact": {…}}; docs/recipients.md shows one in full.':
    'ファイルの形: {"content": {…}, "representative": …, "contact": {…}}。全項目の例は docs/recipients.md にあります。',
  'With --file - names stay out of the shell history.':
    '`--file -` を使うと、氏名がシェルの履歴に残りません。',
  '<recipient> is a code or an id.': '<recipient> はコードまたは ID です。',
  'A record of several provisions (--form batch) and a contract in its place (--form contract, named by --note) are kept from the last of them.':
    '一括して作成する記録（--form batch）と、記録に代える契約書等（--form contract。--note で特定）は、最後の提供の日から保存します。',
  'By opting out (27(2)) nothing is given: it is refused.':
    'オプトアウト（27 条 2 項）による提供は行わず、記録も受け付けません。',
  'Without an assessment that was passed, a processor is handed nothing (APPI 25).':
    '適合と評価されていない委託先には、データを渡せません（個人情報保護法 25 条）。',
  'Record it before the data leaves: what is wanting is said then (APPI 25, 27, 28).':
    'データを渡す前に記録してください。不足があればその時に示されます（個人情報保護法 25 条・27 条・28 条）。',
  'With --export everybody in the file; it must be made, and may be handed over before or after.':
    '--export はファイルの全員が対象です。作成済みであれば、引渡しの前でも後でも記録できます。',
  'What was looked into is sealed with its event: `enishi consent evidence <alumnus> --event <id>`.':
    '調査の内容はイベントに封じてあります（`enishi consent evidence <alumnus> --event <id>` で表示）。',
  'What was wrong is corrected: `alumnus correct` with --origin and --checked.':
    '誤りであったものは `alumnus correct` に --origin と --checked を付けて訂正します。',
  'The provider stands in the register of recipients.': '提供元は提供先・委託先の台帳に登録しておきます。',
  'What falls due after that is due anew.': 'その後に生じたものは、改めて連絡が必要です。',
  'For good: the same company again is another entry.':
    '取り消せません。同じ会社と再び取引するときは、新しく登録します。',
};
