import type { ExpireConsent } from '../consent-expiry';
import type { EventType } from '../disclosure';
import type { Decider, Fact, Instant } from '../kernel';
import type { QueueDigest } from '../letters/digest';
import type { WriteLetter } from '../letters/letter';
import type { QueueNotice, QueueRetentionNotice } from '../notices';
import type { RecordPublication } from '../purpose';
import type { RefusalCode } from '../refusals';
import type { NoteReplyReturned, NoteReplySent } from '../requests/request-commands';
import type { NoteRecipient, OweNotice } from '../telling';
import type { POLICY_NAMES } from '../terms';

export type PolicyName = (typeof POLICY_NAMES)[number];

/** What a policy may order. */
export type PolicyCommand =
  | ExpireConsent
  | QueueDigest
  | QueueNotice
  | QueueRetentionNotice
  | WriteLetter
  | NoteRecipient
  | OweNotice
  | RecordPublication
  | NoteReplySent
  | NoteReplyReturned;

/** A command, and what tells it from another of the same kind for the same target and event. */
export interface Reaction {
  readonly command: PolicyCommand;
  /** Never a place in a list: the program may change what else it orders. */
  readonly discriminator: string;
}

/**
 * What follows from events: pure, without clock, store or chance. Its commands may come twice, and are carried out
 * once: their ids derive from the event, the policy, the target stream, the kind of command and the discriminator.
 */
export interface Policy {
  readonly name: PolicyName;
  /** `head`: a policy that is new looks at what comes from then on. `beginning`: at everything there is. */
  readonly start: 'head' | 'beginning';
  readonly handles: readonly EventType[];
  /**
   * Where an event must wait: the instant after which it is looked at, with the first day that begins then. Never, where
   * there is none. Without this function every event is looked at when it comes.
   */
  readonly dueAt?: (fact: Fact) => Instant | undefined;
  /** What is to be done, now that the event is there and its day has come. Sealed fields are not opened for it. */
  readonly react: (fact: Fact) => readonly Reaction[];
}

/** Keeps what the rules said no to, of what a policy had ordered. */
export interface NotePolicyRefusal {
  readonly kind: 'NotePolicyRefusal';
  readonly policy: PolicyName;
  readonly command: PolicyCommand['kind'];
  /** The event that the policy had answered. */
  readonly eventId: string;
  readonly code: RefusalCode;
}

/** Rules of a stream `refused-<commandId>`: it is kept, and nothing follows from it. */
export const policyRefusalDecider: Decider<NotePolicyRefusal, undefined, 'PolicyCommandRefused'> = {
  initial: undefined,
  decide: ({ policy, command, eventId, code }) => [
    { type: 'PolicyCommandRefused', data: { policy, command, eventId, code } },
  ],
  evolve: () => undefined,
};
