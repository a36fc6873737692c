import type { NoticeKind } from './letters/kinds';

/** What may wait in the outbox: a notice to the company's own people, or a letter that was issued. */
export type Mailed = NoticeKind | 'letter';

/** Has mail sent. A notice goes to the responsible officer, and what it says is looked up when it is sent. */
export interface QueueNotice {
  readonly kind: 'QueueNotice';
  readonly notice: Mailed;
  /** What the notice is about; the letter's id. */
  readonly aboutId: string;
}
