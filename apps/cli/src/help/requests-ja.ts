/** The help of `enishi request` in Japanese, by the English. */
export const REQUEST_COMMANDS_JA: Readonly<Record<string, string>> = {
  'what people ask the company for: take in, verify, decide, carry out, tell':
    '本人からの請求等: 受付・本人確認・決定・実施・通知',
  'take a request in, as it came': '届いた請求を受け付ける',
  'one request: what is asked, how far it is, its tasks and its steps':
    '一つの請求を表示する（内容・状態・作業・経過）',
  'what is disclosed, from the ledger and the answers of other systems, as JSON (compliance)':
    '開示する内容を、台帳とほかのシステムの回答から JSON にまとめる（個人情報保護の担当者）',
  'requests by what is due first, with the days left': '請求を期限の近い順に、残り日数とともに表示する',
  'record the check of who asks: what was seen, and how; copies are never kept':
    '本人確認を記録する（見たものと方法だけ。写しは残さない）',
  'say whose data it is about': '誰のデータについての請求かを記録する',
  'assign it to an account, with a deputy': '担当者と代理の担当者を指定する',
  'add a note, kept sealed': 'メモを追加する（封じて保存）',
  'keep a file with it, sealed': '資料を添付する（封じて保存）',
  'wait, for the person say; the two weeks of the law go on':
    '本人の対応待ちなどで中断する（法律の二週間は進む）',
  'go on with it': '再開する',
  'it repeats another request; then it may be closed as a duplicate':
    '別の請求の重複として結び付ける（重複として完了できるようになる）',
  'charge a fee; only for a notice of purposes and for disclosure (APPI 38)':
    '手数料を記録する（利用目的の通知と開示だけ。個人情報保護法 38条）',
  'ask the keeper of one system that holds the data': 'データのあるシステムの責任者に作業を依頼する',
  'ask the keeper of each system of the inventory that may hold the data and has no task yet':
    '台帳のシステムのうち、データのある可能性があり依頼のないものの責任者に作業を依頼する',
  'answer a task, with what shows it': '作業に、証拠とともに回答する',
  'accept, accept in part, refuse or defer it, with the reason (compliance)':
    '応じる・一部に応じる・応じない・延期するを、理由とともに決定する（個人情報保護の担当者）',
  'decide many, each by itself with its own reason (compliance)':
    '複数の請求を、それぞれの理由で決定する（個人情報保護の担当者）',
  'assign many to one account, with a deputy': '複数の請求に同じ担当者を指定する',
  'record that it was carried out, and what was changed; once every task is answered':
    '実施したことと、その内容を記録する（すべての作業に回答があった後）',
  'record that the person was told, in which form, and what shows that it was sent':
    '本人への通知を、形式・発送の証拠とともに記録する',
  'have a letter written to whoever asks; one that tells the decision has told the person when it leaves':
    '請求した人への文書を作成する（決定を知らせる文書は、発送されたときに通知となる）',
  'record what the person says against the decision; another decision answers it':
    '決定への苦情を記録する（改めて決定して答える）',
  'close it: answered, withdrawn, unverifiable or a duplicate':
    '完了とする（回答済み・取下げ・本人確認できず・重複）',
};

export const REQUEST_OPTIONS_JA: Readonly<Record<string, string>> = {
  'JSON file with the words of the request (- for standard input)':
    '請求の文言を書いた JSON ファイル（- は標準入力）',
  'what is asked for': '請求の種別',
  'on what ground, of cease-use, erasure and stop-provision': '利用停止・消去・提供停止の根拠',
  'how it came': '受付方法',
  'who asks': '請求した人',
  'in which form the answer is wanted': '希望する回答の形式',
  'in which language the answer is wanted': '希望する回答の言語',
  'when it came (default: now)': '届いた日時（既定: 現在）',
  'how far they are (default: open)': '状態（既定: 完了していないもの）',
  'assigned to this account, as assignee or deputy (me: your own)':
    '担当者または代理の担当者（利用者の ID。me は自分）',
  'due by then; a day means all of it': '期限がこの日時まで（日付はその日の終わりまで）',
  'matched with this person': 'この人の記録に結び付いたもの',
  'what it came to': '結果',
  'how it was checked': '確認の方法',
  'what was seen, kept sealed (- for standard input)': '見たもの（封じて保存。- は標準入力）',
  'of a representative: what showed that they may ask': '代理人の場合、代理権を確認したもの',
  'id of the account (me: your own)': '利用者の ID（me は自分）',
  'id of another account': '別の利用者の ID',
  'the text, kept sealed (- for standard input)': '文章（封じて保存。- は標準入力）',
  'what it is, kept sealed': '資料の名前（封じて保存）',
  'how much': '金額',
  'the system that holds the data': 'データのあるシステム',
  'id of the account that answers for it (me: your own)': '責任者の利用者 ID（me は自分）',
  'until the end of this day': '期限の日（その日の終わりまで）',
  'what came of it': '作業の結果',
  'what shows it, kept sealed (- for standard input)': '証拠（封じて保存。- は標準入力）',
  'a file to keep with it': 'あわせて保存するファイル',
  'what is decided': '決定の内容',
  'of a refusal: its ground': '応じない理由の区分',
  'of a deferral: the last day on which a law keeps the data': '延期の場合、法令の保存期間の最終日',
  'of a deferral: the document that the law keeps': '延期の場合、法令で保存する書類',
  'what is done in place of what would cost out of proportion': '多額の費用がかかるものに代わる措置',
  'only at this revision': 'この版のときだけ',
  'their ids, separated by commas': '請求の ID（カンマ区切り）',
  'what was changed or disclosed, kept sealed (- for standard input)':
    '変更または開示した内容（封じて保存。- は標準入力）',
  'the decision, or that it could not be told who asks': '決定の通知、または本人確認できなかったことの通知',
  'in which form': '通知の形式',
  'how it was sent': '送った方法',
  'what the person was told, kept sealed (- for standard input)':
    '本人に知らせた内容（封じて保存。- は標準入力）',
  'what shows that it was sent, kept sealed': '発送の証拠（封じて保存）',
  'why not in the form that was asked for': '希望と違う形式にした理由',
  'when it was sent (default: now)': '送った日時（既定: 現在）',
  'how it ended': '完了の区分',
  'which letter': '文書の種類',
  'in which language (default: that of the request)': '言語（既定: 請求の言語）',
  'to whom (default: the person; to be given where another asks for them)':
    '宛名（既定: 本人。代理人からの請求では指定が必要）',
  'e-mail address (default: where the answer is wanted)': 'メールアドレス（既定: 回答の送り先）',
  'postal address (default: where the answer is wanted)': '住所（既定: 回答の送り先）',
  'of identity-needed: what is to be shown (- for standard input)':
    'identity-needed の場合、提示を求めるもの（- は標準入力）',
  'of identity-needed: by when': 'identity-needed の場合、提示の期限',
  'of a decision in part: what is not done (- for standard input)':
    '一部に応じる決定の場合、応じない部分（- は標準入力）',
};

export const REQUEST_NOTES_JA: Readonly<Record<string, string>> = {
  'The file (- for standard input) is JSON with what is sealed: {"requester": …, "asked": …, "answerTo": …, "aboutThem": …, "agent": …}.':
    'ファイル（- は標準入力）は、封じて保存する文言の JSON です: {"requester": …, "asked": …, "answerTo": …, "aboutThem": …, "agent": …}',
  'The alarm rings two weeks after the day of arrival, when the person may sue (APPI 39). It is no limit of the law.':
    '期限は到達の日から二週間後で、それを過ぎると本人は訴えを起こせます（個人情報保護法 39条）。法定の期限ではありません。',
  'Nothing is done and nothing decided for somebody who has not been verified.':
    '本人であることを確認するまで、対応も決定もできません。',
  'Matched with another person than before, who asks must be verified again.':
    '別の人に結び付け直したときは、改めて本人確認が必要です。',
  'Not a copy of a document that shows who somebody is: of that only what was seen is recorded.':
    '本人確認書類の写しは添付しないでください。見たものだけを記録します。',
  'The ground must be one that the article of the kind knows; docs/requests.md lists them.':
    '理由の区分は、種別ごとの条文にあるものに限ります（docs/requests.md に一覧があります）。',
  'What it says comes from the request: its kind, the decision with its reason, what was changed. It goes where the person wants the answer, unless an address is given.':
    '文面は、請求の種別・決定と理由・対応した内容から作られます。宛先は、指定がなければ請求にある回答の送り先です。',
  'By post it waits to be printed: `letter pdf`, then `letter posted`.':
    '郵送の場合は印刷を待ちます（`letter pdf`、発送後に `letter posted`）。',
  'They are asked by themselves when a request is accepted, in whole or in part.':
    '応じる・一部に応じる決定をすると、自動で依頼されます。',
  'Unmasked. Reading it leaves an entry in the access log.': 'マスクせずに表示します。閲覧は記録されます。',
  'With --revision it is decided only as `request show` showed it.':
    '--revision を付けると、`request show` で見た版のままのときだけ決定します。',
  'The file (- for standard input): {"decisions": [{"requestId": …, "revision": …, "decision": …, "reason": …}, …]}.':
    'ファイル（- は標準入力）: {"decisions": [{"requestId": …, "revision": …, "decision": …, "reason": …}, …]}',
};
