import type { Ledger } from '@enishi/application/ledger';
import type { Bilingual, LetterValues } from '@enishi/domain';

/** Many things of one kind that wait for somebody. */
export interface WaitingWork {
  readonly title: Bilingual;
  readonly count: number;
  readonly overdue: number;
  /** Of these, overdue so long that the officer must look at it. */
  readonly escalated: number;
}

/** What a notice may ask for beside the ledger. */
export interface NoticeRoom {
  readonly ledger: Pick<Ledger, 'store' | 'vault' | 'clock'>;
  /** The address of a page of the console, by its path. */
  readonly page: (path: string) => string;
  /** All that waits for anybody. */
  readonly work: () => Promise<readonly WaitingWork[]>;
}

/** What a notice of one kind is about, and what it says. */
export interface NoticeSource {
  /** The stream that it is about: while that is parked, the notice waits. */
  readonly stream: (aboutId: string) => string;
  /**
   * What it says, from what the ledger says now; no personal data.
   * @returns `dropped` with a code, where nobody needs it any more
   */
  readonly write: (
    room: NoticeRoom,
    aboutId: string,
  ) => Promise<{ readonly values: LetterValues } | { readonly dropped: string }>;
}
