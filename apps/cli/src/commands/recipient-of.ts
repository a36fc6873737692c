import { EXIT } from '../exit-codes';
import { Failure } from '../failure';
import type { Api } from '../http/api';
import type { Bilingual } from '../language';
import { facts } from '../output/table';
import { when } from '../output/when';
import type { Session } from '../session';

/** An entry of the register of recipients, as the server tells it. */
export interface Recipient {
  readonly recipientId: string;
  readonly code: string;
  readonly role: string;
  readonly version: number;
  readonly content: {
    readonly name: Bilingual;
    readonly address: Bilingual;
    readonly country: string;
    readonly basis: string;
    readonly task: Bilingual;
    readonly contract?: { readonly reference: string; readonly signedOn: string; readonly until?: string };
    readonly subProcessors?: readonly { readonly name: Bilingual; readonly country: string }[];
  };
  readonly reviews: readonly { readonly assessment: string; readonly due?: string }[];
  readonly fault?: { readonly code: string; readonly text: Bilingual };
  readonly disposal?: string;
  readonly endedAt?: string;
}

/** With what is sealed beside it. */
interface RecipientDetail extends Recipient {
  readonly representative?: string;
  readonly contact?: { readonly name: string; readonly email?: string; readonly phone?: string };
  readonly assessments: readonly {
    readonly assessment: string;
    readonly passed: boolean;
    readonly effectiveAt: string;
    readonly findings?: string;
  }[];
  readonly proof?: string;
}

type Names = Readonly<Record<string, readonly [ja: string, en: string]>>;

const ROLES: Names = {
  processor: ['委託先', 'processor'],
  'third-party': ['第三者提供先', 'third party'],
  'joint-user': ['共同利用者', 'joint user'],
};
const BASES: Names = {
  japan: ['国内', 'Japan'],
  'equivalent-country': ['同等の水準の国', 'equivalent country'],
  'equivalent-measures': ['基準適合体制', 'equivalent measures'],
  consent: ['本人の同意', 'consent'],
};
const ASSESSMENT_NAMES: Names = {
  selection: ['選定', 'selection'],
  yearly: ['定期評価', 'yearly'],
  'equivalent-measures': ['措置の確認', 'equivalent measures'],
};
const DISPOSAL_NAMES: Names = {
  certificate: ['消去の証明あり', 'erased, with a certificate'],
  returned: ['返却', 'returned'],
  'nothing-held': ['保有なし', 'nothing held'],
  'not-due': ['対象外', 'not due'],
};

/** A recipient, by its code or id. */
export async function recipientOf(api: Api, name: string): Promise<Recipient> {
  const { recipients } = await api.get<{ recipients: Recipient[] }>('/v1/recipients');
  const found = recipients.find(
    ({ code, recipientId }) => code === name || recipientId === name.toLowerCase(),
  );
  if (found !== undefined) return found;
  throw new Failure(
    EXIT.notFound,
    'recipient-unknown',
    { ja: '提供先・委託先がありません。', en: 'There is no such recipient.' },
    { ja: 'enishi recipient list で確かめてください。', en: 'See `enishi recipient list`.' },
  );
}

/** The same with its people and all that was found. */
export async function recipientInFull(api: Api, name: string): Promise<RecipientDetail> {
  const { recipientId } = await recipientOf(api, name);
  return api.get<RecipientDetail>(`/v1/recipients/${recipientId}`);
}

function named(session: Session, names: Names, code: string): string {
  const words = names[code];
  return words === undefined ? code : session.t(...words);
}

/** What it is to the company, in words. */
export function roleOf(session: Session, { role }: Recipient): string {
  return named(session, ROLES, role);
}

/** Where it handles the data, and by which basis. */
export function placeOf(session: Session, { content: { country, basis } }: Recipient): string {
  return country === 'JP' ? country : `${country} (${named(session, BASES, basis)})`;
}

/** Whether data may go there, in one word or as the reason why not. */
export function standingOf(session: Session, { fault, endedAt }: Recipient): string {
  if (endedAt !== undefined) return session.t('終了', 'ended');
  return fault === undefined ? session.t('提供可', 'may be given data') : session.say(fault.text);
}

/** When it is to be looked at again: the earliest, or at once. */
export function dueOf(session: Session, { reviews }: Recipient): string {
  const due = reviews.map((review) => review.due ?? '').toSorted()[0];
  if (due === undefined) return '';
  return due === '' ? session.t('今すぐ', 'now') : when(due);
}

/** All that is known of one. */
export function recipientText(session: Session, one: RecipientDetail): string {
  const t = (ja: string, en: string): string => session.t(ja, en);
  const { content, contact } = one;
  const { contract, subProcessors } = content;
  const both = ({ ja, en }: Bilingual) => `${ja} / ${en}`;
  const assessed = one.assessments.map(
    ({ assessment, passed, effectiveAt, findings }) =>
      [
        t('評価', 'Assessed'),
        [
          when(effectiveAt),
          named(session, ASSESSMENT_NAMES, assessment),
          passed ? t('適合', 'passed') : t('不適合', 'not passed'),
          findings,
        ]
          .filter(Boolean)
          .join('  '),
      ] as const,
  );
  return facts([
    ['ID', one.recipientId],
    [t('コード', 'Code'), one.code],
    [t('区分', 'Role'), roleOf(session, one)],
    [t('版', 'Version'), one.version],
    [t('名称', 'Name'), both(content.name)],
    [t('所在地', 'Address'), both(content.address)],
    [t('代表者', 'Representative'), one.representative],
    [
      t('連絡先', 'Contact'),
      contact && [contact.name, contact.email, contact.phone].filter(Boolean).join('  '),
    ],
    [t('取扱国', 'Country'), placeOf(session, one)],
    [t('業務', 'Task'), both(content.task)],
    [
      t('契約', 'Contract'),
      contract && `${contract.reference}  ${contract.signedOn} – ${contract.until ?? ''}`,
    ],
    ...(subProcessors ?? []).map(
      ({ name, country }) => [t('再委託先', 'Sub-processor'), `${both(name)} (${country})`] as const,
    ),
    ...assessed,
    [t('次の評価', 'Next assessment'), dueOf(session, one)],
    [t('状態', 'State'), standingOf(session, one)],
    [t('終了日時', 'Ended'), when(one.endedAt)],
    [t('データの処分', 'Data there'), one.disposal && named(session, DISPOSAL_NAMES, one.disposal)],
    [t('証明', 'Proof'), one.proof],
  ]);
}
