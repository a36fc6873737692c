import { RECIPIENT_COMMANDS_JA } from './recipients-ja';
import { REQUEST_COMMANDS_JA } from './requests-ja';

/** What groups and commands do, in Japanese, by the English. */
export const COMMANDS_JA: Readonly<Record<string, string>> = {
  'the numbers of law and policy, the retention schedule, and what the company sets itself':
    '法令・方針の数値と保存期間、会社が定めた値',
  'every number of law and policy by which the program decides, as it holds today':
    '判断に使う法令・方針の数値を、今日の時点ですべて表示する',
  'the retention schedule: documents, how long each is kept, from when on':
    '書類ごとの保存期間と起算日を表示する',
  'set a number for the company, within what the law allows (compliance)':
    '法令の許す範囲で会社の数値を定める（個人情報保護の担当者）',
  'set how long the data of one purpose stay, and how long its answer is waited for (compliance)':
    '利用目的ごとに、データを残す期間と回答を待つ期間を定める（個人情報保護の担当者）',
  'holds on one person’s data, which keep it from being erased: list, place, review, release':
    '個人データの消去を止める保全措置: 一覧・開始・見直し・解除',
  'the holds that stand, the earliest review first; of one person, the released ones too':
    '続いている保全措置を見直しの早い順に表示する（一人を指定すると解除済みも）',
  'keep a person’s data from being erased, until the hold is released (compliance)':
    '解除するまで、一人の個人データの消去を止める（個人情報保護の担当者）',
  'keep a hold until another review: it is still needed (compliance)':
    '保全措置を見直し、次の見直しまで続ける（個人情報保護の担当者）',
  'release a hold: erasure may go on (compliance)':
    '保全措置を解除し、消去できるようにする（個人情報保護の担当者）',
  'systems that hold personal data, and documents about people that are held in them':
    '個人データを保有するシステムと、そこにある一人ひとりの書類',
  'every system that holds personal data: what, for what, who is responsible, where':
    '個人データを保有するシステムの一覧: 用途・責任者・所在',
  'all that the inventory says of one system': '一つのシステムの登録内容を表示する',
  'add a system that holds personal data to the inventory (GL 10)':
    '個人データを保有するシステムを登録する（通則編 10）',
  'change what the inventory says of a system; what is not named stays':
    'システムの登録内容を変更する（指定しない項目はそのまま）',
  'a system holds no data any more': 'データを保有しなくなったシステムを廃止する',
  'note that a system holds a document about a person, and what its period runs from':
    '一人についての書類がシステムにあることと、その起算日を記録する',
  'a document in another system was disposed of, with what proves it':
    '他のシステムの書類を廃棄したことを、その証明とともに記録する',
  'what must stay until when under which law, and what falls due':
    'どの法令でいつまで残すか、いつ期限が来るか',
  'what falls due by month, in numbers; of one month, by person':
    '月ごとに期限の来る件数（月を指定すると人ごと）',
  'of one person: each category with everything that keeps it, the law and the events':
    '一人のデータ区分ごとに、残す理由・法令・イベントを表示する',
  'Enishi 縁, the consent ledger for alumni': 'Enishi 縁: 退職者（アルムナイ）の同意の台帳',
  'who may sign in, and what they may do': '誰がサインインでき、何をしてよいか',
  'one person: register, show, correct, return, death, reveal':
    '一人の記録: 登録・表示・訂正・復職・死亡・伏せ字の表示',
  'the company, its contact point, its responsible officer': '会社情報・問い合わせ窓口・管理責任者',
  'one person’s answers: request, grant, refuse, withdraw, void, evidence':
    '一人の回答: 依頼・同意・不同意・撤回・取消・証跡',
  'show what is sealed in one event about a person: evidence, representative, reason':
    '一人についての一つのイベントに封じた証跡・代理人・理由を表示する',
  'import the file of an earlier dry run that was kept': '残しておいた確認済みのファイルを取り込む',
  'events with all that an outsider needs to check them, as one zip; opens no personal data':
    '外部の人が検証に使うもの一式をイベントとともに ZIP で書き出す（個人データは開かない）',
  'the history of consents: list, export': '同意の履歴: 一覧・書き出し',
  'files of leavers and consents: import, dry run, problems, undo':
    '退職者・同意のファイル: 取り込み・確認・問題・取消し',
  'import a file of consents; the same file twice changes nothing':
    '同意のファイルを取り込む（同じファイルを二度取り込んでも変わらない）',
  'take the consents of an import whose evidence is incomplete for consents (compliance)':
    '取り込んだ同意のうち、証跡の不足するものを承認する（個人情報保護の担当者）',
  'records that may be about the same person: list, show, link, unlink, dismiss':
    '同じ人かもしれない記録: 一覧・比較・紐づけ・解除・別人の記録',
  'pairs of records that look like one person, the likeliest first, with what they share':
    '同じ人と思われる記録の組を、確からしい順に、一致したものとともに表示する',
  'two records side by side, with what differs': '二つの記録を並べ、違いを示す',
  'both records are about the same person: the stricter of both counts from now on':
    '二つの記録を同じ人として紐づける（以後は厳しい方が適用される）',
  'the link was an error: each record stands for itself again':
    '紐づけを解除する（それぞれの記録が元どおりになる）',
  'they are different people: the pair is not proposed again':
    '別人として記録する（この組は再び提案されない）',
  'the keys that seal personal data': '個人データを封じる鍵',
  'what waits: to approve, to do, to mend; what is due and overdue':
    '待っているもの: 承認・対応・復旧、期限と期限超過',
  'the handling rules, who may reach what, and their reviews': '取扱規程・アクセスできる者の範囲・見直し',
  'the versions of the handling rules, who may reach what, and when they are to be reviewed':
    '取扱規程の版・アクセスできる者の範囲・次の見直しの期限を表示する',
  'put the next version of the handling rules in force': '取扱規程の次の版を施行する',
  'the text of one version, byte by byte': '一つの版の本文をそのまま出力する',
  'record a review of the handling rules in force': '施行中の取扱規程の見直しを記録する',
  'the reviews of the handling rules, and when the next one is due': '取扱規程の見直しの記録と、次の期限',
  'the public page: preview, publish, versions with their hashes': '公表ページ: 確認・公表・版とハッシュ値',
  'what publishing the page would show, what is missing, and what has changed since it was published':
    '公表する内容・不足しているもの・公表後に変わったところを確認する',
  'publish the page, and record the notices of the purposes it is the first to show':
    'ページを公表し、初めて載せた利用目的の通知・公表を記録する',
  'every version of the page, with its hash and when it was published':
    '公表ページのすべての版を、ハッシュ値と公表の期間とともに表示する',
  'one version of the page, byte by byte, compared with its hash in the ledger':
    '公表ページの一つの版をそのまま出力し、台帳のハッシュ値と照合する',
  'state how requests are made and what they cost, for the public page (APPI 32(1), 37, 38)':
    '公表する請求の手続きと手数料を登録する（個人情報保護法 32 条 1 項・37 条・38 条）',
  'the five points that compliance is asked, each with the events that prove it or with what is missing':
    '点検の 5 項目を、証拠となるイベントまたは不足しているものとともに示す',
  'letters that leave by mail': 'メールで送る通知',
  'letters to people: numbered, their exact texts kept': '本人宛ての文書: 文書番号を付け、文面を保存する',
  'letters to people, the latest first, without their texts':
    '本人宛ての文書を新しい順に（文面は表示しない）',
  'one letter with its exact text': '一つの文書を、その文面とともに表示する',
  'have a letter written to a person: by mail it goes out, by post it waits to be printed':
    '本人宛ての文書を作成する（メールは自動で送られ、郵送は印刷を待つ）',
  'a letter as a sheet of A4 to be posted, its address where a window envelope shows it':
    '郵送用の A4 の PDF（宛名は窓付き封筒の窓に合う位置）',
  'note that a letter was posted': '文書を発送したことを記録する',
  'note that a letter came back': '文書が返送されたことを記録する',
  'how documents are numbered; with --prefix and --year, set it':
    '文書番号の付け方（--prefix・--year で設定する）',
  'the words of letters and notices, in both languages': '文書と通知の文面（日本語・英語）',
  'every text, and whether the company has changed it': 'すべての文面と、自社で改訂したかどうか',
  'one text in both languages, and what may stand in it': '一つの文面（日本語・英語）と、使える差し込み項目',
  'put the company’s own words in the place of a text': '文面を自社のものに改訂する',
  'a letter as it would be, with sample values; changes nothing':
    '見本の値を入れた文書を表示する（何も変わらない）',
  'go back to the text that comes with the program': '文面を標準のものに戻す',
  'letters that wait, were sent, or could not be: the newest hundred':
    '待っている通知・送った通知・送れなかった通知（新しい 100 件）',
  'try letters again that failed, or of which nobody knows whether they went':
    '送れなかった通知、または送れたか分からない通知をもう一度送る',
  'what follows from events by itself, and what a bug has stopped of it':
    'イベントを受けて自動で行う処理と、不具合で止まったもの',
  'every policy: how far it is, what waits for its day, what a bug has stopped':
    '自動処理ごとの進み具合・日付を待つもの・不具合で止まったもの',
  'have a policy look again at what a bug has stopped, once that is mended':
    '不具合を直した後、止まったものをもう一度処理する',
  'the clock by which days begin, and confirming it': '日付の変わる基準になる時計と、その確認',
  'what time it is on the server, and whether that is believed': 'サーバーの時刻と、それを信じているかどうか',
  'say which day it is, after the clock has jumped ahead or the server was off':
    '時計が大きく進んだとき、または停止していた後に、今日の日付を確認する',
  'alumni programmes: purposes, eligibility, channels': 'アルムナイ制度: 利用目的・対象者・連絡手段',
  'the views, and rebuilding them': 'ビューと、その再構築',
  'purposes of use and their versions': '利用目的とその版',
  'tokens of machines': '機械用のトークン',
  'make the first operator, straight in the database; operators grant everything else':
    '最初の運用者をデータベースに直接作る（ほかの権限は運用者が与える）',
  'the audit trail: every event in the order of the ledger; opens no personal data':
    '監査証跡: すべてのイベントを台帳の順に（個人データは開かない）',
  'how many were imported, are reachable, consented, may be contacted':
    '取り込み・連絡先あり・同意・連絡可の人数',
  'who may be contacted: the list, of now or of a past moment, and what changed between two moments':
    '連絡できる人: 現在または過去の時点の名簿と、二つの時点の間の変化',
  'who came onto the roster between two moments, who went off it, and why':
    '二つの時点の間に名簿に載った人・外れた人と、その理由',
  'the rules in force at a moment: purposes, notices and programmes, each since when and by which event':
    'ある時点で有効な規則: 利用目的・通知文・制度と、その効力発生日時・イベント',
  'one person’s trail step by step: what happened, and what was known and held after it':
    '一人の記録を一歩ずつ: 起きたことと、その直後の状態',
  'every event about one person in order: what, who, and all three times':
    '一人についてのすべてのイベントを順に: 内容・実行者・三つの日時',
  'one person’s consents as ISO/IEC TS 27560 records or Kantara receipts':
    '一人の同意を ISO/IEC TS 27560 の記録または Kantara の受領証として書き出す',
  'make or update the tables, as the role that owns the database; the server itself may not':
    '表を作成・更新する（データベースの所有者として。サーバー自身はできない）',
  'move the ledger to another event store, and prove that every leaf is the same':
    '台帳を別のイベントストアへ移し、すべてのハッシュが同じことを確かめる',
  'back up ledger, vault and artefacts into a new folder inside <folder>; the server may run':
    '台帳・鍵の保管庫・添付を <folder> の中の新しいフォルダーにバックアップする（サーバーは動いていてよい）',
  'restore a backup into an empty place; or only look through it, rehearse, or bring databases up to date':
    'バックアップを空の場所に復元する。または検証・訓練・戻したデータベースの更新だけを行う',
  'who may be contacted for a purpose by a channel, each with the events that allow it':
    '利用目的と連絡手段ごとの連絡できる人と、その根拠のイベント',
  'write a leavers’ file of invented people': '架空の退職者のファイルを書き出す',
  'whether the server serves, which ledger it keeps, and how far its views are':
    'サーバーの状態・台帳・ビューの進み具合',
  'whether one person may be contacted, and the events that make it so, or every reason why not':
    'その人に連絡できるか。根拠のイベント、またはできない理由のすべて',
  'every account with the grants valid now': 'すべての利用者と、現在有効な権限',
  'add a person by what the identity provider calls them, or a machine by its label':
    '利用者を追加する（人は ID プロバイダーでの識別子、機械は呼び名で）',
  'give a role within a scope; no list means all': '範囲を決めて役割を与える（指定のない範囲はすべて）',
  'end a grant at once': '権限を直ちに終わらせる',
  'register an alumnus by hand': '退職者を手で登録する',
  'show one alumnus; contact values are masked': '退職者一人を表示する（連絡先は伏せ字）',
  'correct what is known about a person': '登録内容を訂正する',
  'add an employment, e.g. of somebody who returned and left again':
    '在籍期間を追加する（復職して再び退職した人など）',
  'record that a person is employed again: off the roster at once': '復職を記録する（直ちに名簿から外れる）',
  'record a death: no contact at once': '死亡を記録する（直ちに連絡できなくなる）',
  'show masked values, for a reason that the access log keeps':
    '伏せ字の値を表示する（理由は閲覧記録に残る）',
  'show the company, its contact point and its responsible officer':
    '会社情報・問い合わせ窓口・管理責任者を表示する',
  'state who the company is: the party fields of APPI 32(1) and ISO/IEC TS 27560':
    '会社情報を記録する（個人情報保護法 32 条 1 項、ISO/IEC TS 27560 の項目）',
  'set where corrections, deletions and complaints go': '訂正・削除・苦情の窓口を設定する',
  'appoint the responsible officer for alumni data': '退職者データの管理責任者を任命する',
  'note that a person is asked for consent': '同意の依頼を記録する',
  'record that a person consents': '同意を記録する',
  'record that a person refuses': '不同意を記録する',
  'record that a person withdraws; honoured at once': '撤回を記録する（直ちに効力を生じる）',
  'void an answer that was recorded in error: it never was (not a withdrawal)':
    '誤って記録した回答を取り消す（なかったものとする。撤回ではない）',
  'the history of consents': '同意の履歴',
  'the history of consents as a file': '同意の履歴をファイルに書き出す',
  'import a leavers’ file; the same file twice changes nothing':
    '退職者ファイルを取り込む（同じファイルを二度取り込んでも変わらない）',
  'the latest imports': '最近の取り込み',
  'one import: how the file is read, its mapping, its counts':
    '一つの取り込み: ファイルの読み方・列の対応付け・件数',
  'every problem, by line, column and reason': 'すべての問題を、行・列・理由で',
  'stop an import where it is and drop its file; what was imported stays':
    '取り込みを止めてファイルを捨てる（取り込み済みの分は残る）',
  'take back what an import brought; who only it knew is hidden and marked for erasure':
    '取り込みを取り消す（その取り込みだけで登録された人は隠し、消去の対象とする）',
  'mappings saved by name': '名前を付けて保存した対応付け',
  'the key epoch, and how many keys live': '鍵の期と、有効な鍵の数',
  'wrap every key anew under a new epoch key, and destroy the old one':
    'すべての鍵を新しい期の鍵で包み直し、古い期の鍵を破棄する',
  'every programme with its state': 'すべての制度とその状態',
  'one programme with its versions': '一つの制度とその版',
  'define a programme: its purposes, whom it is for, its channels':
    '制度を定める: 利用目的・対象者・連絡手段',
  'draft the next version': '次の版の案を作る',
  'publish a version': '版を公開する',
  'close a programme': '制度を終了する',
  'every projection: how far it is, what is parked, what is being rebuilt':
    'すべてのビュー: 進み具合・停止中の範囲・再構築',
  'rebuild a projection from the first event, beside the one that serves':
    '稼働中のビューの横で、最初のイベントから再構築する',
  'stop a rebuild; the old one goes on serving': '再構築を止める（元のビューがそのまま使われる）',
  'every purpose with its state': 'すべての利用目的とその状態',
  'one purpose with its versions and notice texts': '一つの利用目的と、その版・通知文',
  'ready bilingual purposes and programmes': '日英のひな形（利用目的と制度）',
  'define a purpose from a template or a file': 'ひな形またはファイルから利用目的を定める',
  'draft the next version, and say what kind of change it is': '次の版の案を作る（改訂の種別を指定）',
  'record that a version was notified or published, with proof (17(2), 21(3))':
    '版の通知・公表を証拠とともに記録する（17 条 2 項、21 条 3 項）',
  'retire a purpose: nobody is contacted for it any more':
    '利用目的を廃止する（以後、この目的では連絡できない）',
  'every token, newest first, without secrets': 'すべてのトークンを新しい順に（秘密の値は出ない）',
  'make a token for a machine account; it is shown once': '機械用のトークンを作る（表示は一度だけ）',
  'end a token at once': 'トークンを直ちに失効させる',
  'what every account holds, when it was last used, and when the next review is due':
    'すべての利用者の権限と最終利用、次回の棚卸しの期限を表示する',
  'sign the review off: keeps or ends what each account holds, and notes it in the ledger (compliance)':
    '棚卸しを承認する: 権限を継続または終了し、台帳に記帳する（個人情報保護の担当者）',
  'the audit trail, and samples for auditors': '監査証跡と、監査のための抽出',
  'draw a sample that anybody can draw again, with the evidence of each item':
    '誰でも同じものを引き直せるサンプルを、各件の証跡とともに抽出する',
  'who opened what of whom: list, CSV, comparison with the ledger':
    '誰が誰の何を閲覧したか: 一覧・CSV・台帳との照合',
  'who opened what of whom, and what was done about accounts, the latest first':
    '誰が誰の何を閲覧したか、利用者に何をしたかを新しい順に表示する',
  'compare every hour of the log with its count and digest in the ledger; names an hour that differs':
    '閲覧記録を 1 時間ごとに台帳の件数・要約値と照合し、一致しない時間を示す',
  'the newest signed checkpoint, as text to keep':
    '最新の署名済みチェックポイントを、保管できる文書として表示する',
  'signed checkpoints to keep outside, and the keys that sign them':
    '外部で保管する署名済みチェックポイントと、その署名鍵',
  'every key that signs checkpoints or did, and since which checkpoint':
    'チェックポイントに署名する鍵・署名していた鍵と、どのチェックポイントからかを表示する',
  'the checkpoints that changed the key, each signed by the old key and the new one, as text to keep':
    '鍵を交換したチェックポイント（新旧両方の鍵の署名付き）を、保管できる文書として表示する',
  'sign checkpoints with another key from now on; the old key vouches for it and is destroyed':
    '以後のチェックポイントの署名鍵を交換する（旧い鍵が新しい鍵を保証し、その後に破棄される）',
  'hand in a checkpoint that a witness gave back with a cosignature, by hand':
    '立会人が署名して返したチェックポイントを、手で取り込む',
  'the newest checkpoint that an authority stamped with the time, and its answer as files to keep':
    '時刻認証局のタイムスタンプがある最新のチェックポイントを表示し、その応答をファイルに書く',
  'who outside is handed checkpoints, how far each is, and what keeps it from more':
    'チェックポイントを渡している外部の相手と、それぞれの受領状況・問題を表示する',
  'prove to somebody outside that an event is in the ledger, and that nothing was rewritten':
    '出来事が台帳にあること、何も書き換えられていないことを、外部の人に証明する',
  'the proof that one event is in the ledger, as a file for somebody outside':
    '一つの出来事が台帳にあることの証明を、外部の人に渡せるファイルにする',
  'that a run of events is in the ledger without a gap, by one proof for all, as a file for somebody outside':
    '連続する出来事が抜けなく台帳にあることの一括の証明を、外部の人に渡せるファイルにする',
  'whether the ledger goes on from a checkpoint you kept, and nothing in it was rewritten':
    '保管していたチェックポイントから台帳が続き、何も書き換えられていないことを確かめる',
  'check a proof file with nothing but the public key; asks no server':
    '証明のファイルを公開鍵だけで検証する（サーバーには接続しない）',
  'compute tree and views anew from every event, and compare leaves, checkpoints and views with them':
    'すべての出来事からツリーとビューを作り直し、リーフ・チェックポイント・ビューと照合する',
  'check a bundle with nothing but itself, and what you have from elsewhere; asks no server':
    'バンドルを、それ自体とお手元の鍵・チェックポイントだけで検証する（サーバーには接続しない）',
  'files for somebody outside: bundles, and files with personal data after approval':
    '外部の人に渡すファイル: 証明付きのバンドルと、承認を受けた個人データのファイル',
  'ask for a file with personal data; somebody of compliance must approve it':
    '個人データを含むファイルの書き出しを申請する（個人情報保護の担当者の承認が必要）',
  'let it be made; never by who asked for it (compliance)':
    '書き出しを承認する（個人情報保護の担当者。申請した本人はできない）',
  'refuse it, with the reason; never by who asked for it (compliance)':
    '書き出しを理由とともに却下する（個人情報保護の担当者。申請した本人はできない）',
  'give the finished file to somebody by name; then it can be downloaded':
    '完成したファイルの引渡し先を記録する（以後ダウンロードできる）',
  'delete it, with its file': '書き出しをファイルごと削除する',
  'one export: what was asked for, by whom and why, and how far it is':
    '一つの書き出し: 申請の内容・申請者・理由・進み具合',
  'exports with personal data, the latest first': '個人データの書き出しを新しい順に表示する',
  'the finished file, once it is handed over': '引渡し済みのファイルをダウンロードする',
  'erasing people for good: plan, approve, certificate': '個人データの消去: 計画・承認・証明書',
  'propose that people be erased; what a hold keeps is left out':
    '消去計画を作成する（保全中の人は除かれる）',
  'propose that single items of a person be erased; the rest stays':
    '一人の個別の項目だけを消去する計画を作成する（他の項目は残る）',
  'let it be carried out: there is no way back (compliance)':
    '消去計画を承認して実行する（元に戻せない。個人情報保護の担当者）',
  'refuse a plan of erasure, with the reason (compliance)':
    '消去計画を理由とともに却下する（個人情報保護の担当者）',
  'one plan of erasure: whom it is about, why, and how far it is': '一つの消去計画: 対象・理由・進み具合',
  'the ids of the people whom a plan of erasure names': '消去計画の対象者の ID を表示する',
  'every table and folder: what of whom it holds, and what ends it':
    '保管場所（表とフォルダー）ごとに、誰の何があり、何によって消えるかを表示する',
  'plans of erasure, the latest first': '消去計画を新しい順に表示する',
  'what proves that data were erased: keys, times, the plan, the proof of its event':
    '消去証明書を表示する: 鍵・日時・計画・記録の証明',
  'display help for command': '使い方を表示する',
  ...RECIPIENT_COMMANDS_JA,
  ...REQUEST_COMMANDS_JA,
};
