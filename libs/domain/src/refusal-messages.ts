import type { Bilingual } from './shapes';

function text(ja: string, en: string): Bilingual {
  return { ja, en };
}

/** Why a command was refused, and where it helps what to do instead, as a Japanese office writes it. */
export const REFUSAL_MESSAGES = {
  // Company.
  'ledger-not-opened': text('台帳がまだ開設されていません。', 'The ledger has not been opened.'),
  'ledger-already-opened': text('台帳はすでに開設されています。', 'The ledger has already been opened.'),
  'company-field-missing': text(
    '会社情報の「{field}」を入力してください。',
    'Fill in the company’s “{field}”.',
  ),
  'contact-point-unreachable': text(
    '窓口の住所・メールアドレス・電話番号のいずれかを入力してください。',
    'Give at least one of address, e-mail and telephone of the contact point.',
  ),

  // Letters.
  'letter-text-missing': text(
    '文面（{language}）の{part}を入力してください。',
    'Write the {part} of the text in {language}.',
  ),
  'letter-placeholder-unknown': text(
    '文面（{language}）の{part} {line} 行目に、この文面では使えない差し込み項目があります。使えるもの: {allowed}。',
    'Line {line} of the {part} in {language} has a placeholder that this letter does not know. It knows: {allowed}.',
  ),
  'letter-brace-alone': text(
    '文面（{language}）の{part} {line} 行目の波括弧が対になっていません。',
    'Line {line} of the {part} in {language} has a brace without its other half.',
  ),
  'letter-placeholder-missing': text(
    '文面（{language}）に差し込み項目「{placeholder}」が必要です。',
    'The text in {language} must have the placeholder “{placeholder}”.',
  ),
  'letter-value-missing': text(
    'この文書には「{placeholder}」の値が必要です。',
    'This letter needs a value of “{placeholder}”.',
  ),
  'letter-value-invalid': text(
    '「{placeholder}」の値が正しくありません。',
    'The value of “{placeholder}” is not valid.',
  ),
  'letter-value-unknown': text(
    'この文書にない項目が指定されています。指定できるもの: {allowed}。',
    'A value is given that this letter does not know. It knows: {allowed}.',
  ),
  'letter-address-missing': text(
    '宛先の氏名または{means}がありません。',
    'The addressee’s name or {means} is missing.',
  ),
  'letter-prefix-invalid': text(
    '文書番号の記号は空白や括弧を含まない {most} 文字以内で入力してください（例: 縁）。',
    'Give a prefix of at most {most} characters, without spaces or braces, such as “HR”.',
  ),
  'letter-unknown': text('文書がありません。', 'There is no such letter.'),
  'letter-erased': text(
    '宛先または内容が消去されたため、文書を作成できません。',
    'Address or content has been erased, so that the letter cannot be written.',
  ),
  'letter-not-issued': text('文書がまだ発行されていません。', 'The letter has not been issued yet.'),
  'letter-not-sent': text('文書がまだ発送されていません。', 'The letter has not been sent yet.'),
  'letter-means': text(
    'この文書の送り方は別に指定されています（送り先: {means}）。',
    'This letter goes another way: to the {means}.',
  ),
  'company-not-described': text(
    '会社情報を先に登録してください。文書の差出人になります。',
    'Describe the company first: letters name it as their sender.',
  ),

  // What the company makes public, handling rules and their review.
  'procedure-missing': text(
    '開示等の請求の手続きを、日本語と英語で入力してください。',
    'Say how requests are made, in Japanese and English.',
  ),
  'fee-stated-twice': text('同じ請求の手数料が二重に定められています。', 'A fee is stated twice.'),
  'fee-not-valid': text(
    '手数料は1円以上の整数で入力してください。無料の場合は記載しません。',
    'A fee is a whole number of yen, at least 1; what costs nothing is not named.',
  ),
  'officer-not-appointed': text(
    '先に管理責任者を任命してください。',
    'Appoint the responsible officer first.',
  ),
  'handling-rules-incomplete': text(
    '取扱規程の「{field}」が未入力か、正しくありません。',
    'The handling rules’ “{field}” is missing or not valid.',
  ),
  'handling-rules-out-of-order': text(
    '施行日は、第{version}版の施行日より前にはできません。',
    'They cannot come into force before version {version} did.',
  ),
  'handling-rules-missing': text('施行中の取扱規程がありません。', 'No handling rules are in force.'),
  'findings-required': text('見直しの所見を入力してください。', 'Say what the review has found.'),
  'review-too-late': text(
    '次の見直しは{months}か月以内に行ってください。',
    'The next review must be within {months} months.',
  ),
  'page-without-company': text('会社情報が登録されていません。', 'The company is not described.'),
  'page-without-contact-point': text('問い合わせ窓口が設定されていません。', 'No contact point is set.'),
  'page-without-public-matters': text(
    '開示等の請求の手続きと手数料が登録されていません。',
    'How requests are made, and what they cost, is not stated.',
  ),
  'page-without-handling-rules': text(
    '施行中の取扱規程がなく、安全管理措置を記載できません。',
    'No handling rules are in force, so that no security measures can be shown.',
  ),
  'page-without-purposes': text('公開された利用目的がありません。', 'No purpose is published.'),
  'page-without-foreign-system': text(
    '外国の提供先・委託先のうち、その国の個人情報の保護に関する制度と提供先の措置（shown）が台帳にないものがあります（通則ガイドライン 10-7 外的環境の把握）。',
    'Of a recipient abroad the register does not say what its country’s system is and what it does itself (shown; GL 10-7).',
  ),
  'page-changed-meanwhile': text(
    '確認された後に、記載する内容が変わりました。もう一度確認してください。',
    'What the page shows has changed since it was looked at. Look at it again.',
  ),
  'page-too-long': text('公表ページが長すぎます。', 'The page is too long.'),

  // Purposes and programmes.
  'purpose-unknown': text('利用目的が登録されていません。', 'The purpose is not registered.'),
  'purpose-retired': text(
    '廃止された利用目的は変更できません。',
    'The purpose has been retired and cannot be changed.',
  ),
  'purpose-not-in-force': text('利用目的が効力を生じていません。', 'The purpose is not in force.'),
  'purpose-content-incomplete': text(
    '利用目的の「{field}」が未入力か、正しくありません。',
    'The purpose’s “{field}” is missing or not valid.',
  ),
  'programme-unknown': text('制度が登録されていません。', 'The programme is not registered.'),
  'programme-closed': text(
    '終了した制度は変更できません。',
    'The programme has been closed and cannot be changed.',
  ),
  'programme-content-incomplete': text(
    '制度の「{field}」が未入力か、正しくありません。',
    'The programme’s “{field}” is missing or not valid.',
  ),
  'eligibility-rule-invalid': text(
    '対象者の要件の書き方が正しくありません（位置: {path}）。',
    'The eligibility rule is not valid (at “{path}”).',
  ),
  'code-invalid': text(
    '識別名は英小文字・数字・ハイフンで入力してください（例: rehire）。',
    'Give a code of lower-case letters, digits and hyphens, such as “rehire”.',
  ),
  'code-is-fixed': text('識別名は変更できません。', 'The code cannot be changed.'),
  'revision-kind-missing': text(
    '改訂の種別（字句の修正・関連性のある変更・目的外の変更）を指定してください。',
    'Say what the revision is: editorial, related or beyond scope.',
  ),
  'revision-not-editorial': text(
    '字句以外の項目が変わるため、「字句の修正」としては改訂できません。',
    'More than wording changes, so the revision cannot be editorial.',
  ),
  'version-unknown': text('第{version}版は作成されていません。', 'There is no version {version}.'),
  'version-not-published': text(
    '第{version}版は公表されていません。',
    'Version {version} has not been published.',
  ),
  'version-already-published': text(
    '第{version}版は別の効力発生日時で公表済みです。',
    'Version {version} has already been published with another effective time.',
  ),
  'version-superseded': text(
    '第{version}版より新しい版が公表されています。新しい改訂として作成し直してください。',
    'Version {version} has been overtaken: draft it again as a revision.',
  ),
  'published-out-of-order': text(
    '第{version}版の効力発生を、第{after}版より前にすることはできません。',
    'Version {version} cannot take effect before version {after}.',
  ),
  'notice-proof-missing': text(
    '通知・公表を証する資料（URL、文書番号など）を入力してください。',
    'Say what proves the notice: a URL, a document number.',
  ),
  'effective-in-past': text(
    '過去の日時を効力発生日時にすることはできません。',
    'The effective time cannot be in the past.',
  ),
  'effective-in-future': text(
    '未来の日時を発効日時にすることはできません。',
    'The effective time cannot be in the future.',
  ),

  // Consents taken over.
  'person-unknown': text(
    'この社員番号の方は台帳に登録されていません。',
    'Nobody of this employee number is registered.',
  ),
  'name-differs': text(
    '社員番号と氏名が一致しません。',
    'The name is not that of the person of this employee number.',
  ),
  'evidence-not-incomplete': text(
    'この同意の証跡は不足していません。',
    'The evidence of this consent is not incomplete.',
  ),

  // Undoing an import.
  'import-brought-nothing': text(
    'この取り込みによって台帳に記録されたものはありません。',
    'This import has brought nothing into the ledger.',
  ),
  'known-from-elsewhere': text(
    'ほかの取り込みや手入力による記録があるため、そのまま残しました。',
    'Kept: another import or somebody’s own entry knows this person too.',
  ),
  'recorded-since': text(
    '取り込みの後に同意や保全などが記録されているため、そのまま残しました。',
    'Kept: a consent, a question or a hold has been recorded since.',
  ),
  'changed-since': text(
    '取り込みの後に変更されているため、そのまま残しました。',
    'Kept: somebody has changed it since.',
  ),

  // Alumni.
  'alumnus-unknown': text('台帳に登録されていません。', 'This person is not registered in the ledger.'),
  'alumnus-died': text(
    '死亡が記録されているため、受け付けられません。',
    'This person is recorded as deceased.',
  ),
  'alumnus-returned': text(
    '復職し在籍中のため、依頼できません。',
    'This person has returned and is employed now.',
  ),
  'already-returned': text(
    '復職はすでに別の日付で記録されています。再び退職した場合は、その雇用を先に記録してください。',
    'A return is already recorded with another day. When the person has left again, record that employment first.',
  ),
  'returned-before-leaving': text(
    '復職日は、退職日より後の日付にしてください。',
    'The day of return must come after the day of leaving.',
  ),
  'already-registered': text(
    'すでに登録されています。訂正として記録してください。',
    'Already registered: record a correction instead.',
  ),
  'identity-blocked': text(
    'この方の個人データは消去済みのため、改めて登録することはできません。',
    'This person’s data has been erased, so they cannot be registered again.',
  ),
  erased: text('個人データは消去済みです。', 'The personal data has been erased.'),
  'erasure-started': text(
    '個人データの消去（個人情報保護法 22 条）が始まっているため、受け付けられません。',
    'The erasure of the personal data has begun (APPI 22).',
  ),
  'name-required': text('氏名を入力してください。', 'A name is required.'),
  'value-blank': text('「{field}」が空白です。', '“{field}” is blank.'),
  'my-number': text(
    '「{field}」に個人番号（マイナンバー）と見られる番号が含まれているため、記録できません（番号法 19条・20条）。番号を除いて入力してください。',
    '“{field}” seems to hold a My Number, which must not be kept here (My Number Act 19, 20). Leave the number out.',
  ),
  'control-character': text(
    '「{field}」に、改行や制御文字など、使えない文字が含まれています。文字を入力し直してください。',
    '“{field}” holds a character that cannot be used here, such as a line break or a control character. Type it anew.',
  ),
  'day-invalid': text('「{field}」の日付が正しくありません。', '“{field}” is not a day that exists.'),
  'day-in-future': text('「{field}」に未来の日付は指定できません。', '“{field}” cannot be in the future.'),
  'born-after-joining': text(
    '生年月日が入社日より後になっています。',
    'The date of birth is after the day of joining.',
  ),
  'left-before-joined': text(
    '退職日が入社日より前になっています。',
    'The day of leaving is before the day of joining.',
  ),
  'leaves-later': text('退職日がまだ到来していません。', 'The day of leaving has not come yet.'),
  'employment-unknown': text('訂正する雇用の記録がありません。', 'There is no such employment to correct.'),
  'employment-already-known': text(
    '同じ入社日の雇用がすでに記録されています。',
    'An employment with this day of joining is already recorded.',
  ),

  // Consent.
  'contact-held': text(
    '連絡を停止する保全措置がとられているため、依頼できません。',
    'A hold stops every contact with this person, so they may not be asked.',
  ),
  'linked-record-forbids': text(
    '同じ人として紐づけた記録（{record}）に理由があるため、依頼できません（{against}）。',
    'A record linked as the same person ({record}) forbids asking ({against}).',
  ),
  'channels-missing': text('連絡手段を 1 つ以上指定してください。', 'Name at least one channel.'),
  'channel-not-in-purpose': text(
    'この利用目的では連絡手段「{channel}」を使いません。',
    'This purpose does not use the channel “{channel}”.',
  ),
  'already-consented': text(
    '連絡手段「{channel}」には有効な同意があります。',
    'A valid consent already stands for “{channel}”.',
  ),
  'already-asked': text(
    '連絡手段「{channel}」については依頼済みで、回答待ちです。',
    'Consent for “{channel}” has already been asked for; the answer is awaited.',
  ),
  'refused-for-this-version': text(
    '連絡手段「{channel}」について同意しない旨の回答があったため、再度の依頼はできません。',
    'Consent for “{channel}” was refused; the person may not be asked again for this version.',
  ),
  'withdrawn-for-this-version': text(
    '連絡手段「{channel}」の同意が撤回されたため、再度の依頼はできません。',
    'Consent for “{channel}” was withdrawn; the person may not be asked again for this version.',
  ),
  'purpose-version-unknown': text(
    '利用目的に公表された版がありません。',
    'The purpose has no such published version.',
  ),
  'purpose-version-not-in-force': text(
    '同意の発効日時に、その版の利用目的は効力を生じていませんでした。効力発生より前に書面などで得た同意は、同意として記録できません。効力を生じている版の通知文を示して改めて依頼し、その回答を記録してください（以前の書面は証跡ファイルとして保存できます）。',
    'That version of the purpose was not in force at the effective time of the consent. A consent taken before then, on paper for example, cannot be recorded as one: ask again with the notice in force and record that answer. The earlier paper can be kept as an artefact.',
  ),
  'notice-text-differs': text(
    '示した通知文が、利用目的の第{version}版の通知文と一致しません。',
    'The text shown is not the notice of version {version} of the purpose.',
  ),
  'consent-not-granted': text('撤回できる同意がありません。', 'There is no consent to withdraw.'),
  'withdrawn-later': text(
    'この発効日時より後に撤回が記録されています。改めて同意を取得してください。',
    'A withdrawal has been recorded since that effective time. Take a new consent.',
  ),
  'effective-before-grant': text(
    '撤回・不同意の発効日時が、同意の発効日時より前になっています。日付だけを指定すると、その日の午前 0 時とみなします。同じ日であれば時刻まで指定してください。',
    'The withdrawal or refusal would take effect before the consent did. A day alone means its beginning: on the same day, give the time of day too.',
  ),
  'expires-before-effective': text(
    '有効期限が発効日時以前になっています。',
    'The consent would expire before it takes effect.',
  ),
  'expires-after-validity': text(
    '有効期限が、利用目的で定めた有効期間を超えています。',
    'The consent would outlast the validity that the purpose states.',
  ),
  'representative-missing': text(
    '法定代理人の氏名と続柄を入力してください。',
    'Name the legal representative.',
  ),
  'representative-unexpected': text(
    '本人による意思表示には、法定代理人を記録できません。',
    'A representative is named though the person answered.',
  ),
  'artefact-incomplete': text(
    '証跡ファイルの ID とハッシュは、両方を指定してください。',
    'Give both the id and the hash of the artefact, or neither.',
  ),
  'artefact-unknown': text('証跡ファイルが登録されていません。', 'There is no such artefact.'),
  'answer-unknown': text('無効とする回答の記録がありません。', 'There is no such answer to void.'),
  'record-incomplete': text(
    '必須項目「{field}」を満たす情報が台帳にないため、同意の記録を作成できません。',
    'A consent record cannot be made: nothing in the ledger fills its mandatory field “{field}”.',
  ),
  'not-an-answer': text(
    '無効とできるのは、同意または不同意の回答だけです。',
    'Only a consent or a refusal can be voided.',
  ),
  'withdrawal-cannot-be-voided': text(
    '撤回は無効にできません。必要であれば改めて同意を取得してください。',
    'A withdrawal cannot be voided. Take a new consent if one is needed.',
  ),
  'void-would-revive': text(
    'この不同意を無効にすると、連絡手段「{channel}」の以前の同意が本人の意思表示なしに復活します。改めて同意を取得するか、以前の同意も誤りであれば先にそれを無効にしてください。',
    'Without this refusal an earlier consent for “{channel}” would stand again without the person’s word. Take a new consent, or void the earlier one first if it too was an error.',
  ),
  'reason-required': text('理由を入力してください。', 'A reason is required.'),

  // Records of the same person.
  'link-to-itself': text('同じ記録どうしは紐づけられません。', 'A record cannot be linked with itself.'),
  'not-linked': text('この二つの記録は紐づけられていません。', 'These two records are not linked.'),
  'duplicate-linked': text(
    'この二つの記録は同じ人として紐づけられています。別人とするには、先に紐づけを解除してください。',
    'These two records are linked as the same person. Unlink them first.',
  ),

  // Exports with personal data.
  'export-unknown': text('書き出しの申請がありません。', 'There is no such export.'),
  'export-condition-unfit': text(
    '「{field}」は、この内容・形式の書き出しでは指定できません。',
    'An export of this content and format has no “{field}”.',
  ),
  'period-empty': text('期間の終わりが始まりより前になっています。', 'The period ends before it begins.'),
  'export-own-request': text(
    '自分が申請した書き出しは、承認も却下もできません。別の担当者に依頼してください。',
    'Nobody decides about an export that they asked for themselves. Somebody else must.',
  ),
  'export-standing': text(
    'この書き出しは「{standing}」のため、この操作はできません。',
    'This export is {standing}; this cannot be done with it.',
  ),
  'export-not-due': text('この書き出しの期限は、まだ来ていません。', 'This export has not expired yet.'),
  'recipient-required': text('引渡し先の名前を入力してください。', 'Name the recipient.'),

  // Recipients (委託先・第三者).
  'recipient-unknown': text('提供先・委託先が登録されていません。', 'The recipient is not in the register.'),
  'recipient-ended': text(
    'この提供先・委託先は終了しています。',
    'Nothing is done with this recipient any more: it has ended.',
  ),
  'representative-required': text(
    '代表者の氏名を入力してください（個人情報保護法 29 条の記録事項です）。',
    'Name the representative: it belongs to the record of a provision (APPI 29).',
  ),
  'transfer-basis-unfit': text(
    '国内の提供先・委託先の根拠は「国内」、外国にある場合は個人情報保護法 28 条の根拠（同等の水準の国・基準適合体制・本人の同意）のいずれかを指定してください。',
    'In Japan the basis is “japan”; abroad it is one of APPI 28: an equivalent country, equivalent measures, or consent.',
  ),
  'country-not-equivalent': text(
    'この国は、日本と同等の水準にあると認められた国ではありません（個人情報保護法 28 条 1 項）。',
    'This country is not recognised as equivalent to Japan (APPI 28(1)).',
  ),
  'measures-missing': text(
    '基準適合体制を根拠とする場合は、提供先が講じている措置を記載してください（個人情報保護法 28 条 3 項）。',
    'With equivalent measures as the basis, state what the recipient does (APPI 28(3)).',
  ),
  'foreign-information-missing': text(
    '本人の同意を根拠とする場合は、同意の前に示したその国の制度と提供先の措置を記載してください（個人情報保護法 28 条 2 項）。',
    'With consent as the basis, state what was shown before: the country’s system and the recipient’s measures (APPI 28(2)).',
  ),
  'contract-missing': text(
    '委託先には契約を記載してください（個人情報保護法 25 条）。',
    'State the contract with the processor (APPI 25).',
  ),
  'contract-period-unfit': text(
    '契約の終了日が締結日より前になっています。',
    'The contract ends before it was signed.',
  ),
  'contract-over': text(
    'この提供先・委託先との契約は終了しています。更新した契約を登録してください（個人情報保護法 25 条）。',
    'The contract with this recipient is over. Enter the one that renews it (APPI 25).',
  ),
  'joint-use-not-published': text(
    '共同利用は、その内容を公表した場所と日を記載してください（個人情報保護法 27 条 5 項 3 号）。',
    'State where and when the joint use was published (APPI 27(5)(iii)).',
  ),
  'assessment-unfit': text(
    'この評価は、この提供先・委託先には該当しません。',
    'This assessment does not apply to this recipient.',
  ),
  'assessment-wanting': text(
    'この委託先は、選定または定期の評価を受けていないか、不適合であるか、評価の期限を過ぎています（個人情報保護法 25 条）。',
    'This processor has not been assessed, did not pass, or its assessment is overdue (APPI 25).',
  ),
  'measures-not-checked': text(
    'この提供先の措置とその国の制度は、定期の確認を受けていないか、不適合であるか、確認の期限を過ぎています（個人情報保護法 28 条 3 項）。',
    'The measures of this recipient abroad have not been checked, did not pass, or the check is overdue (APPI 28(3)).',
  ),
  'disposal-not-confirmed': text(
    '渡したデータをどうしたか（消去・返却・保有なし）と、その証明を記載してください（個人情報保護法 22 条、25 条）。',
    'State what became of the data, and what proves it: erased, returned or nothing held (APPI 22, 25).',
  ),

  // Provision (第三者提供・委託) and receipt.
  'provision-ground-unfit': text(
    'この提供先・委託先には、この根拠では渡せません（個人情報保護法 27 条。委託先は「委託」、共同利用者は「共同利用」です）。',
    'Data does not go to this recipient on this ground (APPI 27: a processor is entrusted, a joint user uses jointly).',
  ),
  'provision-by-opt-out': text(
    'オプトアウト（個人情報保護法 27 条 2 項）による第三者提供は行いません。退職された方のデータは、本人の同意、法令等、委託・承継・共同利用のいずれかによる場合に限って渡せます（27 条 1 項、5 項）。',
    'Data is not given to third parties by opting out (APPI 27(2)). It goes by consent, by an exception of the law, or to who is entrusted, succeeds or uses jointly (27(1), 27(5)).',
  ),
  'provision-contract-missing': text(
    '記録に代える契約書等を備考で特定してください（個人情報保護法施行規則 19 条 3 項）。',
    'Say in the note which contract or paper stands in for the record (APPI Rules 19(3)).',
  ),
  'provision-purpose-missing': text(
    '本人の同意による提供では、同意した利用目的を指定してください（個人情報保護法 27 条 1 項）。',
    'With consent as the ground, say for which purpose (APPI 27(1)).',
  ),
  'provision-without-consent': text(
    '第三者への提供に有効な同意のない人が {people} 人います（個人情報保護法 27 条 1 項、28 条 1 項）。同意した利用目的に提供先の記載があることも必要です。',
    'No consent that stands lets data of {people} of them go to a third party; it must be to a purpose that says there are recipients (APPI 27(1), 28(1)).',
  ),
  'provision-of-nobody': text('対象の人を指定してください。', 'Say whose data it is.'),
  'provision-of-gone': text(
    '対象の人の中に、登録がないか、データを消去した（消去中の）人がいます。',
    'Somebody among them is not registered, or their data is erased.',
  ),
  'provision-too-large': text(
    '一つの記録は {most} 人までです。分けて記録してください。',
    'One record is of at most {most} people. Record it in parts.',
  ),
  'export-not-made': text(
    'その書き出しのファイルがありません。作成済みで、まだ削除されていない書き出しを指定してください。',
    'There is no file of this export. Name one that is made and not deleted.',
  ),
  'acquisition-missing': text(
    '提供元がデータを取得した経緯と、その確認の方法を入力してください（個人情報保護法 30 条 1 項 2 号）。',
    'Say how the provider had come by the data, and how that was confirmed (APPI 30(1)(ii)).',
  ),

  // Corrections (34).
  'investigation-missing': text(
    '何を確認し、どうだったかを入力してください（個人情報保護法 34 条 2 項）。',
    'Say what was looked at and what it showed (APPI 34(2)).',
  ),
  'correct-what-is-wrong': text(
    '誤りと分かった項目は、確認の内容とともに訂正してください（個人情報保護法 34 条 2 項）。',
    'What was found wrong is corrected, with what was looked at (APPI 34(2)).',
  ),
  'nothing-to-confirm': text(
    '「{field}」は登録されていないため、確認できません。',
    '“{field}” is not known, so that nobody can confirm it.',
  ),

  // Telling recipients.
  'telling-proof-missing': text(
    '連絡したことの証明（文書番号、返信など）を入力してください（個人情報保護法 25 条、34 条）。',
    'Say what shows that the recipient was told: a document number, an answer (APPI 25, 34).',
  ),

  // Erasure.
  'erasure-unknown': text('消去計画がありません。', 'There is no such plan of erasure.'),
  'erasure-of-nobody': text(
    '消去できるデータのある人がいません（保全中 {held}名、消去するものがない人 {empty}名）。',
    'There is nobody to erase: {held} held, {empty} with nothing to erase.',
  ),
  'erasure-own-plan': text(
    'この人数の消去計画は、作成した本人には承認できません。別の担当者に依頼してください。',
    'Nobody approves a plan of this size that they made themselves. Somebody else must.',
  ),
  'erasure-standing': text(
    'この消去計画は「{erasure}」のため、この操作はできません。',
    'This plan of erasure is {erasure}; this cannot be done with it.',
  ),
  'erasure-held': text(
    '保全措置がとられているため、消去できません。',
    'A hold stands: nothing of the person may be erased.',
  ),
  'erasure-mark-lifted': text(
    '消去の対象から外されています。',
    'The person is no longer marked for erasure.',
  ),
  'erasure-retained': text(
    '{category}は{until}まで残す必要があるため、まだ消去できません（個人情報保護法 22 条。{number}）。',
    'The {category} must stay until {until} and cannot be erased yet (APPI 22; {number}).',
  ),
  'erasure-item-unknown': text(
    '指定された項目は、どのイベントにもありません。',
    'No event states what is to be erased.',
  ),
  'erasure-not-started': text('消去は始まっていません。', 'This erasure has not begun.'),
  // Requests by the person; their own articles stand with the kind.
  'request-unknown': text(
    'この請求の記録がありません（個人情報保護法 37条）。',
    'There is no such request (APPI 37).',
  ),
  'request-closed': text(
    'この請求は完了しているため、変更できません。不服の申し出は、苦情として記録してください（個人情報保護法 40条）。',
    'This request is closed. What the person says against it is recorded as a complaint (APPI 40).',
  ),
  'requester-missing': text(
    '誰についての請求か、氏名を入力してください（個人情報保護法 37条2項）。',
    'Say whose data is asked about: a name (APPI 37(2)).',
  ),
  'asked-missing': text(
    '請求の内容を入力してください（個人情報保護法 37条2項）。',
    'Say what is asked for (APPI 37(2)).',
  ),
  'request-ground-missing': text(
    '「{requestKind}」には、請求の根拠を指定してください。',
    'A request of the kind “{requestKind}” names its ground.',
  ),
  'request-ground-unfit': text(
    '「{requestGround}」は、「{requestKind}」の根拠になりません。',
    'A request of the kind “{requestKind}” has no ground “{requestGround}”.',
  ),
  'request-agent-missing': text(
    '代理人の氏名と本人との関係を入力してください（個人情報保護法 37条3項、同法施行令 13条）。',
    'Say who asks for the person, and what they are to them (APPI 37(3), Enforcement Order 13).',
  ),
  'request-agent-unexpected': text(
    '本人による請求には、代理人を記録できません（個人情報保護法 37条3項）。',
    'The person asks for themselves: there is no representative to record (APPI 37(3)).',
  ),
  'request-authority-missing': text(
    '代理権を何で確認したかを入力してください（個人情報保護法 37条3項、同法施行令 13条）。',
    'Say what showed that the representative or agent may ask (APPI 37(3), Enforcement Order 13).',
  ),
  'request-unverified': text(
    '本人であることの確認が済んでいないため、対応も決定もできません（個人情報保護法 37条1項、同法施行令 12条3号）。',
    'It has not been verified who asks, so nothing can be done or decided (APPI 37(1), Enforcement Order 12(iii)).',
  ),
  'request-verified': text(
    '本人であることは確認済みです。確認できなかった請求としては扱えません（個人情報保護法 37条1項）。',
    'It has been verified who asks; the request is not unverifiable (APPI 37(1)).',
  ),
  'request-unmatched': text(
    '誰のデータについての請求かを、台帳の記録と結び付けてください（個人情報保護法 33条〜35条）。',
    'Match the request with a person of the ledger first (APPI 33 to 35).',
  ),
  'deputy-is-assignee': text(
    '担当者と代理の担当者には、別の人を指定してください（個人情報保護法 40条2項）。',
    'Assignee and deputy must be two people (APPI 40(2)).',
  ),
  'request-paused': text(
    'この請求は中断しています。再開してから操作してください（個人情報保護法 39条の期間は進みます）。',
    'This request is paused: resume it first. The two weeks of APPI 39 go on.',
  ),
  'request-link-unfit': text(
    '重複として結び付けられるのは、それ自体が重複でない、別の請求だけです（個人情報保護法 37条）。',
    'A duplicate is linked with another request that is not a duplicate itself (APPI 37).',
  ),
  'request-not-linked': text(
    '重複する元の請求が結び付けられていません（個人情報保護法 37条）。',
    'No request that this one repeats has been linked (APPI 37).',
  ),
  'fee-not-allowed': text(
    '「{requestKind}」に手数料は徴収できません。徴収できるのは、利用目的の通知と開示だけです（個人情報保護法 38条）。',
    'No fee may be taken for “{requestKind}”: only for a notice of purposes and for disclosure (APPI 38).',
  ),
  'task-unknown': text(
    'この請求にその作業はありません（個人情報保護法 22条・33条〜35条）。',
    'The request has no such task (APPI 22, 33 to 35).',
  ),
  'task-due-in-past': text(
    '作業の期限には、これから先の日付を指定してください（個人情報保護法 33条〜35条「遅滞なく」）。',
    'A task is due in the future (APPI 33 to 35, “without delay”).',
  ),
  'task-open': text(
    '回答のない作業が {tasks} 件あります。すべての回答を得てから実施を記録してください（個人情報保護法 22条・33条〜35条）。',
    'Tasks without an answer: {tasks}. It is done when it is done everywhere (APPI 22, 33 to 35).',
  ),
  'request-decided': text(
    'この請求は決定済みです。不服の申し出があれば、苦情として記録してから改めて決定してください（個人情報保護法 40条）。',
    'This request has been decided. Decide anew only after a complaint (APPI 40).',
  ),
  'request-undecided': text(
    'この請求はまだ決定していません（個人情報保護法 33条〜36条）。',
    'This request has not been decided yet (APPI 33 to 36).',
  ),
  'complaint-not-refusable': text(
    '苦情の申し出は拒めません。適切かつ迅速な処理に努めます（個人情報保護法 40条）。',
    'A complaint cannot be refused: it is dealt with as well and as fast as one can (APPI 40).',
  ),
  'refusal-ground-missing': text(
    '応じない理由の区分を指定してください（{requestKind}、同法 36条）。',
    'Name the ground on which it is not granted: {requestKind}; APPI 36.',
  ),
  'refusal-ground-unfit': text(
    '「{refusalGround}」を理由に「{requestKind}」を拒むことはできません。',
    'Refusing “{requestKind}” on the ground “{refusalGround}” is not possible.',
  ),
  'substitute-missing': text(
    '多額の費用を理由に応じないときは、権利利益を守るための代替措置を入力してください（個人情報保護法 35条2項・6項）。',
    'Where the cost would be out of proportion, say what is done instead to protect the person (APPI 35(2)(6)).',
  ),
  'deferral-unfit': text(
    '「{requestKind}」は延期できません。法令の保存期間を理由に延期できるのは、消去と削除だけです（個人情報保護法 35条）。',
    'Only erasure and deletion wait for a statutory retention, not “{requestKind}” (APPI 35).',
  ),
  'deferral-incomplete': text(
    'いつまで、どの法令の保存期間により延期するかを指定してください（個人情報保護法 35条2項・36条）。',
    'Say until when it is deferred, and which statutory retention asks for it (APPI 35(2), 36).',
  ),
  'deferral-in-past': text(
    '延期の期限には、これから先の日付を指定してください（個人情報保護法 35条）。',
    'A deferral ends in the future (APPI 35).',
  ),
  'request-deferred': text(
    'この請求は法令の保存期間が終わるまで延期されています（個人情報保護法 35条）。',
    'This request is deferred until a statutory retention ends (APPI 35).',
  ),
  'request-refused': text(
    'この請求には応じない決定をしているため、実施するものはありません（個人情報保護法 36条）。',
    'This request was refused: there is nothing to carry out (APPI 36).',
  ),
  'request-executed': text(
    'この請求は実施済みです（個人情報保護法 33条〜35条）。',
    'This request has been carried out (APPI 33 to 35).',
  ),
  'request-not-executed': text(
    '決定した内容を実施してから、何をしたかを本人に知らせてください（個人情報保護法 33条〜35条）。',
    'Carry out what was decided first: the person is told what was done (APPI 33 to 35).',
  ),
  'request-not-notified': text(
    '本人への通知が記録されていません（個人情報保護法 33条3項・34条3項・35条7項）。',
    'The person has not been told yet (APPI 33(3), 34(3), 35(7)).',
  ),
  'request-complained': text(
    'この決定への苦情に、まだ答えていません。改めて決定し、知らせてください（個人情報保護法 40条）。',
    'A complaint about the decision is open: decide anew, and tell the person (APPI 40).',
  ),
  'systems-unasked': text(
    'データのある可能性のあるシステムのうち {systems} 件に、まだ作業を依頼していません（個人情報保護法 22条・33条〜35条）。',
    'Of the systems that may hold the data {systems} have not been asked yet (APPI 22, 33 to 35).',
  ),
  'request-needs-no-system': text(
    '「{requestKind}」には、システムごとの作業は必要ありません。',
    'A request of the kind “{requestKind}” is not carried out system by system.',
  ),
  'request-of-another': text(
    'この請求は、この人についてのものではありません（個人情報保護法 33条〜35条）。',
    'This request is not about this person (APPI 33 to 35).',
  ),
  'reply-unfit': text(
    'この文書は、決定の内容（{decision}）または請求の種別と合いません（個人情報保護法 33条〜36条）。',
    'This letter does not fit what was decided ({decision}), or the kind of the request (APPI 33 to 36).',
  ),
  'answer-form-differs': text(
    '開示は本人の求める方法で行います。変えられるのは、それが困難なときの書面だけです（個人情報保護法 33条2項）。',
    'Disclosure is made in the form asked for; only paper may take its place, where that is difficult (APPI 33(2)).',
  ),
  'form-reason-missing': text(
    '本人の求める形式と違うときは、その理由を入力してください（個人情報保護法 33条2項）。',
    'Say why the answer is not in the form asked for (APPI 33(2)).',
  ),

  // Holds.
  'hold-unknown': text('保全措置の記録がありません。', 'There is no such hold.'),
  'hold-released': text('この保全措置は解除されています。', 'This hold has been released.'),
  'hold-already-placed': text(
    '同じ番号の保全措置が、別の内容で記録されています。',
    'A hold with this id has been placed with other content.',
  ),
  'review-in-past': text(
    '見直し日時には、これから先の日時を指定してください。',
    'The review must lie in the future.',
  ),

  // Law and retention.
  'law-number-out-of-range': text(
    'この数値は {least} から {most} までの範囲で指定してください。',
    'This number may be set from {least} to {most}.',
  ),
  'document-held-here': text(
    'この書類は Enishi が保有するものです。他のシステムの記録としては登録できません。',
    'Enishi itself holds this document; it cannot be recorded as held elsewhere.',
  ),
  'anchor-not-of-document': text(
    'この書類の保存期間の起算日ではない日付が指定されています。',
    'The period of this document does not run from that day.',
  ),
  'held-entry-unknown': text(
    '他のシステムで保有する書類の記録がありません。',
    'There is no such entry of a document held elsewhere.',
  ),
  'disposal-already-confirmed': text(
    'この書類の廃棄は、別の日付ですでに確認されています。',
    'The disposal of this document has been confirmed with another day.',
  ),
  'disposal-in-future': text(
    '廃棄の日に、先の日付は指定できません。',
    'The day of a disposal cannot lie ahead.',
  ),
  'disposal-proof-missing': text(
    '廃棄を証明するもの（証明書の番号など）を入力してください。',
    'State what proves the disposal (a certificate, its number).',
  ),

  // Inventory of data stores.
  'system-unknown': text('台帳にないシステムです。', 'There is no such system in the inventory.'),
  'system-retired': text(
    '廃止されたシステムは変更できません。',
    'The system has been retired and cannot be changed.',
  ),
  'system-field-missing': text(
    'システムの「{field}」を入力してください。',
    'Fill in the system’s “{field}”.',
  ),

  // Time.
  'consent-not-expired': text(
    'この同意の有効期間はまだ終わっていません。',
    'The validity of this consent is not over.',
  ),
  'clock-day-differs': text(
    'サーバーの時計の日付と異なります。時計を直してから、もう一度確認してください。',
    'The server’s clock shows another day. Set it right, then confirm again.',
  ),
} as const satisfies Readonly<Record<string, Bilingual>>;

/** Every code that a rule refuses with. */
export const REFUSAL_CODES = Object.keys(REFUSAL_MESSAGES) as readonly (keyof typeof REFUSAL_MESSAGES)[];
