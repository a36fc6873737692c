import { RECIPIENT_NOTES_JA } from './recipients-ja';
import { REQUEST_NOTES_JA } from './requests-ja';

/**
 * What else the help of commands says, in Japanese, by the English line. A sentence that runs over two lines stands
 * with the first, and the second is empty.
 */
export const NOTES_JA: Readonly<Record<string, string>> = {
  'A number that was set stands with its default in brackets.': '会社が定めた値の後の括弧は既定の値です。',
  'Codes stand in `enishi law`. labour-records is the switch of every row of 5 years that stand at 3 for the time being.':
    'コードは `enishi law` に出ます。labour-records は、当分の間 3 年とされる 5 年の書類すべてに共通の値です。',
  'Why is sealed: `enishi consent evidence` shows it, for a reason.':
    '理由は封じてあります。`enishi consent evidence` で、閲覧の理由とともに表示します。',
  'Refused while an erasure is carried out (APPI 22). A hold never ends by itself: hold list shows whose review has come.':
    '消去（個人情報保護法 22 条）の実行中は受け付けません。保全措置は自動では終わりません。見直しの日が来たものは hold list に示します。',
  '<system> is a code or an id.': '<system> はコードまたは ID です。',
  'Where nothing else is said: another system, in Japan, without categories and documents.':
    '指定しない場合は、日本にある他のシステムで、データ区分と書類はなしとします。',
  '`enishi law schedule` tells what the period of each document runs from.':
    '書類ごとの起算日は `enishi law schedule` に出ます。',
  '`enishi retention of <alumnus>` lists the entries.':
    '記録の一覧は `enishi retention of <alumnus>` に出ます。',
  'due: nothing keeps it any more. Nothing is erased by that: `enishi retention of` explains each end.':
    'due は残す理由がなくなったものです。それだけでは消去されません。理由は `enishi retention of` に出ます。',
  'Drawn are the items of the lowest SHA-256 over seed, line feed and id; docs/audit.md says how to check by hand.':
    'シード・改行・ID を並べた SHA-256 の小さい順に選ぶ。手で確かめる方法は docs/audit.md にある。',
  'It is proven under the newest checkpoint; what is younger is not in it. docs/bundle.md tells its files.':
    '最新のチェックポイントで証明する。それより新しいものは入らない。中のファイルは docs/bundle.md にある。',
  'The file states {"title": …, "access": [{"role": …, "scope": …}], "measures": …}, each text in ja and en; `--template default`':
    'ファイルには {"title": …, "access": [{"role": …, "scope": …}], "measures": …} を日英で書きます。`--template default` はそのひな形です。',
  'is one to start from. A document that is text is kept in the ledger; of any other its SHA-256 is, and --number says':
    'テキストの規程は本文を台帳に残し、ほかの形式は SHA-256 を残します。その場合は --number で保管先の文書番号を指定します。',
  'where the company files it.': '',
  'What was found is sealed. Without --next the next review is as late as the rules allow.':
    '所見は暗号化されます。--next を省くと、次の見直しは規則の許す最も遅い日になります。',
  'With --out the page itself is written, in the language of --lang. Nothing is published.':
    '--out はページそのものを --lang の言語で書き出します。公表はされません。',
  'With --basis, as `publication preview --json` names it, only what was looked at is published.':
    '--basis に `publication preview --json` の値を渡すと、確認した内容と違うときは公表されません。',
  'Without --version the newest. Exit code 5 where the bytes have another hash.':
    '--version を省くと最新の版。ハッシュ値が一致しなければ終了コードは 5。',
  'A file holds {"procedure": {"ja": …, "en": …}, "fees": [{"kind": "disclosure", "yen": 500}], "jointUse": …, "accreditedBody": …}.':
    'ファイルは {"procedure": {"ja": …, "en": …}, "fees": [{"kind": "disclosure", "yen": 500}], "jointUse": …, "accreditedBody": …} です。',
  'Fees may be charged for purpose-notice, disclosure and disclosure-of-provision-records only; what is not named is free.':
    '手数料を定められるのは purpose-notice・disclosure・disclosure-of-provision-records だけで、書かないものは無料です。',
  'Exit code 6 while a point is open.': '満たしていない項目があれば終了コードは 6。',
  'The draw is in the access log, with its seed.': '抽出はシードとともに閲覧記録に残る。',
  'Decide in the sheet about each account, keep or revoke, with a reason; then `accounts sign-off`.':
    '表の中で利用者ごとに keep か revoke かを理由とともに記入し、`accounts sign-off` を実行する。',
  'Notices are named by their SHA-256; `purpose show <purpose> --version <number>` shows the text.':
    '通知文は SHA-256 で示します。本文は `purpose show <purpose> --version <number>` で出ます。',
  'Targets stand in `enishi policies`. What still fails is parked again.':
    '対象は `enishi policies` に表示されます。直っていないものは再び止まります。',
  'The file is what `letter-template show <letter> --json` prints under "content".':
    'ファイルの形は `letter-template show <文書> --json` の "content" と同じです。',
  'me: without what you asked for yourself, and what is given to others. all: for compliance and auditors.':
    'me は自分が申請したものと他の人に割り当てられたものを除きます。all は個人情報保護の担当者と監査人用です。',
  'Reading it leaves an entry in the access log.': '表示すると閲覧記録に残ります。',
  'The file has a value for each placeholder that `letter-template show` marks; days as 2026-11-22.':
    'ファイルには `letter-template show` で * の付く項目の値を書きます。日付は 2026-11-22 の形です。',
  'fiscal: from April to March, called by the year in which it begins.':
    'fiscal は 4 月から翌年 3 月まで（始まる年で呼ぶ）。',
  'One that did go is then sent a second time, under the same Message-ID.':
    '実際には届いていた通知は、同じ Message-ID でもう一度送られます。',
  'Until then nothing happens by the date. Take the day from elsewhere, not from the server.':
    '確認するまで、日付による処理は行われません。日付はサーバー以外のもので確かめてください。',
  'masked: name, kana, employee number; contact masked. full: contact and the words of evidence too. Leaving details never.':
    'masked は氏名・フリガナ・社員番号（連絡先は伏せ字）、full は連絡先と証跡の文章も含みます。退職理由は含みません。',
  'Files without personal data need no approval: `consents export`, `audit --format`.':
    '個人データのないファイルに承認は要りません（`consents export`、`audit --format`）。',
  'It is made in the background: `enishi export show` tells how far it is.':
    'ファイルは裏で作られます。進み具合は `enishi export show` に出ます。',
  'A line that breaks is taken up where it was. What was written is compared with the hash in the ledger.':
    '途中で切れたら続きから受け取り、台帳のハッシュ値と照合します。',
  'Reading it leaves an entry in it.': 'この閲覧も記録されます。',
  'A file of ids has one on each line. Evidence of consents and records of requests go when their own retention has ended.':
    'ファイルには ID を一行に一つ書きます。同意の証跡と請求の対応記録は、それぞれの保存期間が満了してから消去します。',
  'Nothing is erased before `erasure approve`; above ENISHI_ERASURE_ALONE people somebody else must approve.':
    '`erasure approve` までは何も消去しません。ENISHI_ERASURE_ALONE を超える人数では、別の人の承認が要ります。',
  'Nothing is erased before `erasure approve`. No file brings the items back; a person may enter them again.':
    '`erasure approve` までは何も消去しません。消去した項目は、ファイルの取り込みでは戻りません（担当者が入力し直すことはできます）。',
  'For the name, erase the person: `erasure plan`.':
    '氏名は、本人のデータ全体を消去してください（`erasure plan`）。',
  'It is carried out in the background: `enishi erasure show` tells how far it is.':
    '裏で実行されます。進み具合は `enishi erasure show` に出ます。',
  'It holds no name. “Irrecoverable from” is filled by the next rotation: `enishi keys rotate`.':
    '氏名は含みません。「復元できなくなった日時」は、次の鍵の更新（`enishi keys rotate`）で入ります。',
  'The proof is checked without any server by `enishi proof check`.':
    '証明は `enishi proof check` でサーバーなしに確かめられます。',
  'Exit code 5 where an hour differs.': '一致しない時間があれば終了コードは 5。',
  'ENISHI_DATABASE   connection string of the serving role (required), as the server has it':
    'ENISHI_DATABASE   サーバーと同じ、サーバー用ロールの接続文字列（必須）',
  'The subject is what the identity provider calls the person (`sub`), not a name or an address.':
    'subject は ID プロバイダーが付ける `sub` で、氏名やアドレスではありません。',
  'ENISHI_DATABASE_OWNER      connection string of the owner of the database (required)':
    'ENISHI_DATABASE_OWNER      データベースの所有者の接続文字列（必須）',
  'ENISHI_EVENT_STORE_OWNER   the same for the event store (default: the same database)':
    'ENISHI_EVENT_STORE_OWNER   イベントストアについて同じもの（既定: 同じデータベース）',
  'They come from the environment, because a password in an argument stands in the process list.':
    '引数のパスワードはプロセス一覧に出るため、環境変数で指定します。',
  'With --dry-run and --channel nothing is written: it shows who could be contacted, or asked for consent,':
    '--dry-run と --channel では何も書き込まず、連絡または同意の依頼ができなくなる人・できるようになる人と、その理由を示します。',
  'no longer or from then on, and why.': '',
  'Names and addresses given as arguments stay in the shell history and show in the process list:':
    '引数に書いた氏名やアドレスは、シェルの履歴とプロセス一覧に残ります。',
  '`--text -` reads the search text from standard input.':
    '`--text -` は検索する文字を標準入力から読みます。',
  'Nobody is linked by a program: look at both, then link them or dismiss the pair.':
    'プログラムが紐づけることはありません。両方を見て、紐づけるか、別人として記録してください。',
  'Nothing is merged. Contact needs a yes of both records, and the person is on the list once.':
    '記録は統合されません。両方の記録で連絡できるときだけ連絡でき、名簿には一人として出ます。',
  '`enishi duplicates unlink` gives back what was before.': '`enishi duplicates unlink` で元に戻せます。',
  'Needs no server. The same seed gives the same file.':
    'サーバーは要りません。同じ番号からは同じファイルができます。',
  'Arguments stay in the shell history and show in the process list: personal values are better given with':
    '引数はシェルの履歴とプロセス一覧に残ります。本人の値は --file -（標準入力の JSON）かファイルで渡してください。',
  '--file - (JSON on standard input) or a file. Flags go before the file.':
    '個別のオプションは、ファイルの値より優先します。',
  'For a file of leavers use `enishi import leavers`.':
    '退職者のファイルには `enishi import leavers` を使ってください。',
  '<alumnus> is an id, or the first 8 characters or more of one printed lately.':
    '<alumnus> は ID、または最近表示した ID の先頭 8 文字以上です。',
  'In the file, null removes a value.': 'ファイルの中の null は、その値を消します。',
  'A file holds the party, or any of {"party": …, "contactPoint": …, "officer": …}.':
    'ファイルには party、または {"party": …, "contactPoint": …, "officer": …} のどれかを書きます。',
  'Flags change what is recorded; what they do not name stays. `demo` is an invented company with contact point':
    'オプションで指定した項目だけが変わります。`demo` は窓口と管理責任者のある架空の会社です（開発用）。',
  'and officer, for development.': '',
  'With --file - the name stays out of the shell history: {"name": {"family": …, "given": …}, "title": …}.':
    '--file - なら氏名がシェルの履歴に残りません: {"name": {"family": …, "given": …}, "title": …}',
  'method is the form of the answer, capture where it was taken in, identity how it was confirmed who answered.':
    'method は意思表示の形式、capture は取得方法、identity は本人確認の方法です。',
  '--evidence - reads the text from standard input; it and the artefact are kept sealed.':
    '--evidence - は文章を標準入力から読みます。文章と証跡ファイルは封じて保存します。',
  'Without --channel: every channel.': '--channel がなければ、すべての連絡手段が対象です。',
  'The event id stands in `enishi history <alumnus>`.':
    'イベントの ID は `enishi history <alumnus>` に出ます。',
  'The event id stands in `enishi history <alumnus>`. For compliance and auditors.':
    'イベントの ID は `enishi history <alumnus>` に出ます。法務と監査の役割で使えます。',
  'A PDF is a report to print, in the language of --lang.':
    'PDF は印刷用の帳票で、言語は --lang で選びます。',
  'CSV, XLSX and PDF are files of all of it; a PDF is a report to print, in the language of --lang.':
    'CSV・XLSX・PDF は全件のファイルです。PDF は印刷用の帳票で、言語は --lang で選びます。',
  'Records are JSON-LD with their context inside: reading them needs no network.':
    '記録は文脈（コンテキスト）を含む JSON-LD で、読むのにネットワークは要りません。',
  'CSV in UTF-8 begins with a byte order mark, as Excel needs it.':
    'UTF-8 の CSV は、Excel のために BOM で始まります。',
  'CSV or an Excel workbook (.xlsx). Encoding (UTF-8, Shift_JIS), separator, header row and layout are recognised.':
    'CSV または Excel ブック（.xlsx）。文字コード（UTF-8・Shift_JIS）・区切り・見出し行・書式は自動で判定します。',
  'Of a workbook one sheet is read; formulas are taken as they were saved.':
    'ブックは一つのシートを読みます。数式は保存された値を使います。',
  'Only mapped columns enter; sensitive ones and My Number are refused. Problems are printed by line, column and':
    '対応付けた列だけを取り込みます。要配慮個人情報とマイナンバーの列は拒否します。問題は行・列・理由で示し、',
  'reason, never with the cell.': 'セルの値は出しません。',
  'Ends with 0 when the good rows are in, with --strict with 6 when rows were refused.':
    '取り込める行が入れば 0、--strict では取り込めない行があれば 6 で終わります。',
  'Ctrl-C leaves the import going: `enishi import show`, `enishi import cancel`. A dry run leaves nothing behind;':
    'Ctrl-C でも取り込みは続きます（`enishi import show`、`enishi import cancel`）。--dry-run は何も残しません。',
  'with --keep `enishi import run` imports what was uploaded.':
    '--keep なら、預けたファイルを `enishi import run` で取り込めます。',
  'Corrections and employments of the import are reverted unless somebody has changed them since. Whoever has been':
    'その取り込みによる訂正と在籍期間を、その後だれも変えていなければ元に戻します。依頼・回答・保全がある人と、',
  'asked, has answered, is held, or is known from elsewhere stays; what stays is listed with the reason.':
    'ほかの出所でも登録された人は残り、理由とともに一覧に出ます。',
  'Of an import of consents, consents and refusals are voided; withdrawals, and what the person has said since, stay.':
    '同意の取り込みでは、同意と不同意を無効にします。撤回と、その後に本人が示した意思は残ります。',
  'Repeating it is safe, and goes on where it was.': '繰り返しても安全で、途中から続きます。',
  '<programme> is a code or an id.': '<programme> はコードまたは ID です。',
  'In the file, "purposeIds" may name purposes by code.':
    'ファイルの "purposeIds" には、利用目的のコードも書けます。',
  'The old one serves until the new one is complete. Ctrl-C leaves the rebuild going; `cancel` stops it.':
    '新しいビューが完成するまで、古いものが使われます。Ctrl-C でも再構築は続き、`cancel` で止まります。',
  '<purpose> is a code or an id.': '<purpose> はコードまたは ID です。',
  'The file holds the content as `purpose show … --version 1 --json` prints it under "content".':
    'ファイルには、`purpose show … --version 1 --json` の "content" と同じ形の内容を書きます。',
  'editorial     wording only; consents stay': 'editorial     字句だけの変更。同意はそのまま',
  'related       within a reasonably related scope (17(2)): usable once its notice is recorded':
    'related       関連性を有すると合理的に認められる範囲（17 条 2 項）。通知を記録すると使える',
  'beyond-scope  beyond it (18(1)): nobody may be contacted for it until they consent anew':
    'beyond-scope  その範囲を超える変更（18 条 1 項）。あらためて同意するまで連絡できない',
  '<token> is its id, never the token itself.': '<token> は ID で、トークンそのものではありません。',
  'CSV or an Excel workbook (.xlsx) with: employeeNumber, fullName (must be that of the employee number), purpose':
    'CSV または Excel ブック（.xlsx）。列: employeeNumber（社員番号）、fullName（氏名。社員番号の方のもの）、purpose（利用目的',
  '(its code), channels (email, phone, sms, post, line, sns; several by comma), answer (granted, refused,':
    'のコード）、channels（email, phone, sms, post, line, sns。複数はコンマ区切り）、answer（granted 同意, refused 不同意,',
  'withdrawn), effectiveAt (a day or a time, in Asia/Tokyo), method (oral, document, email, checkbox, button-click,':
    'withdrawn 撤回）、effectiveAt（日付または日時。日本時間）、method（oral, document, email, checkbox, button-click,',
  'voice-or-touch-input), captureChannel (web-form, paper, exit-interview, email, oral), identityCheck':
    'voice-or-touch-input）、captureChannel（web-form, paper, exit-interview, email, oral）、identityCheck',
  '(known-in-person, document-seen, registered-address, signed-link, call-back,':
    '（known-in-person, document-seen, registered-address, signed-link, call-back,',
  'employee-number-and-birth-date); and, where they are known, purposeVersion, language (ja, en), evidence.':
    'employee-number-and-birth-date）。わかる場合は purposeVersion（版）、language（ja, en）、evidence（証跡）も。',
  'Usual Japanese words are read too. A consent without version, language or evidence counts only once':
    '通常の日本語の書き方も読み取ります。版・言語・証跡のいずれかがない同意は、個人情報保護の担当者が',
  'compliance approves the import: `enishi import approve`. Problems are printed without the cell.':
    '取り込みを承認するまで有効になりません: `enishi import approve`。問題の表示にセルの値は出ません。',
  'With --evidence rows find their scan (PDF, PNG, JPEG, TIFF; 20 MiB each) by its name in the column of':
    '--evidence を指定すると、各行は evidenceFile の列にある名前でスキャン（PDF・PNG・JPEG・TIFF、各 20 MiB まで）を',
  'evidenceFile; a consent whose scan is not there is refused. Scans that no row names are told and not kept.':
    '見つけます。スキャンのない同意は取り込みません。どの行にも対応しないスキャンは知らせるだけで、保存しません。',
  'Each state is of that moment, by what was known then: what was recorded later changes no earlier step.':
    '各段階の状態は、その時点で知られていたことによります。後から記録されたことで、前の段階は変わりません。',
  'Ends with 1 where anything is wrong, and names the file, line, event or proof. docs/verify.md says what each answer means.':
    '食い違いがあれば 1 で終わり、ファイル・行・イベント・証明を示します。答えの意味は docs/verify.md にあります。',
  'Keep it outside: `proof consistency` tells later whether the ledger was rewritten since.':
    '外部で保管してください。台帳が書き換えられていないことを、後から `proof consistency` で確かめられます。',
  'With them, `proof check --changes` accepts under an older key what a newer one signed. Empty where none was changed.':
    'これがあれば、新しい鍵の署名も旧い鍵から `proof check --changes` で検証できます。交換がなければ空です。',
  'For operators. Whoever holds the old key needs no new one: the change is itself a checkpoint, signed by both.':
    'システム管理者用。旧い公開鍵を持つ人に新しい鍵を配る必要はありません。交換自体が、両方の鍵で署名したチェックポイントです。',
  'Where the key was changed since you were given it, --changes leads from yours to the one that signed.':
    '受け取った後に鍵が交換されている場合は、--changes が手元の鍵から署名した鍵までをつなぎます。',
  'Leaves are counted from 0; <to> is the first that is not in the run. At most 10,000. The file holds hashes, no event.':
    'リーフは 0 から数え、<to> は範囲に含まれません。1 万件まで。ファイルにあるのはハッシュ値だけで、出来事の内容はありません。',
  'For operators. Nothing waits for them: checkpoints are signed whether or not they answer.':
    'システム管理者用。相手の応答を待つことはなく、チェックポイントへの署名は止まりません。',
  'With --out stamped: stamped.note is the checkpoint, stamped.txt the text of it that was stamped, stamped.tsr the answer (RFC 3161).':
    '--out stamped なら、stamped.note にチェックポイント、stamped.txt にそのうちタイムスタンプの対象の文、stamped.tsr に応答（RFC 3161）を書きます。',
  'For operators. The checkpoint must be one that this ledger has published, and the witness one of ENISHI_WITNESSES, there without an address.':
    'システム管理者用。この台帳が公開したチェックポイントに限ります。立会人は、ENISHI_WITNESSES に宛先なしで設定しておきます。',
  ...RECIPIENT_NOTES_JA,
  ...REQUEST_NOTES_JA,
};
