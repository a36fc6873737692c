import type { Decider, Instant } from '../kernel';

/** Has the daily mail of today sent, once, to the responsible officer. */
export interface QueueDigest {
  readonly kind: 'QueueDigest';
}

/** Notes that the daily mail of a day has left. */
export interface NoteDigest {
  readonly kind: 'NoteDigest';
  /** The beginning of the day. */
  readonly from: Instant;
}

/** Rules of the stream `digest`: a day has one. Only the last event need be read. */
export const digestDecider: Decider<NoteDigest, Instant, 'DigestSent'> = {
  initial: '',
  decide: ({ from }, last) => (from <= last ? [] : [{ type: 'DigestSent', data: { from } }]),
  evolve: (_, { data: { from } }) => from,
};
