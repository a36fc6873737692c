import type { DataOf, EventType } from '../disclosure';
import type { Day, Instant } from '../kernel';
import type { LawSetting } from '../law/law-number';
import type { LetterMeans, UndeliveredGround } from '../letters/kinds';
import type { SystemsAsked } from './request-systems';
import type { ReplyKind } from './request-terms';

type Said<T extends EventType, Own extends string = never> = Omit<DataOf<T>, 'requestId' | 'alumnusId' | Own>;

/** Takes a request in. */
export interface ReceiveRequest {
  readonly kind: 'ReceiveRequest';
  readonly requestId: string;
  readonly request: Said<'RequestReceived', 'arrivedAt' | 'dueAt' | 'remindAt'>;
  /** When it came to the company; now, unless stated. */
  readonly arrivedAt?: Instant;
  /** What the company has set instead of the numbers of law. */
  readonly set: readonly LawSetting[];
}

/** What clerks do with a request before it is decided, and beside it. */
export type DeskCommand =
  | ({ readonly kind: 'CheckIdentity' } & Said<'RequestIdentityChecked'>)
  | {
      readonly kind: 'MatchRequest';
      readonly alumnusId: string;
      /** Whether there is such a person in the ledger. */
      readonly registered: boolean;
    }
  | ({ readonly kind: 'AssignRequest' } & Said<'RequestAssigned'>)
  | ({ readonly kind: 'NoteOnRequest' } & Said<'RequestNoted'>)
  | ({ readonly kind: 'AttachToRequest' } & Said<'RequestAttached'>)
  | ({ readonly kind: 'PauseRequest' } & Said<'RequestPaused'>)
  | { readonly kind: 'ResumeRequest' }
  | {
      readonly kind: 'LinkRequest';
      readonly originalId: string;
      /** What there is under that id: a duplicate itself has no duplicates. */
      readonly original: 'none' | 'duplicate' | 'request';
    }
  | ({ readonly kind: 'ChargeFee' } & Said<'RequestFeeCharged'>)
  | ({ readonly kind: 'OpenTask' } & Said<'RequestTaskOpened', 'systemId'>)
  | { readonly kind: 'AskSystems'; readonly asking: SystemsAsked }
  | ({ readonly kind: 'AnswerTask' } & Said<'RequestTaskAnswered'>);

/** What ends in an answer to the person. */
export type AnswerCommand =
  | DecideRequest
  | ({ readonly kind: 'ExecuteRequest'; readonly asking: SystemsAsked } & Said<'RequestExecuted'>)
  | NotifyPerson
  | ({ readonly kind: 'TakeComplaint'; readonly arrivedAt?: Instant } & Said<'RequestComplained'>)
  | CloseRequest;

/** Where something is to be done, the keeper of each system that may hold the data is asked with it. */
export type DecideRequest = {
  readonly kind: 'DecideRequest';
  readonly asking: SystemsAsked;
} & Said<'RequestDecided'>;
/** The person was told otherwise than by a letter of the desk; what shows it is stated. */
export type NotifyPerson = {
  readonly kind: 'NotifyPerson';
  readonly sentAt?: Instant;
} & Said<'RequestNotified', 'said' | 'proof' | 'letterId' | 'sentId'> & {
    readonly said: string;
    readonly proof: string;
  };

/** Has a letter written to whoever asks. */
export interface OrderReply {
  readonly kind: 'OrderReply';
  readonly letterId: string;
  readonly letter: ReplyKind;
  readonly means: LetterMeans;
  /** Why not in the form that was asked for. */
  readonly formReason?: string;
}

/** What a clerk adds to a letter, which nothing in the ledger says. */
export interface ReplyWords {
  /** Of `identity-needed`: what is to be shown, and by when. */
  readonly needed?: string;
  readonly by?: Day;
  /** Of a decision in part: what is not done. */
  readonly notDone?: string;
}

/** A letter about a request has left. */
export interface NoteReplySent {
  readonly kind: 'NoteReplySent';
  readonly requestId: string;
  readonly letterId: string;
  readonly means: LetterMeans;
  /** The event that says so. */
  readonly sentId: string;
  readonly sentAt: Instant;
}

/** A letter about a request has not arrived. */
export interface NoteReplyReturned {
  readonly kind: 'NoteReplyReturned';
  readonly requestId: string;
  readonly letterId: string;
  readonly ground: UndeliveredGround;
}
export type CloseRequest = { readonly kind: 'CloseRequest' } & Said<'RequestClosed'>;

export type RequestCommand =
  ReceiveRequest | DeskCommand | AnswerCommand | OrderReply | NoteReplySent | NoteReplyReturned;
