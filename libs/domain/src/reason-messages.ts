import type { ReasonCode } from './reasons';
import type { Bilingual } from './shapes';

/** Why a person may not be contacted, or not be asked, as a Japanese office writes it. */
export const REASON_MESSAGES: Readonly<Record<ReasonCode, Bilingual>> = {
  'not-registered': {
    ja: 'この時点では台帳に登録されていません。',
    en: 'Not registered in the ledger at this time.',
  },
  'import-undone': {
    ja: '登録のもとになった取り込みが取り消されています。',
    en: 'The import that registered this person has been undone.',
  },
  died: { ja: '死亡が記録されています。', en: 'Recorded as deceased.' },
  returned: { ja: '復職し、現在は在籍中です。', en: 'Has returned and is employed now.' },
  erased: { ja: '個人データは消去済みです。', en: 'The personal data has been erased.' },
  'erasure-started': { ja: '個人データの消去手続き中です。', en: 'The personal data is being erased.' },
  held: { ja: '連絡を停止する保全措置がとられています。', en: 'A hold stops every contact.' },
  'purpose-unknown': { ja: '利用目的が登録されていません。', en: 'The purpose is not registered.' },
  'purpose-not-in-force': {
    ja: '利用目的がまだ効力を生じていません（未公表、または通知・公表の記録がありません）。',
    en: 'The purpose is not in force: not published yet, or its notice is not recorded.',
  },
  'purpose-retired': { ja: '利用目的は廃止されています。', en: 'The purpose has been retired.' },
  'channel-not-in-purpose': {
    ja: 'この利用目的では連絡手段「{channel}」を使いません。',
    en: 'This purpose does not use the channel “{channel}”.',
  },
  'programme-unknown': { ja: '制度が登録されていません。', en: 'The programme is not registered.' },
  'programme-not-in-force': {
    ja: '制度が開始前であるか、終了しています。',
    en: 'The programme has not started, or has been closed.',
  },
  'purpose-not-in-programme': {
    ja: 'この制度は当該の利用目的を対象としていません。',
    en: 'The programme does not offer this purpose.',
  },
  'channel-not-in-programme': {
    ja: 'この利用目的を対象とする制度では連絡手段「{channel}」を使いません。',
    en: 'No programme for this purpose uses the channel “{channel}”.',
  },
  'not-eligible': {
    ja: '制度の対象者の要件を満たしていません。',
    en: 'Not within the programme’s eligibility rule.',
  },
  'eligibility-unknown': {
    ja: '制度の対象者かどうかを判断するための情報が不足しています。',
    en: 'Information needed to judge eligibility is missing.',
  },
  'no-address': {
    ja: '連絡手段「{channel}」の連絡先が登録されていません。',
    en: 'No address is known for the channel “{channel}”.',
  },
  'never-asked': { ja: '同意の確認をまだ行っていません。', en: 'Has not been asked for consent.' },
  'consent-requested': {
    ja: '同意を依頼中で、回答がありません。',
    en: 'Has been asked for consent and has not answered.',
  },
  'consent-refused': { ja: '同意しない旨の回答がありました。', en: 'Has refused consent.' },
  'consent-withdrawn': { ja: '同意が撤回されています。', en: 'Has withdrawn consent.' },
  'consent-expired': { ja: '同意の有効期間が満了しています。', en: 'The consent has expired.' },
  'consent-invalidated': {
    ja: '同意の記録は誤りとして無効とされ、有効な同意がありません。',
    en: 'The consent was recorded in error and voided; none stands.',
  },
  'consent-for-earlier-version': {
    ja: '同意は利用目的の第{version}版に対するもので、その後の目的外変更について再同意が必要です。',
    en: 'The consent is for version {version} of the purpose; it has changed beyond scope since and needs new consent.',
  },
  'consent-version-not-in-force': {
    ja: '同意の時点で、利用目的の第{version}版は効力を生じていませんでした。',
    en: 'Version {version} of the purpose was not in force when consent was given.',
  },
  'consent-before-return': {
    ja: '同意は復職前のものです。再度の退職後は改めて同意が必要です。',
    en: 'The consent dates from before the return to work and must be asked anew.',
  },
  'evidence-incomplete': {
    ja: '同意の証跡が不足しています。個人情報保護の担当者が承認するまで連絡できません。',
    en: 'The evidence of the consent is incomplete, and compliance has not approved it.',
  },
  'view-parked': {
    ja: '名簿の更新が止まっているため、安全のため連絡できません。管理者にお知らせください。',
    en: 'This view has stopped updating, so nobody in it may be contacted. Tell the operator.',
  },
  'linked-record': {
    ja: '同じ人として紐づけた記録（{record}）に、連絡できない理由があります。',
    en: 'A record linked as the same person ({record}) stands in the way.',
  },
  'linked-listed-once': {
    ja: '同じ人として紐づけた記録（{record}）で一覧に出ています。',
    en: 'Is on the list by another record of the same person ({record}).',
  },
  'already-consented': { ja: 'すでに有効な同意があります。', en: 'A valid consent already stands.' },
  'already-asked': {
    ja: 'すでに同意を依頼しており、回答待ちです。',
    en: 'Has already been asked; the answer is awaited.',
  },
  'refused-for-this-version': {
    ja: 'この版について同意しない旨の回答があったため、再度の依頼はできません。',
    en: 'Has refused for this version and may not be asked again.',
  },
  'withdrawn-for-this-version': {
    ja: 'この版について同意が撤回されたため、再度の依頼はできません。',
    en: 'Has withdrawn for this version and may not be asked again.',
  },
};
