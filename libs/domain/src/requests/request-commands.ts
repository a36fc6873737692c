import type { DataOf, EventType } from '../disclosure';
import type { Instant } from '../kernel';

type Said<T extends EventType, Own extends string = never> = Omit<DataOf<T>, 'requestId' | 'alumnusId' | Own>;

/** Takes a request in. */
export interface ReceiveRequest {
  readonly kind: 'ReceiveRequest';
  readonly requestId: string;
  readonly request: Said<'RequestReceived', 'arrivedAt' | 'dueAt' | 'remindAt'>;
  /** When it came to the company; now, unless stated. */
  readonly arrivedAt?: Instant;
  /** In days: from arrival to the alarm, and from the reminder to the alarm. */
  readonly days: { readonly alarm: number; readonly reminder: number };
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
  | ({ readonly kind: 'OpenTask' } & Said<'RequestTaskOpened'>)
  | ({ readonly kind: 'AnswerTask' } & Said<'RequestTaskAnswered'>);

/** What ends in an answer to the person. */
export type AnswerCommand =
  | DecideRequest
  | ({ readonly kind: 'ExecuteRequest' } & Said<'RequestExecuted'>)
  | NotifyPerson
  | ({ readonly kind: 'TakeComplaint'; readonly arrivedAt?: Instant } & Said<'RequestComplained'>)
  | CloseRequest;

export type DecideRequest = { readonly kind: 'DecideRequest' } & Said<'RequestDecided'>;
export type NotifyPerson = {
  readonly kind: 'NotifyPerson';
  readonly sentAt?: Instant;
} & Said<'RequestNotified'>;
export type CloseRequest = { readonly kind: 'CloseRequest' } & Said<'RequestClosed'>;

export type RequestCommand = ReceiveRequest | DeskCommand | AnswerCommand;
