import type { LetterKind } from '../letters/kinds';

/** The closed lists of the request desk. Codes are stable; what people read comes from message catalogues. */

/** What a person may ask for (APPI 28(3), 32 to 35, 40). */
export const REQUEST_KINDS = [
  'purpose-notice',
  'disclosure',
  'disclosure-of-provision-records',
  'correction',
  'addition',
  'deletion',
  'cease-use',
  'erasure',
  'stop-provision',
  'foreign-measures-information',
  'complaint',
] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** On what ground cease-use, erasure or stop-provision is asked for (APPI 35(1), (3), (5)). */
export const REQUEST_GROUNDS = [
  'handled-in-breach',
  'provided-in-breach',
  'no-longer-needed',
  'breach-happened',
  'interests-at-risk',
] as const;
export type RequestGround = (typeof REQUEST_GROUNDS)[number];

/** How a request came in. */
export const REQUEST_WAYS = ['web-form', 'paper', 'email', 'phone', 'in-person'] as const;
export type RequestWay = (typeof REQUEST_WAYS)[number];

/** Who asks: the person, or somebody for them (APPI 37(3), Enforcement Order 13). */
export const REQUEST_PARTIES = ['person', 'legal-representative', 'mandatary'] as const;
export type RequestParty = (typeof REQUEST_PARTIES)[number];

/** The form in which the person wants the answer (APPI 33(2)). */
export const ANSWER_FORMS = ['electronic', 'paper'] as const;
export type AnswerForm = (typeof ANSWER_FORMS)[number];

export const CHECK_RESULTS = ['verified', 'not-verified'] as const;

/** What the owner of a system answers to a task. */
export const TASK_ANSWERS = ['done', 'nothing-held', 'cannot'] as const;
export type TaskAnswer = (typeof TASK_ANSWERS)[number];

export const REQUEST_DECISIONS = ['accepted', 'in-part', 'refused', 'deferred'] as const;
export type RequestDecision = (typeof REQUEST_DECISIONS)[number];

/** Grounds for a refusal, each of the article of the kind of request it fits; see `request-law.ts`. */
export const REFUSAL_GROUNDS = [
  'purpose-evident',
  'harm',
  'company-rights',
  'public-affairs',
  'business-obstruction',
  'other-law',
  'not-held',
  'not-needed-for-purpose',
  'claim-wrong',
  'unfounded',
  'disproportionate-cost',
] as const;
export type RefusalGround = (typeof REFUSAL_GROUNDS)[number];

/** Documents that a law keeps: their retention may put an erasure off (APPI 35(2), (6) with their proviso). */
export const STATUTORY_DOCUMENTS = [
  'roster',
  'wage-ledger',
  'hiring',
  'dismissal',
  'retirement',
  'accident',
  'attendance',
  'health-check',
  'health-check-radiation',
  'health-check-chemicals',
  'health-check-asbestos',
  'interview-guidance',
  'employment-insurance',
  'labour-insurance',
  'workers-compensation',
  'social-insurance',
  'dependants-declaration',
  'withholding',
  'dispatch-source',
  'dispatch-destination',
  'provision-record',
  'provision-record-batch',
  'provision-record-contract',
] as const;
export type StatutoryDocument = (typeof STATUTORY_DOCUMENTS)[number];

/** What the person is told: the decision and what was changed, or that it could not be told who they are. */
export const NOTIFICATION_SUBJECTS = ['decision', 'unverifiable'] as const;
export const NOTIFICATION_WAYS = ['email', 'post', 'handed-over'] as const;

/** Letters by which the desk answers whoever asks. */
export const REPLIES = [
  'request-received',
  'identity-needed',
  'request-decided-accepted',
  'request-decided-in-part',
  'request-decided-refused',
  'request-decided-deferred',
  'correction-made',
] as const satisfies readonly LetterKind[];
export type ReplyKind = (typeof REPLIES)[number];

export const REQUEST_OUTCOMES = ['answered', 'withdrawn', 'unverifiable', 'duplicate'] as const;
export type RequestOutcome = (typeof REQUEST_OUTCOMES)[number];

/** How far a request is; see `requestStanding`. */
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
