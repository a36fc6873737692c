import type { Decider, Instant } from './kernel';

/** Notes that this ledger goes on from a backup: what was read from it, and how much was lost behind it. */
export interface NoteRestored {
  readonly kind: 'NoteRestored';
  /** SHA-256 of the backup's manifest; absent where the databases were put back by other means. */
  readonly backup?: string;
  readonly takenAt?: Instant;
  /** Events that were brought back. */
  readonly leaves: number;
  /** Events known to have stood behind them, which are gone. */
  readonly lost: number;
}

/** Notes what became of a rehearsal: a backup restored elsewhere, looked through, and thrown away. */
export interface RecordRestoreDrill {
  readonly kind: 'RecordRestoreDrill';
  readonly backup: string;
  readonly takenAt: Instant;
  readonly leaves: number;
  /** Root of the tree over the leaves, hex. */
  readonly root: string;
  /** Events whose personal values opened, and those of which some were erased. */
  readonly opened: number;
  readonly erased: number;
  readonly seconds: number;
}

/** Rules of the stream `recovery`: what happened is noted, each time. */
export const recoveryDecider: Decider<
  NoteRestored | RecordRestoreDrill,
  undefined,
  'LedgerRestored' | 'RestoreDrillRecorded'
> = {
  initial: undefined,
  decide({ kind, ...data }) {
    return kind === 'NoteRestored'
      ? [{ type: 'LedgerRestored', data: data as Omit<NoteRestored, 'kind'> }]
      : [{ type: 'RestoreDrillRecorded', data: data as Omit<RecordRestoreDrill, 'kind'> }];
  },
  evolve: () => undefined,
};
