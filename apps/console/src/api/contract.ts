/** What the server answers, as this console reads it. */

export type Bilingual = { readonly ja: string; readonly en: string };

export type ContactChannel = 'email' | 'phone' | 'sms' | 'post' | 'line' | 'sns';
export type CaptureChannel = 'web-form' | 'paper' | 'exit-interview' | 'email' | 'oral';
export type ConsentMethod =
  'oral' | 'document' | 'email' | 'checkbox' | 'button-click' | 'voice-or-touch-input';
export type IdentityCheck =
  | 'known-in-person'
  | 'document-seen'
  | 'registered-address'
  | 'signed-link'
  | 'call-back'
  | 'employee-number-and-birth-date';
export type EmploymentKind =
  'regular' | 'contract' | 'part-time' | 'dispatch' | 'commissioned' | 'executive' | 'other';
export type LeavingKind =
  | 'personal-reason'
  | 'contract-end'
  | 'retirement-age'
  | 'company-reason'
  | 'dismissal'
  | 'disciplinary-dismissal'
  | 'death'
  | 'other';

export interface Me {
  readonly accountId: string;
  /** As the identity provider gave it. */
  readonly name?: string;
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  /** Masked fields this person may have shown: `contact`, `leaving-detail`, `employee-number`. */
  readonly fields: readonly string[];
  readonly csrfToken?: string;
  readonly mode: 'development' | 'production';
}

export interface Company {
  readonly party: { readonly name: Bilingual } | null;
}

export interface PurposeVersion {
  readonly version: number;
  readonly state: string;
  readonly content: {
    readonly title: Bilingual;
    readonly notice: Bilingual;
    readonly channels: readonly ContactChannel[];
  };
}
export interface Purpose {
  readonly purposeId: string;
  readonly code: string;
  readonly title: Bilingual;
  readonly state: string;
  readonly versions: readonly PurposeVersion[];
  readonly inForce?: number | null;
}
export interface Programme {
  readonly programmeId: string;
  readonly title: Bilingual;
  readonly state: string;
  readonly inForce?: number | null;
  readonly versions: readonly {
    readonly version: number;
    readonly content: { readonly purposeIds: readonly string[] };
  }[];
}

export interface PersonName {
  readonly family: string;
  readonly given?: string | null;
}
export interface PersonKana {
  readonly family?: string | null;
  readonly given?: string | null;
}
export interface Employment {
  readonly department?: string | null;
  readonly job?: string | null;
  readonly kind?: EmploymentKind | null;
  readonly joinedOn: string;
  readonly leftOn: string;
  readonly leavingKind?: LeavingKind | null;
}

/** Fields of a person that may come masked. */
export type MaskedField =
  'employeeNumber' | 'email' | 'phone' | 'postalAddress' | 'lineId' | 'leavingReason' | 'leavingDetail';
export type Alumnus = { readonly [F in MaskedField]?: string | null } & {
  readonly alumnusId: string;
  readonly name?: PersonName | null;
  readonly kana?: PersonKana | null;
  readonly birthDate?: string | null;
  readonly masked: readonly string[];
  /** An erased one keeps its place. */
  readonly employments: readonly (Employment | null)[];
  readonly state: {
    readonly died: boolean;
    readonly returned: boolean;
    /** Categories whose data is gone. */
    readonly erased: readonly string[];
  };
};

/** An event with its three times. */
export interface LedgerEvent {
  readonly position: string | number;
  readonly eventId: string;
  readonly type: string;
  readonly effectiveAt: string;
  readonly decidedAt: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly actorName?: string | null;
  readonly batchId?: string | null;
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Names of fields that are kept sealed. */
  readonly sealed?: readonly string[];
  readonly summary?: Bilingual;
}

/** What was sealed in one event. */
export interface SealedFieldsShown {
  readonly values: Readonly<Record<string, unknown>>;
  /** Categories whose data was erased since. */
  readonly erased: readonly string[];
  /** Fields that the grant of whoever asks does not cover. */
  readonly withheld: readonly string[];
}

export interface Reason {
  readonly code: string;
  readonly messages: Bilingual;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly events?: readonly LedgerEvent[];
}
export interface Why {
  readonly answer: 'yes' | 'no';
  readonly because: readonly LedgerEvent[];
  readonly reasons: readonly Reason[];
  readonly sentence: Bilingual;
  /** Why the person may not be asked for consent either. */
  readonly askingReasons?: readonly Reason[];
}

export interface ConsentState {
  readonly purposeId: string;
  readonly channel: ContactChannel;
  readonly state: string;
  readonly version?: number | null;
  readonly effectiveAt?: string | null;
  readonly expiresAt?: string | null;
  readonly eventId?: string | null;
}

/** What every command answers. */
export interface CommandAnswer {
  readonly outcome: 'done' | 'unchanged';
  readonly eventIds: readonly string[];
  readonly position: string;
  readonly revision: number;
}

export type RosterMode = 'contactable' | 'approachable' | 'excluded';
export interface RosterSearch {
  readonly purposeId: string;
  readonly channel: ContactChannel;
  readonly programmeId?: string;
  readonly mode: RosterMode;
  readonly text?: string;
  readonly department?: string;
  readonly job?: string;
  readonly serviceMonthsMin?: number;
  readonly serviceMonthsMax?: number;
  readonly leftFrom?: string;
  readonly leftTo?: string;
  readonly leavingKind?: readonly LeavingKind[];
  readonly eligible?: boolean;
  readonly cursor?: string;
  readonly limit?: number;
  /** As of the end of this day; absent: now. */
  readonly at?: string;
}
export interface RosterRow extends Omit<Employment, 'joinedOn' | 'leftOn'> {
  readonly joinedOn: string | null;
  readonly leftOn: string | null;
  readonly alumnusId: string;
  readonly name?: PersonName | null;
  readonly kana?: PersonKana | null;
  readonly serviceMonths: number | null;
  readonly channels: Readonly<Record<string, string | null | undefined>>;
  readonly answer: 'yes' | 'no';
  readonly reasons: readonly Reason[];
}
export interface RosterPage {
  readonly at: string;
  /** Not counted where filters narrow the roster. */
  readonly total: { readonly count: number; readonly estimated: boolean } | null;
  readonly rows: readonly RosterRow[];
  readonly cursor?: string | null;
}
export interface Funnel {
  readonly imported: number;
  readonly reachable: number;
  readonly approachable: number;
  readonly asked: number;
  readonly consented: number;
  readonly contactable: number;
  readonly estimated: boolean;
}
export interface RosterChoices {
  readonly departments: readonly string[];
  readonly jobs: readonly string[];
}
