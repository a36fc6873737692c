import type { LinkedAskedRecord } from './consent-asking';
import type { Instant } from './kernel';
import type { PurposeSchedule } from './purpose-schedule';
import type {
  CaptureChannel,
  ConsentMethod,
  ConsentParty,
  ContactChannel,
  IdentityCheck,
  Language,
} from './terms';

/** What consent rules need to know about the person; from `consentSubject(personFacts(...), holds)`. */
export interface ConsentSubject {
  readonly registered: boolean;
  readonly died: boolean;
  readonly returned: boolean;
  readonly erasing: boolean;
  /** A hold that stops contact stands. */
  readonly held: boolean;
  /** Answers before this instant no longer carry use: the person returned meanwhile. */
  readonly consentsFrom?: Instant;
}

/** One person and one purpose, and what the other streams say about them at the moment of deciding. */
interface About {
  readonly alumnusId: string;
  readonly purposeId: string;
  readonly schedule: PurposeSchedule;
  readonly subject: ConsentSubject;
}

/** How a word of the person came in, and what is kept with it (law.md, evidence kept with each consent). */
export interface Expression {
  readonly captureChannel: CaptureChannel;
  readonly method: ConsentMethod;
  readonly party: ConsentParty;
  readonly identityCheck: IdentityCheck;
  readonly evidence?: string;
  /** Required with the party `legal-representative` (GL 2-16), and only then. */
  readonly representative?: { readonly name: string; readonly relation: string };
  readonly artefactId?: string;
  readonly artefactHash?: string;
  /** When the person said so; absent: when it is decided. Never in the future. */
  readonly effectiveAt?: Instant;
}

/** An expression that answers a text shown. */
interface Answer extends Expression {
  readonly language: Language;
}

/** Notes that the person is asked (18(1), GL 3-1-3). The text asked with is the one in force. */
export interface RequestConsent extends About {
  readonly kind: 'RequestConsent';
  readonly channels: readonly ContactChannel[];
  readonly captureChannel: CaptureChannel;
  readonly language: Language;
  /** The person's other records; none for nearly everybody. */
  readonly linked: readonly LinkedAskedRecord[];
}

/** The person consents to a version of the purpose, per channel (18(1), GL 2-16). */
export interface GrantConsent extends About, Answer {
  readonly kind: 'GrantConsent';
  readonly channels: readonly ContactChannel[];
  /** Absent: the version in force at the effective time. */
  readonly purposeVersion?: number;
  /** SHA-256 of the text shown, where the caller knows it: it must be the version's. */
  readonly noticeHash?: string;
  /** Absent: effective time plus the version's validity, if it has one. Never later than that. */
  readonly expiresAt?: Instant;
  /** Taken over without the text shown or without proof. */
  readonly evidenceIncomplete?: true;
}

/** The person refuses, per channel. */
export interface RefuseConsent extends About, Answer {
  readonly kind: 'RefuseConsent';
  readonly channels: readonly ContactChannel[];
  readonly purposeVersion?: number;
  readonly noticeHash?: string;
}

/** The person withdraws. Needs nothing but their word: no version, no schedule, never refused for these. */
export interface WithdrawConsent extends Expression {
  readonly kind: 'WithdrawConsent';
  readonly alumnusId: string;
  readonly purposeId: string;
  /** Absent: every channel consented to. */
  readonly channels?: readonly ContactChannel[];
  /** The language it was said in, where that is known. */
  readonly language?: Language;
}

/**
 * An answer was recorded in error (wrong person, wrong form): it never was. Not a withdrawal, and never a way to
 * bring an earlier consent back.
 */
export interface VoidConsent {
  readonly kind: 'VoidConsent';
  /** Event id of the grant or refusal. */
  readonly voided: string;
  readonly reason: string;
}

/** Compliance has looked at a consent whose evidence is incomplete, and takes it for one. */
export interface ApproveEvidence {
  readonly kind: 'ApproveEvidence';
  readonly alumnusId: string;
  readonly purposeId: string;
  /** Event id of the grant. */
  readonly approved: string;
}

export type ConsentCommand =
  RequestConsent | GrantConsent | RefuseConsent | WithdrawConsent | VoidConsent | ApproveEvidence;
