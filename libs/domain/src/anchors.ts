import type { Decider, Instant } from './kernel';

/** Anchors an hour of the access log in the ledger: how many entries, and their digest. */
export interface RecordAccessDigest {
  readonly kind: 'RecordAccessDigest';
  readonly from: Instant;
  readonly to: Instant;
  readonly entries: number;
  /** SHA-256 (hex) over the entries in their canonical order. */
  readonly digest: string;
}

/** Rules of the stream `access-log`: each span once, and never an empty one. */
export const accessLogDecider: Decider<RecordAccessDigest, readonly Instant[], 'AccessDigestRecorded'> = {
  initial: [],
  decide({ from, to, entries, digest }, recorded) {
    if (entries === 0 || recorded.includes(from)) return [];
    return [{ type: 'AccessDigestRecorded', data: { from, to, entries, digest } }];
  },
  evolve: (recorded, fact) => [...recorded, fact.data.from],
};

/** Notes that a review of accounts was signed off. */
export interface NoteAccountsReviewed {
  readonly kind: 'NoteAccountsReviewed';
  readonly reviewId: string;
  /** Accounts that kept what they hold, and accounts that lost it. */
  readonly kept: number;
  readonly revoked: number;
  /** SHA-256 (hex) over what was reviewed and decided, salted. */
  readonly digest: string;
}

/** Rules of the stream `accounts`: each review once. */
export const accountsDecider: Decider<NoteAccountsReviewed, readonly string[], 'AccountsReviewed'> = {
  initial: [],
  decide({ reviewId, kept, revoked, digest }, noted) {
    if (noted.includes(reviewId)) return [];
    return [{ type: 'AccountsReviewed', data: { reviewId, kept, revoked, digest } }];
  },
  evolve: (noted, fact) => [...noted, fact.data.reviewId],
};

/** Notes the life of an epoch key: from its end, certificates since the last one are irrecoverable. */
export type EpochCommand = {
  readonly kind: 'NoteEpochOpened' | 'NoteEpochDestroyed';
  readonly epoch: number;
};

/** Rules of the stream `vault`. */
export const epochDecider: Decider<EpochCommand, readonly string[], 'EpochOpened' | 'EpochDestroyed'> = {
  initial: [],
  decide({ kind, epoch }, noted) {
    const type = kind === 'NoteEpochOpened' ? 'EpochOpened' : 'EpochDestroyed';
    return noted.includes(`${type}/${epoch}`) ? [] : [{ type, data: { epoch } }];
  },
  evolve: (noted, fact) => [...noted, `${fact.type}/${fact.data.epoch}`],
};

/** Notes what a comparison of the tree, and of views, with the events came to. */
export interface RecordSelfCheck {
  readonly kind: 'RecordSelfCheck';
  /** Events that were read, and the root of their tree (hex). */
  readonly leaves: number;
  readonly root: string;
  readonly checkpoints: number;
  /** How many differences were found in leaves, tree and checkpoints. */
  readonly differences: number;
  /** How many views were compared, how many rows the events make in them, and how many differ; absent: none was. */
  readonly views?: number;
  readonly rows?: number;
  readonly rowDifferences?: number;
  /** Scopes that are parked, in the views or in what was rebuilt. */
  readonly parkedScopes?: number;
}

/** Rules of the stream `self-check`: what was found is noted, each time. */
export const selfCheckDecider: Decider<RecordSelfCheck, undefined, 'SelfCheckRecorded'> = {
  initial: undefined,
  decide: ({ kind: _, ...found }) => [{ type: 'SelfCheckRecorded', data: found }],
  evolve: () => undefined,
};
