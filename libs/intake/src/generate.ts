import * as iconv from 'iconv-lite';
import { PLAIN_COLUMNS, type LeaverField } from './columns';

export interface GenerateOptions {
  /** How many records, header not counted. */
  readonly count: number;
  /** Any whole number; the same seed gives the same file, and record i is the same whatever `count` is. */
  readonly seed: number;
  readonly layout: 'jinjer' | 'plain';
  /** `utf-8` is written with a byte order mark, as Excel needs it. */
  readonly encoding: 'utf-8' | 'cp932';
  /** Put in about one faulty record in forty: an impossible day, an invalid mail, still employed, a repeat. */
  readonly faults?: boolean;
}

/** Column names of a jinjer export and what each holds; remarks hold nothing here. */
const JINJER_COLUMNS: readonly (readonly [header: string, field?: LeaverField])[] = [
  ['社員番号', 'employeeNumber'],
  ['職場氏名(氏)', 'familyName'],
  ['職場氏名(名)', 'givenName'],
  ['カナ(氏)', 'familyNameKana'],
  ['カナ(名)', 'givenNameKana'],
  ['所属', 'department'],
  ['職種', 'job'],
  ['雇用区分', 'employmentKind'],
  ['入社年月日', 'joinedOn'],
  ['退職年月日', 'leftOn'],
  ['退職区分', 'leavingKind'],
  ['退職理由', 'leavingReason'],
  ['退職理由詳細', 'leavingDetail'],
  ['個人メールアドレス', 'email'],
  ['携帯電話番号', 'phone'],
  ['備考'],
];
const COLUMNS = {
  jinjer: JINJER_COLUMNS,
  plain: Object.entries(PLAIN_COLUMNS.ja).map(([field, header]) => [header, field as LeaverField] as const),
};

/** Common names in free combination, so nobody in particular is meant; 髙 﨑 and other rare forms among them. */
const FAMILY_NAMES = pairs(
  '佐藤/サトウ 鈴木/スズキ 高橋/タカハシ 髙橋/タカハシ 田中/タナカ 伊藤/イトウ 渡辺/ワタナベ 渡邉/ワタナベ 渡邊/ワタナベ 山本/ヤマモト 中村/ナカムラ 小林/コバヤシ 加藤/カトウ 吉田/ヨシダ 山田/ヤマダ 佐々木/ササキ 山口/ヤマグチ 松本/マツモト 井上/イノウエ 木村/キムラ 林/ハヤシ 斎藤/サイトウ 齋藤/サイトウ 齊藤/サイトウ 清水/シミズ 山崎/ヤマザキ 山﨑/ヤマザキ 﨑山/サキヤマ 森/モリ 池田/イケダ 橋本/ハシモト 阿部/アベ 石川/イシカワ 前田/マエダ 藤田/フジタ 後藤/ゴトウ 岡田/オカダ 長谷川/ハセガワ 村上/ムラカミ 近藤/コンドウ 石井/イシイ 坂本/サカモト 遠藤/エンドウ 青木/アオキ 藤井/フジイ 西村/ニシムラ 福田/フクダ 太田/オオタ 三浦/ミウラ 藤原/フジワラ 岡本/オカモト 松田/マツダ 中島/ナカジマ 中川/ナカガワ 原田/ハラダ 小野/オノ 竹内/タケウチ 金子/カネコ 和田/ワダ 中山/ナカヤマ',
);
const GIVEN_NAMES = pairs(
  '花子/ハナコ 一郎/イチロウ 美咲/ミサキ 健/ケン 次郎/ジロウ 葵/アオイ 誠/マコト さくら/サクラ 翔/ショウ 大輔/ダイスケ 結衣/ユイ 太郎/タロウ リサ/リサ 蓮/レン 湊/ミナト 陽菜/ヒナ 紬/ツムギ 悠真/ユウマ 凛/リン 樹/イツキ 直樹/ナオキ 恵子/ケイコ 拓也/タクヤ 由美/ユミ 浩二/コウジ 真由美/マユミ 隆/タカシ 明日香/アスカ 慎太郎/シンタロウ 千尋/チヒロ 和也/カズヤ 優子/ユウコ 龍之介/リュウノスケ 舞/マイ 剛/ツヨシ 彩/アヤ 亮/リョウ 麻衣/マイ 学/マナブ 瞳/ヒトミ',
);
const DEPARTMENTS = list(
  '営業部 開発部 人事部 製造部 物流部 総務部 経理部 広報部 海外営業部 品質保証部 情報システム部 法務部',
);
const JOBS = list(
  '法人営業 総合職 事務 生産技術 バックエンド インフラ 採用 経理 広報 ドライバー 品質管理 企画',
);
const EMPLOYMENT_KINDS = list('正社員 正社員 正社員 正社員 契約社員 契約社員 パート 派遣 派遣 嘱託');
const PERSONAL_REASONS = list('転職 転職 転職 家庭の事情 留学 独立 配偶者転勤 転居');

/** A kind of leaving, the reason beside it (absent: one of the personal ones), how many of a hundred leave so. */
const LEAVINGS: readonly (readonly [kind: string, reason: string | undefined, share: number])[] = [
  ['自己都合', undefined, 74],
  ['契約満了', '契約満了', 14],
  ['定年', '定年退職', 7],
  ['会社都合', '事業縮小', 4],
  ['懲戒', '懲戒解雇', 1],
];

/** Full-width katakana to half-width, sound marks apart. */
const HALF_WIDTH = new Map(
  [...'ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｧｨｩｪｫｬｭｮｯｰ'].flatMap((half) =>
    ['', 'ﾞ', 'ﾟ'].map((mark) => [(half + mark).normalize('NFKC'), half + mark] as const),
  ),
);

const RECORDS_A_CHUNK = 256;
const DAY = 86_400_000;
/** Days are counted from the first possible day of birth. */
const FIRST_DAY = Date.UTC(1940, 0, 1);
const FIRST_JOINING = (Date.UTC(1985, 0, 1) - FIRST_DAY) / DAY;
const LAST_LEAVING = (Date.UTC(2025, 11, 31) - FIRST_DAY) / DAY;
const YEAR = 365;

/**
 * Makes a leavers' file of invented people, for tours, tests and measuring: plausible names with their reading,
 * departments, kinds and days, rare characters and half-width kana now and then, addresses under `example.jp`,
 * phones as `090-XXXX-XXXX`, an employee number of its own for each record (a repeated record apart).
 * Nobody leaves after 2025-12-31.
 *
 * @returns the file's bytes, header first, in chunks of a few hundred records
 */
export function* generateLeavers(options: GenerateOptions): Generator<Uint8Array, void, undefined> {
  const columns = COLUMNS[options.layout];
  const fields = columns.map(([, field]) => field);
  const encode = (text: string): Uint8Array =>
    options.encoding === 'utf-8' ? Buffer.from(text) : iconv.encode(text, 'cp932');
  let text = `${options.encoding === 'utf-8' ? '\ufeff' : ''}${columns.map(([header]) => header).join(',')}\r\n`;
  for (let i = 0; i < options.count; i += 1) {
    const values = leaver(i, options.seed, options.faults === true);
    // No value here holds a comma, a quote or a line break, so nothing needs quoting.
    for (let at = 0; at < fields.length; at += 1) {
      const field = fields[at];
      text += (at === 0 ? '' : ',') + ((field && values[field]) ?? '');
    }
    text += '\r\n';
    if (i % RECORDS_A_CHUNK === RECORDS_A_CHUNK - 1) {
      yield encode(text);
      text = '';
    }
  }
  if (text !== '') yield encode(text);
}

/** The i-th invented leaver, as the cells of a file. */
function leaver(i: number, seed: number, faults: boolean): Partial<Record<LeaverField, string>> {
  const draw = numbers(seed, i);
  const fault = draw(160);
  // A repeat of the record before, which may be a repeat itself.
  if (faults && fault === 0 && i > 0) return leaver(i - 1, seed, faults);

  const [familyName, familyKana] = pick(FAMILY_NAMES, draw);
  const [givenName, givenKana] = pick(GIVEN_NAMES, draw);
  const kana = draw(50) === 0 ? halfWidth : (text: string): string => text;
  const joined = FIRST_JOINING + draw(38 * YEAR);
  const left = joined + 180 + draw(Math.min(30 * YEAR, LAST_LEAVING - joined - 180));
  const write = dayWriter(draw(40));
  const number = String(i + 1).padStart(7, '0');
  const values: Partial<Record<LeaverField, string>> = {
    employeeNumber: number,
    familyName,
    givenName,
    familyNameKana: kana(familyKana),
    givenNameKana: kana(givenKana),
    department: pick(DEPARTMENTS, draw),
    job: pick(JOBS, draw),
    employmentKind: pick(EMPLOYMENT_KINDS, draw),
    joinedOn: write(joined),
    birthDate: write(joined - (19 + draw(25)) * YEAR),
  };
  if (draw(10) > 0) values.email = `user${number}@example.jp`;
  if (draw(4) > 0) values.phone = `090-${1000 + draw(9000)}-${1000 + draw(9000)}`;
  if (faults && fault === 1) return values;

  const [kind, reason] = leaving(draw(100));
  values.leftOn = faults && fault === 2 ? '2022/13/45' : write(left);
  values.leavingKind = kind;
  values.leavingReason = reason ?? pick(PERSONAL_REASONS, draw);
  if (faults && fault === 3) values.email = 'not-an-email';
  return values;
}

/** Numbers drawn for one record: a 32-bit mix (splitmix32), so that each record stands alone. */
function numbers(seed: number, i: number): (below: number) => number {
  let state = (Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(i + 1, 0x85ebca6b)) | 0;
  return (below) => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
  };
}

function pick<T>(from: readonly T[], draw: (below: number) => number): T {
  return from[draw(from.length)] as T;
}

function leaving(percent: number): (typeof LEAVINGS)[number] {
  let sum = 0;
  return LEAVINGS.find(([, , share]) => (sum += share) > percent) ?? ['自己都合', undefined, 0];
}

/** How a record writes its days: most with slashes, some with hyphens, a few in Japanese eras. */
function dayWriter(style: number): (day: number) => string {
  return (day) => {
    const date = new Date(FIRST_DAY + day * DAY);
    const year = date.getUTCFullYear();
    const month = date.getUTCMonth() + 1;
    const dayOfMonth = date.getUTCDate();
    if (style === 0) {
      const [era, first] = eraOf(year, month, dayOfMonth);
      return `${era}${year - first === 0 ? '元' : year - first + 1}年${month}月${dayOfMonth}日`;
    }
    const separator = style < 4 ? '-' : '/';
    return (
      year +
      separator +
      (month < 10 ? '0' : '') +
      month +
      separator +
      (dayOfMonth < 10 ? '0' : '') +
      dayOfMonth
    );
  };
}

function eraOf(year: number, month: number, dayOfMonth: number): readonly [era: string, firstYear: number] {
  const day = (year * 100 + month) * 100 + dayOfMonth;
  if (day >= 20190501) return ['令和', 2019];
  return day >= 19890108 ? ['平成', 1989] : ['昭和', 1926];
}

function halfWidth(kana: string): string {
  return Array.from(kana, (char) => HALF_WIDTH.get(char) ?? char).join('');
}

function list(words: string): readonly string[] {
  return words.split(' ');
}

/** Names, each with its reading: `佐藤/サトウ`. */
function pairs(names: string): readonly (readonly [name: string, kana: string])[] {
  return list(names).map((entry) => {
    const [name = '', kana = name] = entry.split('/');
    return [name, kana] as const;
  });
}
