import type { Decider, Fact, Instant, NewEvent, Refusal } from './kernel';
import { refuse } from './refusals';
import { textsFault } from './texts';

export type DuplicateEvent = 'AlumniLinked' | 'AlumniUnlinked' | 'DuplicateDismissed';

/** What the rules ask of each of the two, looked up by the handler. */
export interface PairedRecord {
  readonly registered: boolean;
  readonly erasing: boolean;
}

interface OnPair {
  readonly pair: Pair;
  readonly reason: string;
  readonly records: readonly PairedRecord[];
}

/** The two records are about the same person. */
export interface LinkAlumni extends OnPair {
  readonly kind: 'LinkAlumni';
}

/** They are about different people, though they look alike: not to be proposed again. */
export interface DismissDuplicate extends OnPair {
  readonly kind: 'DismissDuplicate';
}

/** The link was an error: each stands for itself again. */
export interface UnlinkAlumni {
  readonly kind: 'UnlinkAlumni';
  readonly pair: Pair;
  readonly reason?: string;
}

export type DuplicateCommand = LinkAlumni | UnlinkAlumni | DismissDuplicate;

/** Two records, the smaller id first: whichever way round they are named, it is the same pair. */
export interface Pair {
  readonly alumnusId: string;
  readonly otherId: string;
}

/** @example pairOf('b', 'a') // { alumnusId: 'a', otherId: 'b' } */
export function pairOf(one: string, other: string): Pair {
  return one < other ? { alumnusId: one, otherId: other } : { alumnusId: other, otherId: one };
}

export interface DuplicateState {
  readonly standing: 'none' | 'linked' | 'unlinked' | 'dismissed';
  /** Event id of the link that holds. */
  readonly linkId?: string;
}

/**
 * Rules of a stream `link-<alumnusId>.<otherId>`: whether two records are about the same person. A person says so,
 * never a program; nothing is merged, so undoing it gives back what was before.
 */
export const duplicateDecider: Decider<DuplicateCommand, DuplicateState, DuplicateEvent> = {
  initial: { standing: 'none' },

  decide(command, state) {
    const { pair } = command;
    if (pair.alumnusId === pair.otherId) return refuse('link-to-itself');
    if (command.kind === 'UnlinkAlumni') return decideUnlink(command, state);
    if (state.standing === (command.kind === 'LinkAlumni' ? 'linked' : 'dismissed')) return [];
    if (state.standing === 'linked') return refuse('duplicate-linked');
    const fault = faultOf(command);
    if (fault !== undefined) return fault;
    const type = command.kind === 'LinkAlumni' ? 'AlumniLinked' : 'DuplicateDismissed';
    return [{ type, data: { ...pair, reason: command.reason } }];
  },

  evolve: (_, fact) => standingAfter(fact),
};

/** How a pair stands after an event, whatever was before. */
export function standingAfter(fact: Fact<DuplicateEvent>): DuplicateState {
  if (fact.type === 'AlumniLinked') return { standing: 'linked', linkId: fact.id };
  return { standing: fact.type === 'AlumniUnlinked' ? 'unlinked' : 'dismissed' };
}

function decideUnlink(
  { pair, reason }: UnlinkAlumni,
  { standing, linkId }: DuplicateState,
): readonly NewEvent<DuplicateEvent>[] | Refusal {
  if (standing === 'unlinked') return [];
  if (linkId === undefined) return refuse('not-linked');
  const why = reason === undefined ? {} : { reason };
  return textsFault(why) ?? [{ type: 'AlumniUnlinked', data: { ...pair, linkId, ...why } }];
}

function faultOf({ records, reason }: OnPair): Refusal | undefined {
  if (records.some(({ registered }) => !registered)) return refuse('alumnus-unknown');
  if (records.some(({ erasing }) => erasing)) return refuse('erasure-started');
  if (reason.trim() === '') return refuse('reason-required');
  return textsFault({ reason });
}

/** A link that holds. */
export interface Link extends Pair {
  readonly linkId: string;
}

/** Records about one person, as people have linked them: by one link or by several in a row. */
export interface LinkedGroup {
  /** Alumnus ids, in order. */
  readonly members: readonly string[];
  /** Event ids of the links, in order. */
  readonly linkIds: readonly string[];
}

/**
 * The links that hold, from the facts of any number of pairs, each pair's in ledger order.
 * @param at only facts effective by then; absent: all of them
 */
export function linksAt(facts: readonly Fact<DuplicateEvent>[], at?: Instant): readonly Link[] {
  const pairs = new Map<string, DuplicateState & Pair>();
  for (const fact of facts) {
    if (at !== undefined && fact.effectiveAt > at) continue;
    const { alumnusId, otherId } = fact.data;
    pairs.set(`${alumnusId}.${otherId}`, { alumnusId, otherId, ...standingAfter(fact) });
  }
  return [...pairs.values()].flatMap(({ alumnusId, otherId, linkId }) =>
    linkId === undefined ? [] : [{ alumnusId, otherId, linkId }],
  );
}

/** Who belongs together, by member: a record linked with a linked one is about the same person too. */
export function linkedGroups(links: readonly Link[]): ReadonlyMap<string, LinkedGroup> {
  const of = new Map<string, { members: string[]; linkIds: string[] }>();
  for (const { alumnusId, otherId, linkId } of links) {
    const one = of.get(alumnusId) ?? { members: [alumnusId], linkIds: [] };
    const other = of.get(otherId) ?? { members: [otherId], linkIds: [] };
    if (one !== other) {
      one.members.push(...other.members);
      one.linkIds.push(...other.linkIds);
    }
    one.linkIds.push(linkId);
    for (const member of one.members) of.set(member, one);
  }
  for (const group of new Set(of.values())) {
    group.members.sort();
    group.linkIds.sort();
  }
  return of;
}
