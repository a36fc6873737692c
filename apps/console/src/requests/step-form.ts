import type { RequestDetail, RequestTask } from '../api/request-contract';
import type { Speaking } from '../words/language';
import type { DeskWords } from './desk-words';
import type { Choice, Field, Values } from './form-fields';

/** What can be done with a request by filling in a form. */
export type StepName =
  | 'identity'
  | 'assign'
  | 'note'
  | 'pause'
  | 'fee'
  | 'link'
  | 'task'
  | 'answer'
  | 'decide'
  | 'execute'
  | 'notify'
  | 'complain'
  | 'close';

/** What a form is made from. */
export interface StepRoom {
  readonly request: RequestDetail;
  readonly words: DeskWords;
  readonly w: Speaking['w'];
  readonly language: Speaking['language'];
  /** Who is signed in. */
  readonly accountId: string;
  /** That is to be answered. */
  readonly task: RequestTask | undefined;
  /** Other requests, of which this one may be a repetition. */
  readonly others: readonly Choice[];
}

/** One step as a form, and where it is sent. */
export interface StepForm {
  readonly title: string;
  readonly text: string;
  readonly button: string;
  /** Below the address of the request. */
  readonly path: string;
  readonly initial: Values;
  readonly fields: (values: Values) => readonly Field[];
  /** Of what was filled in, where it is not sent as it is. */
  readonly body?: (filled: Values) => object;
}
