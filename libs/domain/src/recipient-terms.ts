import type { Day } from './kernel';
import type { Bilingual } from './shapes';

/**
 * What somebody who gets the data is: entrusted with handling it (委託先, 25), a third party (第三者, 27; a company of the same group
 * is one too), or in joint use that was published (共同利用, 27(5)(iii)).
 */
export const RECIPIENT_ROLES = ['processor', 'third-party', 'joint-user'] as const;
export type RecipientRole = (typeof RECIPIENT_ROLES)[number];

/** Why data may go where the recipient is (28). Without one of these, nothing is handed over. */
export const TRANSFER_BASES = ['japan', 'equivalent-country', 'equivalent-measures', 'consent'] as const;
export type TransferBasis = (typeof TRANSFER_BASES)[number];

/** What was looked at: a processor before it was chosen, and each year (25); what a recipient abroad does, each year (28(3)). */
export const ASSESSMENTS = ['selection', 'yearly', 'equivalent-measures'] as const;
export type Assessment = (typeof ASSESSMENTS)[number];

/** What became of the data at the end. */
export const DISPOSALS = ['certificate', 'returned', 'nothing-held', 'not-due'] as const;
export type Disposal = (typeof DISPOSALS)[number];

/** All that a version of an entry says of the recipient, as a company; people are sealed beside it. */
export type RecipientContent = {
  readonly name: Bilingual;
  readonly address: Bilingual;
  /** Where the data is handled: ISO 3166 code. */
  readonly country: string;
  readonly basis: TransferBasis;
  /** What it does with the data. */
  readonly task: Bilingual;
  readonly contract?: { readonly reference: string; readonly signedOn: Day; readonly until?: Day };
  readonly subProcessors?: readonly { readonly name: Bilingual; readonly country: string }[];
  /** What people were shown before they consented: the country, its system, the recipient's measures (28(2)). */
  readonly shown?: { readonly system: Bilingual; readonly measures: Bilingual };
  /** What the recipient does so that it equals Japan's rules; told to people on request (28(3)). */
  readonly measures?: Bilingual;
  /** Where joint use is published (27(5)(iii)): an address, a document number. */
  readonly jointUse?: { readonly proof: string; readonly publishedOn: Day };
};

/** Whom to reach there. A person's, so that it is sealed. */
export type RecipientContact = { readonly name: string; readonly email?: string; readonly phone?: string };

/**
 * Why data was given: by consent (27(1)); because a law, a life, public health or an authority wants it (27(1)(i) to (iv)); or
 * because whoever gets it is no third party: entrusted with it, succeeding, in joint use (27(5)(i) to (iii)).
 */
export const PROVISION_GROUNDS = [
  'consent',
  'law',
  'life',
  'public-health',
  'authority',
  'entrustment',
  'succession',
  'joint-use',
] as const;
export type ProvisionGround = (typeof PROVISION_GROUNDS)[number];

/** What may be named as a ground; opting out (27(2)) is refused with a reason, and never stands in a record. */
export const NAMED_GROUNDS = [...PROVISION_GROUNDS, 'opt-out'] as const;
export type NamedGround = (typeof NAMED_GROUNDS)[number];

/**
 * What a record is made for: one provision; what went to the same recipient again and again, in one record (its Rules 19(2), 23(2));
 * or a contract or other paper that says it all and stands in for one (19(3), 23(3)). How long it is kept hangs on it (21, 25).
 */
export const RECORD_FORMS = ['single', 'batch', 'contract'] as const;
export type RecordForm = (typeof RECORD_FORMS)[number];

/** What of a person is given: fields, employments, the history of consents. */
export const PROVIDED_ITEMS = [
  'name',
  'kana',
  'formerNames',
  'employeeNumber',
  'birthDate',
  'email',
  'phone',
  'postalAddress',
  'lineId',
  'leavingReason',
  'leavingDetail',
  'employments',
  'consents',
] as const;
export type ProvidedItem = (typeof PROVIDED_ITEMS)[number];

/** Why a recipient must be told: a value was corrected, consent withdrawn, data erased. */
export const TELLING_GROUNDS = ['correction', 'withdrawal', 'erasure'] as const;
export type TellingGround = (typeof TELLING_GROUNDS)[number];

/** How a recipient was told. */
export const TELLING_MEANS = ['email', 'post', 'phone', 'file-transfer', 'in-person'] as const;
export type TellingMeans = (typeof TELLING_MEANS)[number];
