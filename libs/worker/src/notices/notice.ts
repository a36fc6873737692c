import type { Ledger } from '@enishi/application/ledger';
import type { Bilingual, LetterValues } from '@enishi/domain';
import type { Pool } from 'pg';

/** Many things of one kind that wait for somebody. */
export interface WaitingWork {
  readonly title: Bilingual;
  /** Who may do it. */
  readonly roles: readonly string[];
  readonly count: number;
  readonly overdue: number;
  /** Of these, overdue so long that the officer must look at it. */
  readonly escalated: number;
}

/** Where those of a role are written to. */
export interface Mailbox {
  readonly address: string;
  readonly name: Bilingual;
}

/** What a notice may ask for beside the ledger. */
export interface NoticeRoom {
  readonly ledger: Pick<Ledger, 'store' | 'vault' | 'clock'>;
  /** The address of a page of the console, by its path. */
  readonly page: (path: string) => string;
  /** Where the views stand. */
  readonly pool: Pool;
  /** All that waits for anybody. */
  readonly work: () => Promise<readonly WaitingWork[]>;
  /** By role. */
  readonly mailboxes: ReadonlyMap<string, Mailbox>;
}

/** A notice as it goes out; to the responsible officer where nobody else is named. */
export type NoticeWritten =
  { readonly values: LetterValues; readonly to?: string } | { readonly dropped: string };

/** What a notice of one kind is about, and what it says. */
export interface NoticeSource {
  /** The stream that it is about: while that is parked, the notice waits. */
  readonly stream: (aboutId: string) => string;
  /**
   * What it says, from what the ledger says now; no personal data.
   * @returns `dropped` with a code, where nobody needs it any more
   */
  readonly write: (room: NoticeRoom, aboutId: string, id: string) => Promise<NoticeWritten>;
}
