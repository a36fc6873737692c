import type { Bilingual, IdentityCheck } from './contract';

/** What the server answers about requests by the person, as this console reads it. */

export const REQUEST_STANDINGS = [
  'received',
  'verified',
  'decided',
  'deferred',
  'executed',
  'notified',
  'complained',
  'closed',
] as const;
export type RequestStanding = (typeof REQUEST_STANDINGS)[number];
export type RequestDecision = 'accepted' | 'in-part' | 'refused' | 'deferred';
export type AnswerForm = 'electronic' | 'paper';

/** A request in short. */
export interface RequestLine {
  readonly requestId: string;
  /** Absent once erased. */
  readonly requester?: string;
  readonly kind: string;
  readonly ground?: string;
  readonly cameBy: string;
  readonly party: 'person' | 'legal-representative' | 'mandatary';
  readonly answerForm: AnswerForm;
  readonly language: 'ja' | 'en';
  readonly arrivedAt: string;
  readonly standing: RequestStanding;
  readonly dueAt?: string;
  /** Days of the calendar in Japan: 0 on the last one, negative when it is over. */
  readonly daysLeft?: number;
  readonly pausedAt?: string;
  readonly verified: boolean;
  readonly alumnusId?: string;
  readonly assigneeId?: string;
  readonly assigneeName?: string;
  readonly deputyId?: string;
  readonly deputyName?: string;
  readonly originalId?: string;
  readonly decision?: RequestDecision;
  readonly outcome?: string;
  readonly openTasks: number;
  /** For If-Match. */
  readonly revision: number;
}
export interface RequestPage {
  readonly requests: readonly RequestLine[];
  readonly cursor?: string;
}

/** What the keeper of one system is to do. */
export interface RequestTask {
  readonly taskId: string;
  readonly system: string;
  readonly ownerId: string;
  readonly ownerName?: string;
  readonly dueAt: string;
  readonly daysLeft: number;
  readonly task?: string;
  readonly answer?: 'done' | 'nothing-held' | 'cannot';
  readonly proof?: string;
}

/** One step of a request, with its three times. */
export interface RequestStep {
  readonly eventId: string;
  readonly type: string;
  readonly summary: Bilingual;
  readonly effectiveAt: string;
  readonly decidedAt: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly actorName?: string;
  /** Without what has been erased. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** One request with its words and its steps. */
export interface RequestDetail extends RequestLine {
  readonly erased: boolean;
  readonly answerTo?: string;
  readonly asked?: string;
  readonly aboutThem?: string;
  readonly agent?: string;
  /** In yen. */
  readonly fee?: number;
  readonly tasks: readonly RequestTask[];
  /** Oldest first. */
  readonly timeline: readonly RequestStep[];
}

/** A letter about a request, without its text. */
export interface RequestLetter {
  readonly letterId: string;
  readonly letter: string;
  readonly means: 'email' | 'post';
  readonly standing: string;
  readonly orderedAt: string;
  readonly documentNumber?: string;
}

type WordList =
  | 'standing'
  | 'ground'
  | 'refusalGround'
  | 'decision'
  | 'outcome'
  | 'cameBy'
  | 'party'
  | 'answerForm'
  | 'taskAnswer';

/** What forms of the desk offer. */
export interface RequestChoices {
  readonly kinds: readonly {
    readonly kind: string;
    readonly title: Bilingual;
    readonly article: Bilingual;
    readonly grounds: readonly string[];
    readonly refusals: readonly string[];
    readonly fee: boolean;
    readonly deferrable: boolean;
  }[];
  readonly words: Readonly<Record<WordList, Readonly<Record<string, Bilingual>>>>;
  readonly documents: readonly { readonly code: string; readonly title: Bilingual }[];
  readonly clerks: readonly { readonly accountId: string; readonly name?: string }[];
}

export const IDENTITY_CHECKS: readonly IdentityCheck[] = [
  'document-seen',
  'registered-address',
  'call-back',
  'known-in-person',
  'employee-number-and-birth-date',
  'signed-link',
];
