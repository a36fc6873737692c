import type { Bilingual } from '../shapes';
import type { RefusalGround, RequestGround, RequestKind } from './request-terms';

/** What the law says of one kind of request. */
export interface RequestLaw {
  /** The article under which it is asked for and decided. */
  readonly article: Bilingual;
  /** Grounds of which one must be named; none where the law asks for none. */
  readonly grounds: readonly RequestGround[];
  /** Grounds on which it may be refused, in whole or in part. */
  readonly refusals: readonly RefusalGround[];
  /** Whether a fee may be taken (38). */
  readonly fee: boolean;
  /** Whether acting may wait for the end of a statutory retention (35(2), (6) with its proviso). */
  readonly deferrable: boolean;
  /** Whether acting on it touches data of a person, who must then be known. */
  readonly touchesData: boolean;
}

const appi = (ja: string, en: string): Bilingual => ({ ja: `個人情報保護法 ${ja}`, en: `APPI ${en}` });
const plain = { grounds: [], fee: false, deferrable: false, touchesData: true } as const;
const correction = {
  ...plain,
  article: appi('34条', '34'),
  refusals: ['not-needed-for-purpose', 'claim-wrong'],
} as const;
const disclosed = {
  ...plain,
  refusals: ['harm', 'business-obstruction', 'other-law', 'not-held'],
  fee: true,
} as const;
const stopped = {
  ...plain,
  article: appi('35条', '35'),
  refusals: ['unfounded', 'disproportionate-cost'],
} as const;
const anyTime = ['no-longer-needed', 'breach-happened', 'interests-at-risk'] as const;

/** Each kind with its articles, as `docs/law.md` lists them. */
export const REQUEST_LAW: Readonly<Record<RequestKind, RequestLaw>> = {
  'purpose-notice': {
    ...plain,
    article: appi('32条2項・3項', '32(2)(3)'),
    refusals: ['purpose-evident', 'harm', 'company-rights', 'public-affairs'],
    fee: true,
    touchesData: false,
  },
  disclosure: { ...disclosed, article: appi('33条1項〜3項', '33(1)–(3)') },
  'disclosure-of-provision-records': { ...disclosed, article: appi('33条5項', '33(5)') },
  correction,
  addition: correction,
  deletion: { ...correction, deferrable: true },
  'cease-use': { ...stopped, grounds: ['handled-in-breach', ...anyTime] },
  erasure: { ...stopped, grounds: ['handled-in-breach', ...anyTime], deferrable: true },
  'stop-provision': { ...stopped, grounds: ['provided-in-breach', ...anyTime] },
  'foreign-measures-information': {
    ...plain,
    article: {
      ja: '個人情報保護法 28条3項、同法施行規則 18条3項',
      en: 'APPI 28(3), Enforcement Rules 18(3)',
    },
    refusals: ['business-obstruction', 'unfounded'],
  },
  complaint: { ...plain, article: appi('40条', '40'), refusals: [], touchesData: false },
};
