import type { EligibilityRule } from './eligibility';
import type { Day } from './kernel';
import type { ContactChannel, EmploymentKind, LeavingKind } from './terms';

/** Values that events carry as one field. All members are plain JSON. */

/** A name as written, family name first; never normalised beyond NFC (髙 and 﨑 stay what they are). */
export type PersonName = { readonly family: string; readonly given?: string };

/** Reading of a name, full-width katakana. */
export type PersonKana = { readonly family?: string; readonly given?: string };

/** One period of employment. Days are Asia/Tokyo days. */
export type Employment = {
  readonly department?: string;
  readonly job?: string;
  readonly kind?: EmploymentKind;
  readonly joinedOn: Day;
  readonly leftOn: Day;
  readonly leavingKind?: LeavingKind;
};

/** Text in both languages of the product. */
export type Bilingual = { readonly ja: string; readonly en: string };

/** The party fields of ISO/IEC TS 27560 and of APPI 32(1), published by the company about itself. */
export type CompanyParty = {
  readonly name: Bilingual;
  readonly address: Bilingual;
  readonly representative: Bilingual;
  readonly contact: string;
  readonly type: 'private-company' | 'public-body' | 'non-profit';
  readonly email?: string;
  readonly phone?: string;
  readonly url?: string;
  /** ISO 3166 code of the jurisdiction, `JP` here. */
  readonly jurisdiction: string;
};

/** Where corrections, deletions and complaints go (APPI 32(1), 40). */
export type ContactPoint = {
  readonly name: Bilingual;
  readonly address?: Bilingual;
  readonly email?: string;
  readonly phone?: string;
  readonly hours?: Bilingual;
};

/** All that a version of a purpose states; enough for an ISO/IEC TS 27560 record. */
export type PurposeContent = {
  readonly title: Bilingual;
  /** The exact notice a person reads before answering. */
  readonly notice: Bilingual;
  readonly categories: readonly ('programme' | 'contact' | 'profile' | 'leaving-detail')[];
  readonly channels: readonly ContactChannel[];
  /** Months a grant stays valid; absent: until withdrawn. */
  readonly validityMonths?: number;
  /** DPV purpose IRI, e.g. `https://w3id.org/dpv#RecruitmentManagement`. */
  readonly purposeType: string;
  readonly lawfulBasis: string;
  readonly piiTypes: readonly string[];
  readonly collectionMethod: Bilingual;
  readonly processingMethod: Bilingual;
  readonly storageLocations: readonly string[];
  readonly processingLocations: readonly string[];
  readonly retentionPeriod: Bilingual;
  readonly jurisdiction: string;
  readonly recipients: readonly Bilingual[];
  readonly withdrawalMethod: Bilingual;
  readonly privacyRights: readonly string[];
  readonly service?: Bilingual;
};

/** All that a version of a programme states. */
export type ProgrammeContent = {
  readonly title: Bilingual;
  readonly description: Bilingual;
  readonly purposeIds: readonly string[];
  readonly channels: readonly ContactChannel[];
  readonly eligibility: EligibilityRule;
  readonly contractForms: readonly string[];
  /** Months between reviews of the programme. */
  readonly reviewMonths: number;
};

/** A text with its subject, in one language. */
export type LetterText = { readonly subject: string; readonly body: string };

/** A template of a letter in both languages, with placeholders such as `{requestKind}`. */
export type LetterContent = { readonly ja: LetterText; readonly en: LetterText };

/** To whom a letter goes, and where. */
export type LetterAddress = {
  readonly name: string;
  readonly email?: string;
  readonly postalAddress?: string;
};

/** A letter as it was issued, part by part as it stands on the sheet. */
export type IssuedText = {
  readonly documentNumber: string;
  /** As it is written, e.g. 令和8年11月22日. */
  readonly date: string;
  readonly addressee: string;
  /** Company, desk, and where they are. */
  readonly sender: readonly string[];
  readonly subject: string;
  readonly body: string;
};
