import type { NoticeKind } from './letters/kinds';

/** What may wait in the outbox: a notice to the company's own people, a letter that was issued, a checkpoint for a keeper. */
export type Mailed = NoticeKind | 'letter' | 'checkpoint';

/** Has the officer told, once a month, what nothing keeps any more. */
export interface QueueRetentionNotice {
  readonly kind: 'QueueRetentionNotice';
  /** `2027-04` */
  readonly month: string;
}

/** Has mail sent. A notice goes to the responsible officer, and what it says is looked up when it is sent. */
export interface QueueNotice {
  readonly kind: 'QueueNotice';
  readonly notice: Exclude<Mailed, 'checkpoint'>;
  /** What the notice is about; the letter's id. */
  readonly aboutId: string;
}
