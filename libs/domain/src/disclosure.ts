import type { LetterValues } from './letters/placeholders';
import {
  LETTER_KINDS,
  LETTER_MEANS,
  NUMBERING_YEARS,
  TEMPLATE_KINDS,
  UNDELIVERED_GROUNDS,
} from './letters/kinds';
import {
  REVIEW_OUTCOMES,
  type AccessRule,
  type PageBasis,
  type PublicMatters,
  type SecurityMeasures,
  type ShownPurpose,
} from './governance/shapes';
import type {
  Bilingual,
  CompanyParty,
  ContactPoint,
  Employment,
  IssuedText,
  LetterAddress,
  LetterContent,
  PersonKana,
  PersonName,
  ProgrammeContent,
  PurposeContent,
} from './shapes';
import {
  ACTOR_KINDS,
  CAPTURE_CHANNELS,
  CATEGORIES,
  CONSENT_KINDS,
  CONSENT_METHODS,
  CONSENT_PARTIES,
  CONTACT_CHANNELS,
  CORRECTION_ORIGINS,
  ENCODINGS,
  ERASURE_GROUNDS,
  EXPORT_CONTENTS,
  EXPORT_LEVELS,
  IDENTITY_CHECKS,
  INVESTIGATION_OUTCOMES,
  LANGUAGES,
  NOTICE_METHODS,
  PERSONAL_FORMATS,
  POLICY_COMMANDS,
  POLICY_NAMES,
  PURGE_GROUNDS,
  REVISION_KINDS,
  SYSTEM_KINDS,
  type Category,
} from './terms';
import {
  ASSESSMENTS,
  DISPOSALS,
  PROVIDED_ITEMS,
  PROVISION_GROUNDS,
  RECORD_FORMS,
  RECIPIENT_ROLES,
  TELLING_GROUNDS,
  TELLING_MEANS,
  type RecipientContact,
  type RecipientContent,
} from './recipient-terms';
import { REFUSAL_CODES } from './refusal-messages';
import {
  ANSWER_FORMS,
  CHECK_RESULTS,
  NOTIFICATION_SUBJECTS,
  NOTIFICATION_WAYS,
  REFUSAL_GROUNDS,
  REPLIES,
  REQUEST_DECISIONS,
  REQUEST_GROUNDS,
  REQUEST_KINDS,
  REQUEST_OUTCOMES,
  REQUEST_PARTIES,
  REQUEST_WAYS,
  STATUTORY_DOCUMENTS,
  TASK_ANSWERS,
} from './requests/request-terms';
import type { Day, Instant } from './kernel';
import { DOCUMENT_CODES } from './law/documents';
import { LAW_CODES } from './law/law-table';
import type { AnchorFacts } from './law/retention';

/**
 * The disclosure table: every field of every event and every metadata key, with the reason it may stand in
 * the ledger. Event types are derived from it, so a field that is not declared here does not compile; the
 * vault refuses it at run time too. Free text about a person, names, dates of a person's life and hashes of
 * a person's plaintext are always `sealed`.
 */
export type FieldKind =
  | { readonly kind: 'sealed'; readonly categories: readonly Category[] }
  | { readonly kind: 'opaque-id' }
  | { readonly kind: 'opaque-ids' }
  | { readonly kind: 'enum'; readonly values: readonly string[]; readonly many: boolean }
  | { readonly kind: 'instant' }
  | { readonly kind: 'number' }
  | { readonly kind: 'flag' }
  | { readonly kind: 'published' }
  | { readonly kind: 'digest' };

/** A declared field: its kind, whether it may be absent, and (for the compiler only) the type of its value. */
export type Field<
  Value = unknown,
  Optional extends boolean = boolean,
  Kind extends FieldKind = FieldKind,
> = Kind & {
  readonly optional: Optional;
  readonly value?: Value;
};

/** Whose keys seal an event's sealed fields: the id stands in the named clear field. */
export type SubjectKind = 'alumnus' | 'staff' | 'request';

export interface EventDeclaration<Fields extends Record<string, Field> = Record<string, Field>> {
  /** Schema version written into metadata; older ones go through `upcasters.ts`. */
  readonly version: number;
  readonly subject: { readonly kind: SubjectKind; readonly field: string } | undefined;
  readonly fields: Fields;
}

type Sealed<V> = Field<V, false, { readonly kind: 'sealed'; readonly categories: readonly Category[] }>;
type Optional<F> = Omit<F, 'optional'> & { readonly optional: true };

/** Encrypted under the key of the event's subject and each of the categories named. */
function sealed<V>(...categories: [Category, ...Category[]]): Sealed<V> {
  return { kind: 'sealed', categories, optional: false };
}
/** A random or derived identifier that says nothing by itself. */
function id(): Field<string, false, { readonly kind: 'opaque-id' }> {
  return { kind: 'opaque-id', optional: false };
}
/** Many of them. Views keep only how many, so that nobody's page of events holds thousands. */
function ids(): Field<readonly string[], false, { readonly kind: 'opaque-ids' }> {
  return { kind: 'opaque-ids', optional: false };
}
/** One of a closed list. */
function one<const V extends string>(
  values: readonly V[],
): Field<V, false, { readonly kind: 'enum'; readonly values: readonly V[]; readonly many: false }> {
  return { kind: 'enum', values, many: false, optional: false };
}
/** Some of a closed list. */
function some<const V extends string>(
  values: readonly V[],
): Field<readonly V[], false, { readonly kind: 'enum'; readonly values: readonly V[]; readonly many: true }> {
  return { kind: 'enum', values, many: true, optional: false };
}
function instant(): Field<Instant, false, { readonly kind: 'instant' }> {
  return { kind: 'instant', optional: false };
}
function count(): Field<number, false, { readonly kind: 'number' }> {
  return { kind: 'number', optional: false };
}
function flag(): Field<boolean, false, { readonly kind: 'flag' }> {
  return { kind: 'flag', optional: false };
}
/** What the company states about itself: company, purpose, programme, rule. Never about a person. */
function published<V>(): Field<V, false, { readonly kind: 'published' }> {
  return { kind: 'published', optional: false };
}
/** SHA-256 in hex, of published text, sealed bytes or a commitment; never of a person's plaintext. */
function digest(): Field<string, false, { readonly kind: 'digest' }> {
  return { kind: 'digest', optional: false };
}
function maybe<F extends Field>(field: F): Optional<F> {
  return { ...field, optional: true } as unknown as Optional<F>;
}

function event<const F extends Record<string, Field>>(
  subject: SubjectKind | undefined,
  fields: F,
  version = 1,
): { readonly version: number; readonly subject: EventDeclaration['subject']; readonly fields: F } {
  const field = subject === undefined ? undefined : `${subject}Id`;
  return { version, subject: subject && field ? { kind: subject, field } : undefined, fields };
}

/** Names of the values a correction may change; the values themselves are sealed. */
export const PERSON_FIELDS = [
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
] as const;
export type PersonField = (typeof PERSON_FIELDS)[number];

/**
 * Single items that may be erased while the rest of the person stays. Not the name: without it nobody can tell who is meant,
 * and the person is erased instead.
 */
export const ITEM_FIELDS = [
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
] as const satisfies readonly PersonField[];
export type ItemField = (typeof ITEM_FIELDS)[number];

/** What somebody may look into: these values, and the employments. */
export const INVESTIGATED_FIELDS = [...PERSON_FIELDS, 'employments'] as const;
export type InvestigatedField = (typeof INVESTIGATED_FIELDS)[number];

/** What a registration and a correction share. `null` in a correction removes the value. */
const person = {
  name: sealed<PersonName | null>('programme'),
  kana: maybe(sealed<PersonKana | null>('programme')),
  formerNames: maybe(sealed<readonly string[] | null>('programme')),
  employeeNumber: maybe(sealed<string | null>('programme')),
  birthDate: maybe(sealed<Day | null>('programme')),
  email: maybe(sealed<string | null>('contact')),
  phone: maybe(sealed<string | null>('contact')),
  postalAddress: maybe(sealed<string | null>('contact')),
  lineId: maybe(sealed<string | null>('contact')),
  leavingReason: maybe(sealed<string | null>('leaving-detail')),
  leavingDetail: maybe(sealed<string | null>('leaving-detail')),
};

/** What every consent event names. */
const consentOf = {
  alumnusId: id(),
  purposeId: id(),
  channels: some(CONTACT_CHANNELS),
};

/** What is kept with an answer (product policy in law.md: evidence kept with each consent). */
const answer = {
  ...consentOf,
  purposeVersion: count(),
  captureChannel: one(CAPTURE_CHANNELS),
  method: one(CONSENT_METHODS),
  party: one(CONSENT_PARTIES),
  language: one(LANGUAGES),
  /** SHA-256 of the exact notice text shown, in that language. */
  noticeHash: digest(),
  identityCheck: one(IDENTITY_CHECKS),
  /** Who spoke, what was seen, anything a reviewer must know. */
  evidence: maybe(sealed<string>('consent-evidence')),
  representative: maybe(sealed<{ readonly name: string; readonly relation: string }>('consent-evidence')),
  artefactId: maybe(id()),
  /** SHA-256 of the artefact's sealed bytes. */
  artefactHash: maybe(digest()),
};

/** What an order of a letter and the letter itself tell, whoever's key seals them. */
const letter = { letterId: id(), letter: one(LETTER_KINDS), means: one(LETTER_MEANS) };
const orderedLetter = {
  ...letter,
  language: one(LANGUAGES),
  /** Under which it is numbered. */
  year: count(),
  to: sealed<LetterAddress>('request-record'),
  values: sealed<LetterValues>('request-record'),
};
const issuedLetter = {
  ...letter,
  documentNumber: published<string>(),
  /** Of the template; 0 is the one that comes with the program. */
  version: count(),
  text: sealed<IssuedText>('request-record'),
  /** SHA-256 (hex) of the exact text. */
  textHash: sealed<string>('request-record'),
};

/** What an entry of the register of recipients says. */
const recipient = {
  recipientId: id(),
  /** Whose key seals the people: the entry's own id. */
  staffId: id(),
  version: count(),
  code: published<string>(),
  role: one(RECIPIENT_ROLES),
  content: published<RecipientContent>(),
  representative: sealed<string>('staff'),
  contact: maybe(sealed<RecipientContact>('staff')),
};

/** What the inventory says of a data store (GL 10). */
const system = {
  systemId: id(),
  systemKind: one(SYSTEM_KINDS),
  name: published<string>(),
  purpose: published<string>(),
  items: published<string>(),
  categories: some(CATEGORIES),
  documents: some(DOCUMENT_CODES),
  department: published<string>(),
  access: published<string>(),
  country: published<string>(),
  disposal: published<string>(),
  staffId: id(),
  responsible: sealed<string>('staff'),
};

export const EVENTS = {
  // company
  LedgerOpened: event(undefined, {
    ledgerId: id(),
    companyId: id(),
    mode: one(['development', 'production']),
  }),
  CompanyDescribed: event(undefined, { companyId: id(), party: published<CompanyParty>() }),
  ContactPointSet: event(undefined, { companyId: id(), contactPoint: published<ContactPoint>() }),
  PublicMattersStated: event(undefined, { companyId: id(), matters: published<PublicMatters>() }),
  ResponsibleOfficerAppointed: event('staff', {
    staffId: id(),
    name: sealed<PersonName>('staff'),
    title: maybe(sealed<string>('staff')),
    workContact: maybe(sealed<string>('staff')),
  }),

  // handling-rules
  HandlingRulesAdopted: event(undefined, {
    version: count(),
    title: published<Bilingual>(),
    /** Where the company files the document. */
    documentNumber: maybe(published<string>()),
    /** The document itself, where it is text. */
    text: maybe(published<string>()),
    fileHash: digest(),
    officerId: id(),
    access: published<readonly AccessRule[]>(),
    measures: published<SecurityMeasures>(),
    /** When they must have been reviewed for the first time. */
    reviewBy: instant(),
  }),
  HandlingRulesReviewed: event('staff', {
    reviewId: id(),
    /** Whose account recorded it. */
    staffId: id(),
    version: count(),
    outcome: one(REVIEW_OUTCOMES),
    findings: sealed<string>('staff'),
    /** When the next review is due at the latest. */
    nextBy: instant(),
  }),

  // publication
  /** The page of 32(1) as it is served from then on, and SHA-256 of its bytes in each language. */
  PrivacyPageIssued: event(undefined, {
    version: count(),
    pageJa: published<string>(),
    pageEn: published<string>(),
    hashJa: digest(),
    hashEn: digest(),
    basis: published<PageBasis>(),
    /** Of the purposes it shows, the versions that no page had shown before. */
    firstShown: published<readonly ShownPurpose[]>(),
  }),

  // purpose-<id>
  PurposeDrafted: event(undefined, {
    purposeId: id(),
    version: count(),
    revision: one(REVISION_KINDS),
    code: published<string>(),
    content: published<PurposeContent>(),
    noticeHashJa: digest(),
    noticeHashEn: digest(),
  }),
  PurposePublished: event(undefined, { purposeId: id(), version: count(), revision: one(REVISION_KINDS) }),
  NoticePublished: event(undefined, {
    purposeId: id(),
    version: count(),
    method: one(NOTICE_METHODS),
    /** Where and how it was published, and what proves it (a URL, a document number). */
    proof: published<string>(),
  }),
  PurposeRetired: event(undefined, { purposeId: id() }),

  // programme-<id>
  ProgrammeDrafted: event(undefined, {
    programmeId: id(),
    version: count(),
    code: published<string>(),
    content: published<ProgrammeContent>(),
    officerId: maybe(id()),
  }),
  ProgrammePublished: event(undefined, { programmeId: id(), version: count() }),
  ProgrammeClosed: event(undefined, { programmeId: id() }),

  // import-<id>
  LeaversImportStarted: event(undefined, {
    importId: id(),
    /** HMAC of the file's bytes under the ledger secret. */
    fileTag: id(),
    layout: one(['jinjer', 'smarthr', 'freee', 'kaonavi', 'plain', 'unknown']),
    freeText: flag(),
  }),
  LeaversImportCompleted: event(undefined, {
    importId: id(),
    rows: count(),
    registered: count(),
    corrected: count(),
    unchanged: count(),
    notLeavers: count(),
    refused: count(),
    warnings: count(),
  }),
  ConsentsImportStarted: event(undefined, { importId: id(), fileTag: id() }),
  ConsentsImportCompleted: event(undefined, {
    importId: id(),
    rows: count(),
    recorded: count(),
    incomplete: count(),
    unchanged: count(),
    refused: count(),
  }),
  /** Compliance has taken the consents of an import whose evidence is incomplete for consents. */
  ImportEvidenceApproved: event(undefined, { importId: id(), approved: count() }),
  ImportUndoStarted: event('staff', { importId: id(), staffId: id(), reason: sealed<string>('staff') }),
  ImportUndone: event(undefined, {
    importId: id(),
    people: count(),
    hidden: count(),
    reverted: count(),
    left: count(),
  }),

  // alumnus-<id>
  AlumnusRegistered: event('alumnus', {
    alumnusId: id(),
    origin: one(['import', 'hand']),
    ...person,
    employment: sealed<Employment>('programme'),
  }),
  EmploymentAdded: event('alumnus', { alumnusId: id(), employment: sealed<Employment>('programme') }),
  EmploymentCorrected: event('alumnus', {
    alumnusId: id(),
    /** Which employment, by its place in order of recording, from 0. */
    index: count(),
    employment: sealed<Employment>('programme'),
  }),
  AlumnusCorrected: event('alumnus', {
    alumnusId: id(),
    ...person,
    name: maybe(person.name),
    changed: some(PERSON_FIELDS),
    reason: maybe(sealed<string>('request-record')),
  }),
  /** What was looked into before a value was corrected, or left as it is (34). */
  CorrectionInvestigated: event('alumnus', {
    alumnusId: id(),
    fields: some(INVESTIGATED_FIELDS),
    origin: one(CORRECTION_ORIGINS),
    outcome: one(INVESTIGATION_OUTCOMES),
    /** What was looked at, and what it showed. */
    checked: sealed<string>('request-record'),
    /** The request that it answers. */
    requestId: maybe(id()),
  }),
  /** Values are right as they stand: as of the day on which it was said. */
  ValuesConfirmed: event('alumnus', {
    alumnusId: id(),
    fields: some(PERSON_FIELDS),
    origin: one(CORRECTION_ORIGINS),
    requestId: maybe(id()),
  }),
  /** What an import that was undone had changed stands again as the imports before it had stated it. */
  AlumnusReverted: event('alumnus', {
    alumnusId: id(),
    importId: id(),
    ...person,
    name: maybe(person.name),
    changed: some(PERSON_FIELDS),
  }),
  EmploymentReverted: event('alumnus', {
    alumnusId: id(),
    importId: id(),
    index: count(),
    employment: sealed<Employment>('programme'),
    /** Whether another import stated it so; the next import is compared with that. */
    stated: flag(),
  }),
  EmploymentRemoved: event('alumnus', {
    alumnusId: id(),
    importId: id(),
    index: count(),
    /** Whether a return to work stands again that the employment had seemed to end. */
    returnStands: flag(),
  }),
  /** Only an import that was undone knew the person: as if they had never been registered. */
  RegistrationUndone: event('alumnus', { alumnusId: id(), importId: id() }),
  AlumnusReturned: event('alumnus', { alumnusId: id(), returnedOn: maybe(sealed<Day>('programme')) }),
  AlumnusDeathRecorded: event('alumnus', { alumnusId: id(), diedOn: maybe(sealed<Day>('programme')) }),

  // link-<alumnusId>.<otherId>, the smaller id first; the reason stands under the first one's key
  /** Somebody has found that two records are about the same person. Both stay as they are. */
  AlumniLinked: event('alumnus', {
    alumnusId: id(),
    otherId: id(),
    reason: sealed<string>('request-record'),
  }),
  AlumniUnlinked: event('alumnus', {
    alumnusId: id(),
    otherId: id(),
    /** Event id of the link that no longer holds. */
    linkId: id(),
    reason: maybe(sealed<string>('request-record')),
  }),
  /** Somebody has found that two records that look alike are about different people. */
  DuplicateDismissed: event('alumnus', {
    alumnusId: id(),
    otherId: id(),
    reason: sealed<string>('request-record'),
  }),

  // consent-<alumnusId>.<purposeId>
  ConsentRequested: event('alumnus', {
    ...consentOf,
    purposeVersion: count(),
    captureChannel: one(CAPTURE_CHANNELS),
    language: one(LANGUAGES),
    noticeHash: digest(),
  }),
  ConsentGranted: event('alumnus', {
    ...answer,
    expiresAt: maybe(instant()),
    /** Taken over without the text shown or without proof: carries nothing until somebody approves it. */
    evidenceIncomplete: maybe(flag()),
  }),
  ConsentRefused: event('alumnus', { ...answer }),
  ConsentWithdrawn: event('alumnus', {
    ...consentOf,
    captureChannel: one(CAPTURE_CHANNELS),
    method: one(CONSENT_METHODS),
    party: one(CONSENT_PARTIES),
    identityCheck: one(IDENTITY_CHECKS),
    evidence: answer.evidence,
    representative: answer.representative,
    artefactId: answer.artefactId,
    artefactHash: answer.artefactHash,
    // A withdrawal needs no text before it; where one was shown, which it was.
    language: maybe(answer.language),
    purposeVersion: maybe(answer.purposeVersion),
    noticeHash: maybe(answer.noticeHash),
  }),
  /** History only: expiry is an instant compared at query time. */
  ConsentExpired: event('alumnus', { ...consentOf, grantId: id() }),
  /** Compliance takes a consent whose evidence is incomplete for one. */
  ConsentEvidenceApproved: event('alumnus', {
    alumnusId: id(),
    purposeId: id(),
    /** Event id of the consent. */
    approved: id(),
  }),
  ConsentInvalidated: event('alumnus', {
    alumnusId: id(),
    purposeId: id(),
    /** Event id of the answer that was recorded in error. */
    voided: id(),
    reason: sealed<string>('consent-evidence'),
  }),

  // lifecycle-<alumnusId>
  HoldPlaced: event('alumnus', {
    alumnusId: id(),
    holdId: id(),
    /** A hold may also stop every contact while it lasts. */
    stopsContact: flag(),
    reviewAt: instant(),
    reason: sealed<string>('request-record'),
  }),
  /** Somebody has looked at it again: it stands, until the next review. */
  HoldReviewed: event('alumnus', {
    alumnusId: id(),
    holdId: id(),
    reviewAt: instant(),
    reason: sealed<string>('request-record'),
  }),
  HoldReleased: event('alumnus', {
    alumnusId: id(),
    holdId: id(),
    reason: maybe(sealed<string>('request-record')),
  }),
  /** For the erasure desk: nothing needs these data any more (22). */
  ErasureMarked: event('alumnus', {
    alumnusId: id(),
    importId: id(),
    ground: one(['import-undone']),
    categories: some(CATEGORIES),
  }),
  ErasureMarkLifted: event('alumnus', {
    alumnusId: id(),
    importId: id(),
    ground: one(['registered-again']),
  }),
  /** A document about the person in another system. Stated again, it replaces what was said of the entry. */
  HeldElsewhereRecorded: event('alumnus', {
    alumnusId: id(),
    entryId: id(),
    systemId: id(),
    document: one(DOCUMENT_CODES),
    /** What its period runs from: days of a person's life. */
    anchors: sealed<AnchorFacts>('request-record'),
    label: maybe(sealed<string>('request-record')),
    owner: maybe(sealed<string>('request-record')),
  }),
  DisposalConfirmed: event('alumnus', {
    alumnusId: id(),
    entryId: id(),
    disposedOn: sealed<Day>('request-record'),
    proof: sealed<string>('request-record'),
  }),
  /** The point of no return. */
  ErasureStarted: event('alumnus', {
    alumnusId: id(),
    categories: some(CATEGORIES),
    /** The plan that decided it. */
    erasureId: maybe(id()),
  }),
  /** Of these events these fields. What stays in them is sealed anew; the key that had sealed all of it is destroyed. */
  ItemErased: event('alumnus', {
    alumnusId: id(),
    erasureId: id(),
    categories: some(CATEGORIES),
    fields: some(ITEM_FIELDS),
    eventIds: ids(),
  }),
  ErasureCompleted: event('alumnus', {
    alumnusId: id(),
    categories: some(CATEGORIES),
    erasureId: maybe(id()),
    /** Keys that were destroyed. */
    keys: maybe(count()),
    /** Until then a file that names the person brings nobody back. */
    blockedUntil: maybe(instant()),
  }),

  // erasure-<id>: who is to be erased
  ErasureProposed: event('staff', {
    erasureId: id(),
    /** Whose account proposes it; the reason is sealed for it. */
    staffId: id(),
    ground: one(ERASURE_GROUNDS),
    /** How many people its chunks name, and how many chunks there are. */
    people: count(),
    chunks: count(),
    /** Of those asked for: kept by a hold, and those of whom there is nothing to erase. */
    held: count(),
    empty: count(),
    /** Whether somebody else must approve it. */
    second: flag(),
    /** Only these items of them; absent: all of the categories that its chunks name. */
    fields: maybe(some(ITEM_FIELDS)),
    /** The request that it answers. */
    requestId: maybe(id()),
    reason: sealed<string>('staff'),
  }),
  /** Of these people, these categories. */
  ErasureChunkProposed: event(undefined, {
    erasureId: id(),
    /** From 0. */
    number: count(),
    categories: some(CATEGORIES),
    alumnusIds: ids(),
    /** Requests of theirs whose own keys go with the records. */
    requestIds: maybe(ids()),
    /** Of items: only as these events state them. */
    eventIds: maybe(ids()),
  }),
  ErasureApproved: event(undefined, { erasureId: id(), staffId: id() }),
  ErasureRefused: event('staff', { erasureId: id(), staffId: id(), reason: sealed<string>('staff') }),
  /** A chunk was carried out. Whoever was held, whose mark was lifted or whose data must stay again was left as they are. */
  ErasureChunkExecuted: event(undefined, {
    erasureId: id(),
    number: count(),
    erased: count(),
    keys: count(),
    heldIds: maybe(ids()),
    liftedIds: maybe(ids()),
    keptIds: maybe(ids()),
  }),
  ErasureExecuted: event(undefined, {
    erasureId: id(),
    erased: count(),
    left: count(),
    keys: count(),
    /** SHA-256 (hex) over the keys: subject, category, generation and time of each, in order. */
    digest: digest(),
  }),

  // request-<id>: what a person asks for, under a key of its own; whom it is about stands in clear once it is known
  RequestReceived: event('request', {
    requestId: id(),
    kind: one(REQUEST_KINDS),
    ground: maybe(one(REQUEST_GROUNDS)),
    cameBy: one(REQUEST_WAYS),
    party: one(REQUEST_PARTIES),
    answerForm: one(ANSWER_FORMS),
    language: one(LANGUAGES),
    arrivedAt: instant(),
    /** The alarm: no limit of the law, but from then on the person may sue (39). */
    dueAt: instant(),
    remindAt: instant(),
    /** Who asks, or for whom it is asked: a name. */
    requester: sealed<string>('request-record'),
    /** Where the answer is to go. */
    answerTo: maybe(sealed<string>('request-record')),
    asked: sealed<string>('request-record'),
    /** What helps to find the person: number, department, years. */
    aboutThem: maybe(sealed<string>('request-record')),
    agent: maybe(sealed<string>('request-record')),
  }),
  RequestIdentityChecked: event('request', {
    requestId: id(),
    result: one(CHECK_RESULTS),
    method: one(IDENTITY_CHECKS),
    /** What was seen; never a copy of it. */
    seen: sealed<string>('request-record'),
    /** Of an agent: what showed that they may ask. */
    authority: maybe(sealed<string>('request-record')),
  }),
  RequestMatched: event('request', { requestId: id(), alumnusId: id() }),
  /** Accounts. */
  RequestAssigned: event('request', { requestId: id(), assigneeId: id(), deputyId: maybe(id()) }),
  RequestNoted: event('request', { requestId: id(), note: sealed<string>('request-record') }),
  RequestAttached: event('request', {
    requestId: id(),
    artefactId: id(),
    artefactHash: digest(),
    title: sealed<string>('request-record'),
  }),
  /** Does not move the alarm: the two weeks of the law go on. */
  RequestPaused: event('request', { requestId: id(), reason: sealed<string>('request-record') }),
  RequestResumed: event('request', { requestId: id() }),
  /** The same was asked before, in the other request. */
  RequestLinked: event('request', { requestId: id(), originalId: id() }),
  /** In yen. */
  RequestFeeCharged: event('request', { requestId: id(), amount: count() }),
  RequestTaskOpened: event('request', {
    requestId: id(),
    taskId: id(),
    /** What the company calls the system that holds the data; its id, where it stands in the inventory. */
    system: published<string>(),
    systemId: maybe(id()),
    /** Account. */
    ownerId: id(),
    dueAt: instant(),
    task: sealed<string>('request-record'),
  }),
  RequestTaskAnswered: event('request', {
    requestId: id(),
    taskId: id(),
    answer: one(TASK_ANSWERS),
    proof: sealed<string>('request-record'),
    artefactId: maybe(id()),
    artefactHash: maybe(digest()),
  }),
  RequestDecided: event('request', {
    requestId: id(),
    alumnusId: maybe(id()),
    decision: one(REQUEST_DECISIONS),
    refusalGround: maybe(one(REFUSAL_GROUNDS)),
    /** The last instant of the retention. */
    deferredUntil: maybe(instant()),
    /** The document that a law has kept until then. */
    deferredUnder: maybe(one(STATUTORY_DOCUMENTS)),
    reason: sealed<string>('request-record'),
    /** What is done in place of what would cost out of proportion (35(2), (6)). */
    substitute: maybe(sealed<string>('request-record')),
  }),
  RequestExecuted: event('request', {
    requestId: id(),
    alumnusId: maybe(id()),
    /** What was changed, or disclosed. */
    changed: sealed<string>('request-record'),
  }),
  RequestNotified: event('request', {
    requestId: id(),
    alumnusId: maybe(id()),
    about: one(NOTIFICATION_SUBJECTS),
    form: one(ANSWER_FORMS),
    way: one(NOTIFICATION_WAYS),
    /** What was said and what shows that it was sent (number of a registered letter, Message-ID), where no letter of the desk does. */
    said: maybe(sealed<string>('request-record')),
    proof: maybe(sealed<string>('request-record')),
    /** The letter, and the event that it has left. */
    letterId: maybe(id()),
    sentId: maybe(id()),
    /** Why not in the form that was asked for. */
    formReason: maybe(sealed<string>('request-record')),
    artefactId: maybe(id()),
    artefactHash: maybe(digest()),
  }),
  /** The desk has a letter written. */
  RequestReplyOrdered: event('request', {
    requestId: id(),
    alumnusId: maybe(id()),
    letterId: id(),
    letter: one(REPLIES),
    form: one(ANSWER_FORMS),
    /** Why not in the form that was asked for. */
    formReason: maybe(sealed<string>('request-record')),
  }),
  /** A letter of the desk has not arrived: who was told by it has not been told. */
  RequestReplyReturned: event('request', {
    requestId: id(),
    alumnusId: maybe(id()),
    letterId: id(),
    ground: one(UNDELIVERED_GROUNDS),
  }),
  RequestComplained: event('request', {
    requestId: id(),
    alumnusId: maybe(id()),
    complaint: sealed<string>('request-record'),
  }),
  RequestClosed: event('request', {
    requestId: id(),
    alumnusId: maybe(id()),
    outcome: one(REQUEST_OUTCOMES),
    reason: maybe(sealed<string>('request-record')),
  }),

  // law
  /** What the company has set instead of a default of the rule table; holds from its effective time. */
  LawNumberSet: event(undefined, { code: one(LAW_CODES), value: count(), reason: published<string>() }),
  PurposePeriodsSet: event(undefined, {
    purposeId: id(),
    /** After the consent has ended. */
    keepMonths: count(),
    answerDays: count(),
    reason: published<string>(),
  }),

  // system-<id>: the inventory of data stores
  SystemAdded: event('staff', { ...system, code: published<string>() }),
  SystemRevised: event('staff', system),
  SystemRetired: event(undefined, { systemId: id() }),

  // clock
  /** In Asia/Tokyo; only of days for which something waited. */
  DayBegan: event(undefined, { from: instant() }),
  /** An operator has said that a clock that had jumped ahead is right. */
  ClockConfirmed: event(undefined, { at: instant() }),

  // refused-<commandId>
  PolicyCommandRefused: event(undefined, {
    policy: one(POLICY_NAMES),
    command: one(POLICY_COMMANDS),
    /** The event that the policy had answered. */
    eventId: id(),
    code: one(REFUSAL_CODES),
  }),

  // export-<id>: personal data that leaves as a file
  /** Times are of recording: from, inclusive, until, exclusive. */
  ExportRequested: event('staff', {
    exportId: id(),
    /** Whose account asks; the reason is sealed for it. */
    staffId: id(),
    content: one(EXPORT_CONTENTS),
    level: one(EXPORT_LEVELS),
    format: one(PERSONAL_FORMATS),
    encoding: maybe(one(ENCODINGS)),
    language: maybe(one(LANGUAGES)),
    alumnusId: maybe(id()),
    purposeId: maybe(id()),
    importId: maybe(id()),
    kind: maybe(one(CONSENT_KINDS)),
    /** Of the trail: who recorded, in two parts. */
    actorKind: maybe(one(ACTOR_KINDS)),
    actorId: maybe(id()),
    from: maybe(instant()),
    until: maybe(instant()),
    reason: sealed<string>('staff'),
  }),
  ExportApproved: event(undefined, { exportId: id(), staffId: id() }),
  ExportRefused: event('staff', { exportId: id(), staffId: id(), reason: sealed<string>('staff') }),
  ExportStarted: event(undefined, { exportId: id() }),
  /**
   * Whose data the file holds: person and event of each line about somebody, in the order of the file. Of a bundle,
   * whose events name themselves, the people.
   */
  ExportChunkRecorded: event(undefined, {
    exportId: id(),
    /** From 0. */
    number: count(),
    alumnusIds: ids(),
    eventIds: maybe(ids()),
  }),
  ExportCompleted: event('staff', {
    exportId: id(),
    /** Whose account asked for it. */
    staffId: id(),
    /** Of a bundle its manifest tells. */
    lines: maybe(count()),
    people: count(),
    chunks: count(),
    bytes: count(),
    /** SHA-256 of the file (hex). Of few people it could be tried out, so that it is sealed. */
    fileHash: sealed<string>('staff'),
    /** Events that the newest checkpoint covered. */
    checkpoint: maybe(count()),
  }),
  ExportHandedOver: event('staff', { exportId: id(), staffId: id(), recipient: sealed<string>('staff') }),
  ExportPurged: event(undefined, { exportId: id(), ground: one(PURGE_GROUNDS) }),
  ExportExpired: event(undefined, { exportId: id() }),

  // letter-template-<kind>
  /** Version 0 is the text that comes with the program. */
  LetterTemplateRevised: event(undefined, {
    letter: one(TEMPLATE_KINDS),
    version: count(),
    content: published<LetterContent>(),
    hashJa: digest(),
    hashEn: digest(),
  }),
  LetterTemplateReverted: event(undefined, { letter: one(TEMPLATE_KINDS), version: count() }),
  // letter-numbering
  LetterNumberingSet: event(undefined, { prefix: published<string>(), year: one(NUMBERING_YEARS) }),
  // letters-<year>: one event for each number
  LetterNumbered: event(undefined, {
    letterId: id(),
    year: count(),
    number: count(),
    documentNumber: published<string>(),
  }),
  // letter-<letterId>: to a known person, or about a request
  LetterOrdered: event('alumnus', { ...orderedLetter, alumnusId: id() }),
  RequestLetterOrdered: event('request', { ...orderedLetter, requestId: id() }),
  LetterIssued: event('alumnus', { ...issuedLetter, alumnusId: id() }),
  RequestLetterIssued: event('request', { ...issuedLetter, requestId: id() }),
  LetterSent: event(undefined, { ...letter, alumnusId: maybe(id()), requestId: maybe(id()) }),
  LetterNotDelivered: event(undefined, {
    letterId: letter.letterId,
    letter: letter.letter,
    ground: one(UNDELIVERED_GROUNDS),
    alumnusId: maybe(id()),
    requestId: maybe(id()),
  }),

  // digest
  /** The daily mail of a day has left. */
  DigestSent: event(undefined, { from: instant() }),

  // recipient-<id>: who else gets the data; its people are sealed under one key, that of the entry
  RecipientAdded: event('staff', { ...recipient }),
  /** The next version of the entry: all of it. */
  RecipientRevised: event('staff', { ...recipient }),
  RecipientAssessed: event('staff', {
    recipientId: id(),
    /** Whose account records it. */
    staffId: id(),
    assessment: one(ASSESSMENTS),
    passed: flag(),
    findings: maybe(sealed<string>('staff')),
  }),
  RecipientEnded: event('staff', {
    recipientId: id(),
    /** Whose account records it. */
    staffId: id(),
    disposal: one(DISPOSALS),
    /** Certificate, letter, receipt: which. */
    proof: maybe(sealed<string>('staff')),
  }),

  // provision-<id>: data given to a recipient (29), one event and the people it is about
  ProvisionRecorded: event('staff', {
    provisionId: id(),
    /** Whose account records it. */
    staffId: id(),
    recipientId: id(),
    /** Of the entry of the register, which then names it, its address and its representative. */
    recipientVersion: count(),
    ground: one(PROVISION_GROUNDS),
    /** Absent: one provision. */
    form: maybe(one(RECORD_FORMS)),
    purposeId: maybe(id()),
    /** Of a file that was handed over. */
    exportId: maybe(id()),
    items: some(PROVIDED_ITEMS),
    /** Each of them had consented to it, and the law asks for this record (29). */
    byConsent: flag(),
    people: count(),
    chunks: count(),
    note: maybe(sealed<string>('staff')),
  }),
  ProvisionChunkRecorded: event(undefined, {
    provisionId: id(),
    recipientId: id(),
    purposeId: maybe(id()),
    items: some(PROVIDED_ITEMS),
    /** From 0. */
    number: count(),
    alumnusIds: ids(),
    /** Of each person in the same order, the event by which they consented. */
    consentIds: maybe(ids()),
  }),

  // receipt-<id>: data received from a third party (30)
  ReceiptRecorded: event('staff', {
    receiptId: id(),
    /** Whose account records it. */
    staffId: id(),
    /** The provider, as it stands in the register. */
    recipientId: id(),
    recipientVersion: count(),
    ground: one(PROVISION_GROUNDS),
    /** Absent: one receipt. */
    form: maybe(one(RECORD_FORMS)),
    items: some(PROVIDED_ITEMS),
    alumnusIds: ids(),
    /** How the provider had come by the data, and how that was confirmed (30(1)(ii)). */
    acquired: sealed<string>('staff'),
  }),

  // recipients-<alumnusId>: who else has the data of one person
  RecipientNoted: event(undefined, {
    alumnusId: id(),
    recipientId: id(),
    provisionId: id(),
    items: some(PROVIDED_ITEMS),
    purposeId: maybe(id()),
    consentId: maybe(id()),
  }),
  RecipientNoticeFellDue: event(undefined, {
    alumnusId: id(),
    recipientId: id(),
    /** Event id of the correction, the withdrawal or the erasure. */
    causeId: id(),
    ground: one(TELLING_GROUNDS),
    /** What of the recipient's data it is about. */
    items: some(PROVIDED_ITEMS),
  }),
  /** The proof is sealed for the account that records it, so that somebody can be told after an erasure too. */
  RecipientTold: event('staff', {
    alumnusId: id(),
    recipientId: id(),
    staffId: id(),
    /** Of what: the events named when it fell due. */
    causeIds: ids(),
    means: one(TELLING_MEANS),
    proof: sealed<string>('staff'),
  }),

  // access-log, checkpoint, accounts, self-check, vault
  AccessDigestRecorded: event(undefined, {
    from: instant(),
    to: instant(),
    entries: count(),
    digest: digest(),
  }),
  CheckpointSigned: event(undefined, { size: count(), root: digest() }),
  SigningKeyChanged: event(undefined, { size: count(), root: digest(), key: published<string>() }),
  AccountsReviewed: event(undefined, {
    reviewId: id(),
    kept: count(),
    revoked: count(),
    digest: digest(),
  }),
  SelfCheckRecorded: event(
    undefined,
    {
      leaves: count(),
      root: digest(),
      checkpoints: count(),
      differences: count(),
      // Of the views that were built once more and compared; absent where none was.
      views: maybe(count()),
      rows: maybe(count()),
      rowDifferences: maybe(count()),
      parkedScopes: maybe(count()),
    },
    2,
  ),
  EpochOpened: event(undefined, { epoch: count() }),
  EpochDestroyed: event(undefined, { epoch: count() }),
  LedgerRestored: event(undefined, {
    backup: maybe(digest()),
    takenAt: maybe(instant()),
    leaves: count(),
    lost: count(),
  }),
  RestoreDrillRecorded: event(undefined, {
    backup: digest(),
    takenAt: instant(),
    leaves: count(),
    root: digest(),
    opened: count(),
    erased: count(),
    seconds: count(),
  }),
} as const;

export type EventType = keyof typeof EVENTS;

type FieldsOf<T extends EventType> = (typeof EVENTS)[T]['fields'];
type ValueOf<F> = F extends { readonly value?: infer V } ? Exclude<V, undefined> : never;
type Keys<F, Wanted> = { [K in keyof F]: F[K] extends Wanted ? K : never }[keyof F];
type Flatten<T> = { [K in keyof T]: T[K] };

/** The data of a new event of type `T`. */
export type DataOf<T extends EventType> = Flatten<
  { readonly [K in Keys<FieldsOf<T>, { optional: false }>]: ValueOf<FieldsOf<T>[K]> } & {
    readonly [K in Keys<FieldsOf<T>, { optional: true }>]?: ValueOf<FieldsOf<T>[K]>;
  }
>;

/** The data of an event read back: sealed fields may be gone, because their key may have been destroyed. */
export type OpenedDataOf<T extends EventType> = Flatten<
  {
    readonly [
      K in Exclude<Keys<FieldsOf<T>, { optional: false }>, Keys<FieldsOf<T>, { kind: 'sealed' }>>
    ]: ValueOf<FieldsOf<T>[K]>;
  } & {
    readonly [K in Keys<FieldsOf<T>, { optional: true }> | Keys<FieldsOf<T>, { kind: 'sealed' }>]?: ValueOf<
      FieldsOf<T>[K]
    >;
  }
>;

/** Every metadata key and why it may stand in clear. */
export const METADATA = {
  v: 'number',
  commandId: 'opaque-id',
  $correlationId: 'opaque-id',
  $causationId: 'opaque-id',
  actor: 'opaque-id',
  decidedAt: 'instant',
  effectiveAt: 'instant',
  batchId: 'opaque-id',
} as const;

/** The declaration of an event type, in one uniform shape. @throws Error for a type the table does not know. */
export function declarationOf(type: string): EventDeclaration {
  const declaration = (EVENTS as Record<string, EventDeclaration>)[type];
  if (declaration === undefined) throw new Error(`event type ${type} is not declared`);
  return declaration;
}

/** Text in both languages, for declarations elsewhere. */
export type { Bilingual };
