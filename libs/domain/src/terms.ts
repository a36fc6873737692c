/** The closed lists of the domain. Codes are stable; what people read comes from message catalogues. */

/** Groups of personal data, each with its own key and retention (閉じた一覧). */
export const CATEGORIES = [
  'programme',
  'contact',
  'profile',
  'leaving-detail',
  'consent-evidence',
  'staff',
  'request-record',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** Who acts: a person of the staff by a session or a token, a person whose data it is, the program. */
export const ACTOR_KINDS = ['staff', 'alumnus', 'token', 'system'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** Ways to reach a person (連絡手段). */
export const CONTACT_CHANNELS = ['email', 'phone', 'sms', 'post', 'line', 'sns'] as const;
export type ContactChannel = (typeof CONTACT_CHANNELS)[number];

/** Where an expression of consent was taken in (取得方法). Never mixed with a contact channel. */
export const CAPTURE_CHANNELS = ['web-form', 'paper', 'exit-interview', 'email', 'oral'] as const;
export type CaptureChannel = (typeof CAPTURE_CHANNELS)[number];

/** The form of the expression (GL 2-16). */
export const CONSENT_METHODS = [
  'oral',
  'document',
  'email',
  'checkbox',
  'button-click',
  'voice-or-touch-input',
] as const;
export type ConsentMethod = (typeof CONSENT_METHODS)[number];

/** Who expressed it: the person, or their legal representative (GL 2-16). */
export const CONSENT_PARTIES = ['person', 'legal-representative'] as const;
export type ConsentParty = (typeof CONSENT_PARTIES)[number];

/** How the identity of who expressed it was confirmed. */
export const IDENTITY_CHECKS = [
  'known-in-person',
  'document-seen',
  'registered-address',
  'signed-link',
  'call-back',
  'employee-number-and-birth-date',
] as const;
export type IdentityCheck = (typeof IDENTITY_CHECKS)[number];

/** Who says that a value is wrong, or right: the person, or the company's own people. */
export const CORRECTION_ORIGINS = ['person', 'staff'] as const;
export type CorrectionOrigin = (typeof CORRECTION_ORIGINS)[number];

/** What looking into a value came to: it was wrong, it is right, or nobody can tell. */
export const INVESTIGATION_OUTCOMES = ['wrong', 'right', 'not-clear'] as const;
export type InvestigationOutcome = (typeof INVESTIGATION_OUTCOMES)[number];

export const LANGUAGES = ['ja', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What a revision of a purpose is: 17(2) related, 18(1) beyond scope, or wording only. */
export const REVISION_KINDS = ['first', 'editorial', 'related', 'beyond-scope'] as const;
export type RevisionKind = (typeof REVISION_KINDS)[number];

/** How a notice was given or published (GL 2-14, 2-15). */
export const NOTICE_METHODS = [
  'handed-document',
  'oral',
  'email',
  'fax',
  'post',
  'website',
  'poster',
  'pamphlet',
] as const;
export type NoticeMethod = (typeof NOTICE_METHODS)[number];

export const EMPLOYMENT_KINDS = [
  'regular',
  'contract',
  'part-time',
  'dispatch',
  'commissioned',
  'executive',
  'other',
] as const;
export type EmploymentKind = (typeof EMPLOYMENT_KINDS)[number];

export const LEAVING_KINDS = [
  'personal-reason',
  'contract-end',
  'retirement-age',
  'company-reason',
  'dismissal',
  'disciplinary-dismissal',
  'death',
  'other',
] as const;
export type LeavingKind = (typeof LEAVING_KINDS)[number];

/** Kinds of leaving that are not amicable. Of a death it cannot be said either way: nobody left. */
export const NOT_AMICABLE: readonly LeavingKind[] = ['dismissal', 'disciplinary-dismissal'];

/** Whether a data store is Enishi's own or another system of the company. */
export const SYSTEM_KINDS = ['enishi', 'elsewhere'] as const;
export type SystemKind = (typeof SYSTEM_KINDS)[number];

/** What answers events with commands. A name that stands in a ledger stays in the list. */
export const POLICY_NAMES = [
  'consent-expiry',
  'evidence-waits',
  'letters',
  'daily-digest',
  'tell-recipients',
  'publication-notices',
  'review-approaches',
  'review-overdue',
  'hold-review-approaches',
  'hold-review-overdue',
  'retention-due',
  'request-reminder',
  'request-due',
  'request-replies',
] as const;

/** What policies order. */
export const POLICY_COMMANDS = [
  'ExpireConsent',
  'QueueNotice',
  'WriteLetter',
  'QueueDigest',
  'NoteRecipient',
  'OweNotice',
  'RecordPublication',
  'QueueRetentionNotice',
  'NoteReplySent',
  'NoteReplyReturned',
] as const;

/** What may have happened to a consent, as its history tells it. */
export const CONSENT_KINDS = [
  'requested',
  'granted',
  'refused',
  'withdrawn',
  'expired',
  'invalidated',
  'evidence-approved',
] as const;

/** What an export with personal data is of: the history of consents, or the audit trail. */
export const EXPORT_CONTENTS = ['consents', 'trail'] as const;
export type ExportContent = (typeof EXPORT_CONTENTS)[number];

/**
 * How much of people it shows. `masked`: name, kana and employee number, contact masked; `full`: contact too, and what was
 * written as evidence of consents. Leaving details are in neither.
 */
export const EXPORT_LEVELS = ['masked', 'full'] as const;
export type ExportLevel = (typeof EXPORT_LEVELS)[number];

export const EXPORT_FORMATS = ['csv', 'jsonl', 'xlsx', 'pdf'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Of an export with personal data also a bundle: events with their proofs, and the values that are disclosed. */
export const PERSONAL_FORMATS = [...EXPORT_FORMATS, 'bundle'] as const;
export type PersonalFormat = (typeof PERSONAL_FORMATS)[number];

/** Encodings of CSV. */
export const ENCODINGS = ['utf-8', 'cp932'] as const;

/** How far an export is. */
export const EXPORT_STANDINGS = [
  'requested',
  'approved',
  'refused',
  'making',
  'made',
  'handed-over',
  'purged',
  'expired',
] as const;
export type ExportStanding = (typeof EXPORT_STANDINGS)[number];

/** Why an export is deleted: by order, because somebody in it is erased, or because it does not fit a report. */
export const PURGE_GROUNDS = ['ordered', 'erasure', 'report-too-long'] as const;
export type PurgeGround = (typeof PURGE_GROUNDS)[number];

/** Why people are erased: somebody ordered it, the import that brought them was undone, or nothing keeps the data any more. */
export const ERASURE_GROUNDS = ['ordered', 'import-undone', 'retention'] as const;
export type ErasureGround = (typeof ERASURE_GROUNDS)[number];

/** What is erased whenever somebody orders it: nothing obliges the company to keep it. */
export const ERASABLE = [
  'programme',
  'contact',
  'profile',
  'leaving-detail',
] as const satisfies readonly Category[];

/** What a plan of erasure may name: evidence of consents and records of requests too, once their own retention has ended. */
export const PLANNABLE = [...ERASABLE, 'consent-evidence', 'request-record'] as const;
export type Plannable = (typeof PLANNABLE)[number];

/** How far a plan of erasure is. */
export const ERASURE_STANDINGS = [
  'drafting',
  'proposed',
  'refused',
  'approved',
  'running',
  'executed',
] as const;
export type ErasureStanding = (typeof ERASURE_STANDINGS)[number];
