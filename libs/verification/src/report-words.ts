import type { Manifest } from '@enishi/bundle';
import type { Attested } from './attested';
import type { Finding } from './finding';
import { FINDING_WORDS } from './finding-words';
import type { Report } from './verify';

/** Languages of what people read. */
export type Language = 'ja' | 'en';

/** A name and what it names; absent ones are left out by whoever shows them. */
export type Fact = readonly [name: string, value: string];

const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** What stands in a bundle, shown: a forger's text must not write over the report, nor turn it round. */
const plain = (text: string): string => text.replace(UNSEEN, '\ufffd');

/** What is wrong, and where. */
export function findingText(
  finding: Finding,
  language: Language,
): { readonly where: string; readonly what: string } {
  return { where: plain(placeOf(finding, language)), what: FINDING_WORDS[finding.code][language] };
}

function placeOf({ file, line, leaf, lastLeaf, event, stream, field }: Finding, language: Language): string {
  const ja = language === 'ja';
  const leaves = lastLeaf === undefined ? String(leaf) : `${leaf}–${lastLeaf}`;
  const parts = [
    file,
    line !== undefined && (ja ? `${line} 行目` : `line ${line}`),
    leaf !== undefined && (ja ? `リーフ ${leaves}` : `leaf ${leaves}`),
    event !== undefined && (ja ? `イベント ${event}` : `event ${event}`),
    stream !== undefined && (ja ? `ストリーム ${stream}` : `stream ${stream}`),
    field !== undefined && (ja ? `項目 ${field}` : `field ${field}`),
  ];
  return parts.filter((part) => part !== undefined && part !== false).join(ja ? '、' : ', ');
}

/** The outcome in one sentence. */
export function headline({ outcome, findingCount }: Report, language: Language): string {
  if (outcome === 'verified')
    return language === 'ja'
      ? '検証できました。食い違いはありません。'
      : 'Verified. Nothing is wrong with this bundle.';
  return language === 'ja'
    ? `検証できません。食い違いが ${findingCount} 件あります。`
    : `Not verified: ${findingCount} ${findingCount === 1 ? 'thing is' : 'things are'} wrong.`;
}

/** What a verified bundle proves and what it does not, as sentences. Of one that failed, nothing may be concluded. */
export function statements(report: Report, language: Language): readonly string[] {
  const { outcome, manifest, trust, counted } = report;
  if (outcome === 'failed' || !manifest || !trust || !counted)
    return [
      language === 'ja'
        ? 'このバンドルの内容に頼らず、作成者に問い合わせてください。'
        : 'Do not rely on what is in this bundle, and ask whoever made it.',
    ];
  return [
    ...completeness(manifest, counted, language),
    ...trusted(trust).map((sentence) => sentence[language]),
    ...values(manifest, counted, language),
    ...unchecked(trust, language),
  ];
}

type Sentence = Readonly<Record<Language, string>>;

/** How far the signatures can be relied on. */
function trusted(trust: NonNullable<Report['trust']>): readonly Sentence[] {
  const { isYourKey, since, witnessed, stamped } = trust;
  const outside = [
    ...(since === undefined ? [] : [notRewritten(since)]),
    ...witnessed.map(witnessedBy),
    ...(stamped ? [stampedBy(stamped)] : []),
  ];
  return [isYourKey ? YOUR_KEY : SELF_SIGNED, ...(outside.length > 0 ? outside : [MAY_BE_REWRITTEN])];
}

const SELF_SIGNED: Sentence = {
  ja: '自己署名: 下の公開鍵の持ち主が署名した台帳です。それが確かにその会社の鍵かどうかは、別の経路で受け取った鍵と見比べてください。',
  en: 'Self-signed: the holder of the key below signed this ledger. Whether that key is the company’s, compare it with one that reached you another way.',
};

const YOUR_KEY: Sentence = {
  ja: '指定された公開鍵の署名があります。',
  en: 'Signed by the key you gave.',
};

const MAY_BE_REWRITTEN: Sentence = {
  ja: '鍵の持ち主自身が過去を書き換えていないことまでは言えません。それには、以前のチェックポイントの保管、または信頼する立会人・時刻認証局の指定が必要です。',
  en: 'It does not say that the holder of the key has not rewritten the past: a checkpoint that you kept can, or a witness or an authority of time stamps that you trust.',
};

const notRewritten = (since: number): Sentence => ({
  ja: `お手元のチェックポイント（イベント ${since} 件）から先へ続いています。そこまでの記録は書き換えられていません。`,
  en: `The ledger goes on from the checkpoint you kept (${since} events): nothing up to there was rewritten.`,
});

const witnessedBy = ({ by, at, size }: Attested): Sentence => ({
  ja: `立会人 ${plain(by)} が ${tokyo(at)} に署名しています（イベント ${size} 件まで）。その後、そこまでの記録は書き換えられていません。`,
  en: `Witnessed by ${plain(by)} at ${tokyo(at)}: none of the first ${size} events was rewritten since.`,
});

const stampedBy = ({ by, at, size }: Attested): Sentence => ({
  ja: `時刻認証局 ${plain(by)} のタイムスタンプがあります（${tokyo(at)}、イベント ${size} 件まで）。その後、そこまでの記録は書き換えられていません。`,
  en: `Time-stamped by ${plain(by)} at ${tokyo(at)}: none of the first ${size} events was rewritten since.`,
});

function completeness(
  { scope }: Pick<Manifest, 'scope'>,
  { events, streams, data }: NonNullable<Report['counted']>,
  language: Language,
): readonly string[] {
  if (scope.of === 'ledger')
    return [
      language === 'ja'
        ? `台帳のイベント ${events} 件がすべて揃っています（証明済み）。`
        : `All ${events} events of the ledger are there. That is proven.`,
    ];
  return language === 'ja'
    ? [
        `イベント ${events} 件は、署名された台帳にこの内容で記録されています。表の ${data} 行は、そのイベントから計算したものと一致します。`,
        `${streams} 本のストリームに、途中の抜けはありません（証明済み）。ストリームがそこで終わることと、ほかに当てはまるストリームがないことは、作成者の署名された言明です。`,
      ]
    : [
        `The ${events} events stand in the signed ledger as they are here, and the ${data} lines of the table are what they come to.`,
        `Nothing is missing within the ${streams} streams: that is proven. That they end there, and that no other stream belongs here, is the signed word of whoever made the bundle.`,
      ];
}

function values(
  { level }: Pick<Manifest, 'level'>,
  { proven, withheld, erased, erasedUnrecorded }: NonNullable<Report['counted']>,
  language: Language,
): readonly string[] {
  const ja = language === 'ja';
  const said = ja
    ? `封じられた値: 台帳の値と一致 ${proven} 件、非開示 ${withheld} 件、消去済み ${erased} 件。`
    : `Sealed values: ${proven} proven to be those in the ledger, ${withheld} withheld, ${erased} erased.`;
  const unrecorded = ja
    ? `消去済みのうち ${erasedUnrecorded} 件は、消去の記録がこのバンドルにありません（作成者の言明です）。`
    : `Of the erased ones, ${erasedUnrecorded} have no record of an erasure in this bundle: that is the word of whoever made it.`;
  const masked = ja
    ? '伏せ字の連絡先は作成者の言明で、証明されていません。'
    : 'Masked contact data is the word of whoever made the bundle, and is not proven.';
  return [said, ...(erasedUnrecorded > 0 ? [unrecorded] : []), ...(level === 'masked' ? [masked] : [])];
}

function unchecked(
  { unchecked: others, hasUncheckedTimestamp }: NonNullable<Report['trust']>,
  language: Language,
): readonly string[] {
  const ja = language === 'ja';
  const names = plain(others.join(ja ? '、' : ', '));
  const signed = ja
    ? `チェックポイントには、ほかの署名（${names}）もあります。立会人の鍵を指定すれば確かめられます。`
    : `The checkpoint is signed by others too (${names}). Give their keys as witnesses to have that checked.`;
  const stamped = ja
    ? 'タイムスタンプがあります。時刻認証局の証明書を指定すれば確かめられます。'
    : 'There is a time stamp. Give the certificate of its authority to have it checked.';
  return [...(others.length > 0 ? [signed] : []), ...(hasUncheckedTimestamp ? [stamped] : [])];
}

/** Particulars of the bundle, as it states them itself. */
export function facts({ manifest, trust }: Report, language: Language): readonly Fact[] {
  if (manifest === undefined) return [];
  const ja = language === 'ja';
  const { bundle, ledger, scope, level, checkpoint, createdAt } = manifest;
  return [
    [ja ? 'バンドル' : 'Bundle', bundle],
    [ja ? '台帳' : 'Ledger', ledger],
    [ja ? '範囲' : 'Scope', plain(scopeText(scope, language))],
    [ja ? '開示の程度' : 'Level', LEVELS[level][language]],
    [ja ? '作成日時（作成者の言明）' : 'Made (as stated)', tokyo(createdAt)],
    [
      ja ? 'チェックポイント' : 'Checkpoint',
      ja ? `イベント ${checkpoint.size} 件` : `${checkpoint.size} events`,
    ],
    [ja ? '木の根' : 'Root', checkpoint.root],
    ...(trust?.keys ?? []).map((key): Fact => [ja ? '公開鍵' : 'Public key', plain(key)]),
  ];
}

const OF: Readonly<Record<Manifest['scope']['of'], Sentence>> = {
  consents: { ja: '同意の履歴', en: 'history of consents' },
  trail: { ja: '監査証跡', en: 'audit trail' },
  ledger: { ja: '台帳のすべてのイベント', en: 'all events of the ledger' },
};

const LEVELS: Readonly<Record<Manifest['level'], Sentence>> = {
  none: { ja: '個人データなし', en: 'no personal data' },
  masked: { ja: '氏名・社員番号、連絡先は伏せ字', en: 'names and employee numbers, contact masked' },
  full: { ja: '連絡先と同意の証跡を含む', en: 'with contact and evidence of consents' },
};

const CONDITIONS: Readonly<Record<string, Sentence>> = {
  alumni: { ja: '本人', en: 'people' },
  purpose: { ja: '利用目的', en: 'purpose' },
  from: { ja: '記録日時の始まり', en: 'recorded from' },
  to: { ja: '記録日時の終わり', en: 'recorded before' },
  kind: { ja: '種別', en: 'kind' },
  batch: { ja: '取込み', en: 'import' },
  actor: { ja: '記録者', en: 'recorded by' },
};

function scopeText({ of, ...conditions }: Manifest['scope'], language: Language): string {
  const chosen = Object.entries(conditions).map(([name, value]) => {
    const text = Array.isArray(value) ? value.join(' ') : String(value);
    return `${CONDITIONS[name]?.[language] ?? name} ${name === 'from' || name === 'to' ? tokyo(text) : text}`;
  });
  return [OF[of][language], ...chosen].join(language === 'ja' ? '、' : ', ');
}

const CLOCK = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** An instant as people in Japan read it. */
function tokyo(instant: string): string {
  const time = Date.parse(instant);
  return Number.isNaN(time) ? instant : `${CLOCK.format(time)} JST`;
}

/**
 * The whole report as text for a terminal or a letter.
 * @param paint colours the outcome, where there are colours
 */
export function reportText(
  report: Report,
  language: Language,
  paint: { readonly good: (text: string) => string; readonly bad: (text: string) => string } = PLAIN,
): string {
  const isGood = report.outcome === 'verified';
  const said = `${isGood ? '✓' : '✗'} ${headline(report, language)}`;
  const found = report.findings.flatMap((finding) => {
    const { where, what } = findingText(finding, language);
    return [`  ${where === '' ? finding.code : where}`, `    ${what} [${finding.code}]`];
  });
  const told = statements(report, language).map((text) => `  ${text}`);
  const stated = facts(report, language).map(([name, value]) => `  ${name}: ${value}`);
  return `${[isGood ? paint.good(said) : paint.bad(said), ...found, ...told, '', ...stated].join('\n')}\n`;
}

const PLAIN = { good: (text: string): string => text, bad: (text: string): string => text };
