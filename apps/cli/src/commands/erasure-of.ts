import { PERSON_FIELD_NAMES, type Bilingual, type ItemField } from '@enishi/domain';
import { EXIT } from '../exit-codes';
import { badInput, Failure } from '../failure';
import type { Api } from '../http/api';
import { facts } from '../output/table';
import { when } from '../output/when';
import type { Session } from '../session';

/** People of whom the same is to be erased. */
export interface ErasurePart {
  readonly categories: readonly string[];
  readonly people: number;
}

/** What stays although people are erased, and what others must do. */
export interface ErasureOutlook {
  readonly waits: readonly {
    readonly category: string;
    readonly law: Readonly<Record<'ja' | 'en', string>>;
    readonly people: number;
    readonly until?: string;
  }[];
  readonly elsewhere: readonly {
    readonly systemId: string;
    readonly document: string;
    readonly law: Readonly<Record<'ja' | 'en', string>>;
    readonly entries: number;
    readonly over: number;
  }[];
  readonly recipients: readonly {
    readonly recipientId: string;
    readonly people: number;
    readonly open: number;
  }[];
}

/** A plan of erasure, as the server tells it. */
export interface Erasure extends Partial<ErasureOutlook> {
  readonly erasureId: string;
  readonly standing: string;
  readonly ground: string;
  readonly people: number;
  readonly held: number;
  readonly empty: number;
  readonly second: boolean;
  readonly fields?: readonly string[];
  readonly requestId?: string;
  readonly proposedBy: string;
  readonly proposedByName?: string;
  readonly proposedAt: string;
  readonly decidedBy?: string;
  readonly decidedByName?: string;
  readonly decidedAt?: string;
  readonly erased: number;
  readonly left: number;
  readonly keys: number;
  readonly executedAt?: string;
  readonly parts?: readonly ErasurePart[];
  readonly reason?: string;
  readonly refusal?: string;
  readonly failure?: string;
}

type Words = Readonly<Record<string, readonly [ja: string, en: string]>>;

const STANDINGS: Words = {
  drafting: ['作成中', 'being drawn up'],
  proposed: ['承認待ち', 'waiting for approval'],
  refused: ['却下', 'refused'],
  approved: ['承認済み', 'approved'],
  running: ['実行中', 'being carried out'],
  executed: ['実行済み', 'carried out'],
};

const GROUNDS: Words = {
  ordered: ['指示による', 'by order'],
  'import-undone': ['取り込みの取消しによる', 'an import was undone'],
  retention: ['保存期間の満了による', 'nothing keeps the data any more'],
};

const CATEGORIES: Words = {
  programme: ['登録内容', 'programme'],
  contact: ['連絡先', 'contact'],
  profile: ['本人の申告', 'profile'],
  'leaving-detail': ['退職理由', 'leaving detail'],
  'consent-evidence': ['同意の証跡', 'evidence of consents'],
  'request-record': ['請求等の対応記録', 'records of requests'],
};

const wordOf = (session: Session, words: Words, code: string): string => {
  const found = words[code];
  return found === undefined ? code : session.t(...found);
};

const UUID_PREFIX = /^[0-9a-f][0-9a-f-]{7,35}$/i;

/** The id of a plan, by itself or by the beginning of one of the latest. */
export async function erasureIdOf(api: Api, name: string): Promise<string> {
  if (!UUID_PREFIX.test(name))
    throw badInput('erasure-id-not-valid', 'ID が正しくありません。', 'This is no id of a plan of erasure.');
  if (name.length === 36) return name.toLowerCase();
  const { erasures } = await api.get<{ erasures: Erasure[] }>('/v1/erasures');
  const found = erasures.filter(({ erasureId }) => erasureId.startsWith(name.toLowerCase()));
  if (found.length === 1) return found[0]!.erasureId;
  throw new Failure(
    EXIT.notFound,
    'erasure-unknown',
    { ja: 'その消去計画はありません。', en: 'There is no such plan of erasure.' },
    { ja: 'enishi erasure list で確かめてください。', en: 'See `enishi erasure list`.' },
  );
}

/** How far it is, in words. */
export function erasureStanding(session: Session, { standing }: Pick<Erasure, 'standing'>): string {
  return wordOf(session, STANDINGS, standing);
}

/** Why, in words. */
export function erasureGround(session: Session, { ground }: Pick<Erasure, 'ground'>): string {
  return wordOf(session, GROUNDS, ground);
}

/** That a plan is made, and what comes next. */
export function proposedText({ second }: Pick<Erasure, 'second'>): Bilingual {
  if (second)
    return {
      ja: '消去計画を作成しました（別の担当者の承認が必要です）',
      en: 'Proposed; somebody else must approve it',
    };
  return {
    ja: '消去計画を作成しました（承認すると実行されます）',
    en: 'Proposed; it is carried out once approved',
  };
}

/** Items in words. */
export function itemsText(session: Session, fields: readonly string[] | undefined): string | undefined {
  const names = fields?.map((field) => session.say(PERSON_FIELD_NAMES[field as ItemField]));
  return names?.join(session.t('・', ', '));
}

/** Categories in words, and how many people, or keys. */
export function categoriesText(session: Session, categories: readonly string[], number: number): string {
  const names = categories.map((category) => wordOf(session, CATEGORIES, category));
  return `${names.join(session.t('・', ', '))}: ${number.toLocaleString('en')}`;
}

/** What stays and why, and who else must do something, as lines. */
export function outlookFacts(
  session: Session,
  { waits = [], elsewhere = [], recipients = [] }: Partial<ErasureOutlook>,
): readonly (readonly [string, string])[] {
  const t = (ja: string, en: string): string => session.t(ja, en);
  const number = (value: number): string => value.toLocaleString('en');
  return [
    ...waits.map(({ category, law, people, until }) => {
      const end =
        until === undefined
          ? t('根拠が続く間', 'as long as that stands')
          : t(`${until} まで`, `until ${until}`);
      return [
        t('まだ残すもの', 'Stays'),
        `${categoriesText(session, [category], people)}  ${end}  ${law[session.language]}`,
      ] as const;
    }),
    ...elsewhere.map(({ systemId, document, law, entries, over }) => {
      const count = t(
        `${number(entries)} 件（期間満了 ${number(over)} 件）`,
        `${number(entries)} (${number(over)} over)`,
      );
      return [
        t('他のシステムで廃棄を確認するもの', 'Others must confirm'),
        `${document}: ${count}  ${systemId.slice(0, 8)}  ${law[session.language]}`,
      ] as const;
    }),
    ...recipients.map(({ recipientId, people, open }) => {
      const count = t(
        `${number(people)} 名（未連絡 ${number(open)} 名）`,
        `${number(people)} (${number(open)} to be told)`,
      );
      return [t('提供先・委託先', 'Recipients'), `${recipientId.slice(0, 8)}: ${count}`] as const;
    }),
  ];
}

/** All that is known of one. */
export function erasureText(session: Session, one: Erasure): string {
  const t = (ja: string, en: string): string => session.t(ja, en);
  const number = (value: number): string => value.toLocaleString('en');
  const isDone = one.erased + one.left > 0;
  return facts([
    ['ID', one.erasureId],
    [t('状態', 'State'), erasureStanding(session, one)],
    [t('事由', 'Ground'), erasureGround(session, one)],
    [t('対象者', 'People'), number(one.people)],
    ...(one.parts ?? []).map(
      ({ categories, people }) =>
        [t('消去するもの', 'To be erased'), categoriesText(session, categories, people)] as const,
    ),
    [t('消去する項目', 'Items to be erased'), itemsText(session, one.fields)],
    [t('対応する請求', 'Answers the request'), one.requestId],
    ...outlookFacts(session, one),
    [t('保全中のため除いた人', 'Held, left out'), one.held || undefined],
    [t('消去するものがない人', 'Nothing to erase'), one.empty || undefined],
    [t('別の人の承認', 'Second person'), one.second ? t('必要', 'needed') : t('不要', 'not needed')],
    [t('作成者', 'Proposed by'), one.proposedByName ?? one.proposedBy],
    [t('作成日時', 'Proposed'), when(one.proposedAt)],
    [t('理由', 'Reason'), one.reason],
    [t('承認・却下した人', 'Decided by'), one.decidedByName ?? one.decidedBy],
    [t('承認・却下日時', 'Decided'), when(one.decidedAt)],
    [t('却下の理由', 'Refused because'), one.refusal],
    [t('中断（再試行します）', 'Stopped, tried again'), one.failure],
    [t('消去した人', 'Erased'), isDone ? number(one.erased) : undefined],
    [t('消去しなかった人', 'Left as they are'), one.left || undefined],
    [t('破棄した鍵', 'Keys destroyed'), isDone ? number(one.keys) : undefined],
    [t('完了日時', 'Carried out'), when(one.executedAt)],
  ]);
}
