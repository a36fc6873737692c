import type { Instant } from '../kernel';
import type { Bilingual } from '../shapes';

/** What the company states about how it handles personal data. All members are plain JSON. */

/** Requests for which a fee may be charged, and no other (38). */
export const FEE_KINDS = ['purpose-notice', 'disclosure', 'disclosure-of-provision-records'] as const;
export type FeeKind = (typeof FEE_KINDS)[number];

/** What is made public beside the purposes: how requests are made and what they cost (公表事項, 32(1), 37, 38). */
export type PublicMatters = {
  /** How to make a request, how identity is checked, how agents act (37). */
  readonly procedure: Bilingual;
  /** In yen; a kind that is not named costs nothing. */
  readonly fees: readonly { readonly kind: FeeKind; readonly yen: number }[];
  /** Joint use: whose, of what, for what, who answers for it (27(5)(iii)). Absent: there is none. */
  readonly jointUse?: Bilingual;
  /** The accredited organisation that hears complaints too, and how it is reached (Cabinet Order 10(iii)). */
  readonly accreditedBody?: Bilingual;
};

/** Who may reach what, as the handling rules state it (GL 10-3, 10-6). */
export type AccessRule = { readonly role: Bilingual; readonly scope: Bilingual };

/** The security measures in words for the public (安全管理措置; 23, GL 10-3 to 10-7). */
export type SecurityMeasures = {
  readonly organisational: Bilingual;
  readonly personnel: Bilingual;
  readonly physical: Bilingual;
  readonly technical: Bilingual;
  /** In which countries data is kept or handled, and what their systems mean for it (外的環境の把握). */
  readonly foreign: Bilingual;
};

/** What a review of the handling rules has found. */
export const REVIEW_OUTCOMES = ['adequate', 'to-be-changed'] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];

/** A version of a purpose that the public page shows. */
export type ShownPurpose = {
  readonly purposeId: string;
  readonly version: number;
  /** Of one that is announced: from when it holds. */
  readonly from?: Instant;
};

/** A version of an entry of the register of recipients that the public page shows. */
export type ShownRecipient = { readonly recipientId: string; readonly version: number };

/** What a version of the public page was made from: the events whose content it shows, by id. */
export type PageBasis = {
  /** The form of the page around that content. */
  readonly form: number;
  readonly company: string;
  readonly contactPoint: string;
  readonly publicMatters: string;
  readonly handlingRules: string;
  readonly purposes: readonly ShownPurpose[];
  /** Abroad; absent where there are none. */
  readonly recipients?: readonly ShownRecipient[];
};
