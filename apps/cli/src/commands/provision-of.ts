import { EXIT } from '../exit-codes';
import { badInput, Failure } from '../failure';
import type { Api } from '../http/api';
import type { Bilingual } from '../language';
import { alumnusIdOf } from '../names';
import { facts } from '../output/table';
import { when } from '../output/when';
import type { Session } from '../session';
import type { Recipient } from './recipient-of';

/** A record of provision or of receipt, as the server tells it. */
export interface Handing {
  readonly provisionId?: string;
  readonly receiptId?: string;
  readonly recipientId: string;
  readonly ground: string;
  readonly form?: string;
  readonly items: readonly string[];
  readonly people: number;
  readonly byConsent?: boolean;
  readonly purposeId?: string;
  readonly exportId?: string;
  readonly effectiveAt: string;
  readonly recordedBy: string;
  readonly recordedByName?: string;
  readonly recordedAt: string;
  readonly keepUntil: string;
  readonly consentId?: string;
}

/** The same with everybody in it. */
interface HandingDetail extends Handing {
  readonly recipient: {
    readonly name: Bilingual;
    readonly address: Bilingual;
    readonly representative?: string;
  };
  readonly note?: string;
  readonly acquired?: string;
  readonly members: readonly { readonly alumnusId: string; readonly consentId?: string }[];
}

const GROUNDS: Readonly<Record<string, readonly [ja: string, en: string]>> = {
  consent: ['本人の同意（27 条 1 項）', 'consent (27(1))'],
  law: ['法令（27 条 1 項 1 号）', 'a law (27(1)(i))'],
  life: ['生命等の保護（27 条 1 項 2 号）', 'a life (27(1)(ii))'],
  'public-health': ['公衆衛生（27 条 1 項 3 号）', 'public health (27(1)(iii))'],
  authority: ['公的機関への協力（27 条 1 項 4 号）', 'an authority (27(1)(iv))'],
  entrustment: ['委託（27 条 5 項 1 号）', 'entrusted (27(5)(i))'],
  succession: ['事業の承継（27 条 5 項 2 号）', 'succession (27(5)(ii))'],
  'joint-use': ['共同利用（27 条 5 項 3 号）', 'joint use (27(5)(iii))'],
};

const FORMS: Readonly<Record<string, readonly [ja: string, en: string]>> = {
  batch: ['一括して作成（施行規則 19 条 2 項）', 'of several at once (Rules 19(2))'],
  contract: ['契約書等で代替（施行規則 19 条 3 項）', 'a contract in its place (Rules 19(3))'],
};

const SHORT = /^[0-9a-f][0-9a-f-]{7,35}$/i;

/** Names of recipients by their id, to show records with. */
export async function recipientNames(api: Api): Promise<ReadonlyMap<string, Recipient>> {
  const { recipients } = await api.get<{ recipients: Recipient[] }>('/v1/recipients');
  return new Map(recipients.map((one) => [one.recipientId, one]));
}

/** Why it was given, in words. */
export function groundOf(session: Session, { ground }: Pick<Handing, 'ground'>): string {
  const words = GROUNDS[ground];
  return words === undefined ? ground : session.t(...words);
}

/** Ids of people, each by itself or by the beginning of one that was printed lately. */
export async function alumnusIdsOf(api: Api, names: readonly string[]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const name of names) ids.push(await alumnusIdOf(api, name));
  return ids;
}

/** The id of a record, by itself or by the beginning of one of the latest. */
export async function handingIdOf(api: Api, of: 'provision' | 'receipt', name: string): Promise<string> {
  if (!SHORT.test(name)) {
    throw badInput('record-id-not-valid', 'ID が正しくありません。', 'This is no id of a record.');
  }
  if (name.length === 36) return name.toLowerCase();
  const page = await api.get<Readonly<Record<string, Handing[]>>>(`/v1/${of}s`);
  const ids = (page[`${of}s`] ?? []).map((one) => String(one[`${of}Id`]));
  const found = ids.filter((id) => id.startsWith(name.toLowerCase()));
  if (found.length === 1) return found[0]!;
  throw new Failure(
    EXIT.notFound,
    `${of}-unknown`,
    { ja: 'その記録はありません。', en: 'There is no such record.' },
    { ja: `enishi ${of} list で確かめてください。`, en: `See \`enishi ${of} list\`.` },
  );
}

/** All of one record. */
export function handingText(session: Session, one: HandingDetail): string {
  const t = (ja: string, en: string): string => session.t(ja, en);
  const { recipient } = one;
  const both = ({ ja, en }: Bilingual) => `${ja} / ${en}`;
  const people = one.members.map(
    ({ alumnusId, consentId }) =>
      [
        t('本人', 'Person'),
        [alumnusId, consentId && t(`同意 ${consentId}`, `consent ${consentId}`)].filter(Boolean).join('  '),
      ] as const,
  );
  return facts([
    ['ID', one.provisionId ?? one.receiptId],
    [one.receiptId === undefined ? t('提供先', 'Recipient') : t('提供元', 'Provider'), both(recipient.name)],
    [t('所在地', 'Address'), both(recipient.address)],
    [t('代表者', 'Representative'), recipient.representative],
    [t('根拠', 'Ground'), groundOf(session, one)],
    [t('記録の形', 'Record'), FORMS[one.form ?? ''] && t(...FORMS[one.form ?? '']!)],
    [t('利用目的', 'Purpose'), one.purposeId],
    [t('書き出し', 'Export'), one.exportId],
    [t('項目', 'Items'), one.items.join(', ')],
    [t('日時', 'When'), when(one.effectiveAt)],
    [t('取得の経緯', 'How it was acquired'), one.acquired],
    [t('備考', 'Note'), one.note],
    [t('記録者', 'Recorded by'), one.recordedByName ?? one.recordedBy],
    [t('記録日時', 'Recorded'), when(one.recordedAt)],
    [t('保存期限', 'Kept until'), one.keepUntil],
    [t('人数', 'People'), one.people],
    ...people,
  ]);
}
