import { CHANNEL_NAMES } from '../names';
import type { Bilingual, PurposeContent } from '../shapes';
import type { ContactChannel } from '../terms';

/**
 * What one template says for itself; the frame around it (who, how long, how to withdraw, rights) is the same
 * for all, so that a person who has read one notice finds their way in the next.
 */
export interface PurposeWording {
  readonly title: Bilingual;
  /** What the data is used for, concretely (17(1)): one full sentence or more. */
  readonly use: Bilingual;
  /** What it does not mean: no promise, no duty, no reward. */
  readonly limits: Bilingual;
  readonly data: Bilingual;
  readonly categories: PurposeContent['categories'];
  readonly channels: readonly ContactChannel[];
  readonly validityMonths: number;
  readonly purposeType: string;
  readonly piiTypes: readonly string[];
}

const DPV = 'https://w3id.org/dpv#';
const JAPAN = 'https://w3id.org/dpv/loc#JP';

/** Rights under APPI 32 to 35 and 40, by the codes of the request desk. */
const RIGHTS = [
  'purpose-notice',
  'disclosure',
  'disclosure-of-provision-records',
  'correction',
  'addition',
  'deletion',
  'cease-use',
  'erasure',
  'stop-provision',
  'complaint',
] as const;

const WITHDRAWAL: Bilingual = {
  ja: 'お送りする連絡に記載の手続き、または窓口（{contactPoint}）へのご連絡（方法は問いません。）により、いつでも、理由をお伺いすることなく、無料で撤回できます。連絡手段ごとの撤回もできます。',
  en: 'At any time, free of charge and without giving a reason: as described in every message we send, or by contacting {contactPoint} in any way you like. You may withdraw for single channels.',
};

/** A purpose, complete but for the company's own particulars. */
export function purposeTemplate(wording: PurposeWording): PurposeContent {
  const { title, categories, channels, validityMonths, purposeType, piiTypes } = wording;
  return {
    title,
    notice: notice(wording),
    categories,
    channels,
    validityMonths,
    purposeType,
    lawfulBasis: `${DPV}Consent`,
    piiTypes,
    collectionMethod: {
      ja: '在籍中に雇用管理のために取得した情報の一部と、退職時または退職後にご本人から提供いただいた情報を用います。',
      en: 'Part of the data collected for employment management while you worked for us, and data you gave on or after leaving.',
    },
    processingMethod: {
      ja: '暗号化した台帳に記録し、対象となる方を抽出して、同意いただいた連絡手段でご連絡します。自動的な処理のみによって合否等を決定することはありません。',
      en: 'Recorded in an encrypted ledger, from which the people concerned are selected and contacted by the channels they agreed to. Nothing about you is decided by automatic means alone.',
    },
    storageLocations: [JAPAN],
    processingLocations: [JAPAN],
    retentionPeriod: retention(validityMonths),
    jurisdiction: 'JP',
    recipients: [
      {
        ja: 'なし（第三者には提供しません。）',
        en: 'None (not provided to third parties)',
      },
    ],
    withdrawalMethod: WITHDRAWAL,
    privacyRights: RIGHTS,
    service: { ja: '{company} アルムナイ制度', en: '{company} alumni programme' },
  };
}

function retention(months: number): Bilingual {
  return {
    ja: `同意の日から${months}か月間、または撤回の時までです。その後は、法令により保存が必要なものを除き、遅滞なく消去します。同意の記録は、適正に取り扱ったことを証するため、同意の終了から5年間保存します。`,
    en: `For ${months} months from the day you consent, or until you withdraw. After that we erase the data without delay, except where a law requires us to keep it. The record of your consent is kept for five years after it ends, as proof of proper handling.`,
  };
}

function notice(wording: PurposeWording): Bilingual {
  const { use, limits, data, channels, validityMonths, title } = wording;
  const kept = retention(validityMonths);
  const by = (language: 'ja' | 'en') => channels.map((one) => CHANNEL_NAMES[one][language]);
  return {
    ja: [
      `「${title.ja}」に関する個人情報の取扱いについて`,
      '{company}（以下「当社」といいます。）は、退職された皆さまの個人情報を次のとおり取り扱います。お読みのうえ、同意いただけるかどうかをお知らせください。',
      '1. 事業者\n{company}\n住所: {address}\n代表者: {representative}',
      `2. 利用目的\n${use.ja}${limits.ja}`,
      `3. 利用する情報\n${data.ja}健康状態、信条などの要配慮個人情報は利用しません。`,
      `4. 連絡手段\n${by('ja').join('、')}のうち、同意いただいたものに限ります。`,
      `5. 保存期間\n${kept.ja}期間の満了後もご連絡を希望される場合は、改めて同意をお願いします。`,
      '6. 第三者への提供と委託\nご本人の同意がある場合または法令に基づく場合を除き、第三者（当社のグループ会社を含みます。）には提供しません。取扱いを委託するときは、委託先を適切に選定し、監督します。',
      '7. 同意は任意です\n同意されなくても、また撤回されても、退職の手続きや退職金その他の取扱いにおいて不利益を受けることはありません。お返事がない場合は、同意されたものとは扱いません。',
      `8. 撤回の方法\n${WITHDRAWAL.ja}撤回された後は、この目的でのご連絡を直ちに止めます。撤回前に行った取扱いには影響しません。`,
      '9. 開示等のご請求・苦情の窓口\n利用目的の通知、開示、訂正・追加・削除、利用停止・消去、第三者提供の停止のご請求と、苦情は、次の窓口で承ります。\n{contactPoint}',
    ].join('\n\n'),
    en: [
      `How we handle your personal data for “${title.en}”`,
      '{company} (“we”) handles the personal data of people who have left the company as described here. Please read it and tell us whether you agree.',
      '1. Who we are\n{company}\nAddress: {address}\nRepresentative: {representative}',
      `2. What we use the data for\n${use.en} ${limits.en}`,
      `3. Which data we use\n${data.en} We do not use sensitive data such as health or creed.`,
      `4. How we contact you\nOnly by those of the following that you agree to: ${by('en').join(', ')}.`,
      `5. How long\n${kept.en} If you wish to hear from us after that, we will ask you again.`,
      '6. Third parties and processors\nWe give the data to no third party, our group companies included, unless you agree or a law requires it. Where we entrust its handling to others, we select them with care and supervise them.',
      '7. Your choice\nYou are free to agree or not. Not agreeing, or withdrawing later, has no bearing on the formalities of leaving, on retirement pay or on anything else. If you do not answer, we do not take it as consent.',
      `8. How to withdraw\n${WITHDRAWAL.en} Once you withdraw, we stop contacting you for this purpose at once. What was done before remains lawful.`,
      '9. Requests and complaints\nTo be told the purpose of use, to have data disclosed, corrected, completed, deleted, no longer used, erased or no longer provided, and for complaints, please contact:\n{contactPoint}',
    ].join('\n\n'),
  };
}
