import { CATEGORY_OF } from './alumnus-state';
import type { DataOf, EventType, ItemField } from './disclosure';
import type { Decider, Fact, NewEvent, Refusal } from './kernel';
import { keptDetails, type KeptCategory } from './erasable';
import { refuse } from './refusals';
import type { Category, ErasureGround, ErasureStanding } from './terms';
import { textsFault } from './texts';

/** What a plan names is recorded in chunks, and carried out so: this many people at most share one. */
export const ERASURE_CHUNK = 1000;

/** Proposes that people be erased; their chunks follow. */
export interface ProposeErasure {
  readonly kind: 'ProposeErasure';
  readonly erasureId: string;
  /** The account that proposes it, whatever it acts by (session or token). */
  readonly staffId: string;
  readonly ground: ErasureGround;
  readonly people: number;
  readonly chunks: number;
  readonly held: number;
  readonly empty: number;
  /** Whether somebody else must approve it. */
  readonly second: boolean;
  /** Single items, instead of all of the categories. */
  readonly fields?: readonly ItemField[];
  readonly requestId?: string;
  readonly reason: string;
  /** Of what was asked for by name: what must stay longest, where nobody is left because of it. */
  readonly kept?: KeptCategory;
}

/** Names people of a plan, and which categories of theirs. */
export type ProposeChunk = { readonly kind: 'ProposeChunk' } & Omit<
  DataOf<'ErasureChunkProposed'>,
  'erasureId'
>;

/** Lets it be carried out. */
export interface ApproveErasure {
  readonly kind: 'ApproveErasure';
  readonly staffId: string;
}

export interface RefuseErasure {
  readonly kind: 'RefuseErasure';
  readonly staffId: string;
  readonly reason: string;
}

/** What the program itself records while it carries a plan out. */
export type CarryOutErasure =
  | ({ readonly kind: 'RecordExecuted' } & Omit<DataOf<'ErasureChunkExecuted'>, 'erasureId'>)
  | ({ readonly kind: 'EndErasure' } & Omit<DataOf<'ErasureExecuted'>, 'erasureId'>);

export type ErasureCommand = ProposeErasure | ProposeChunk | ApproveErasure | RefuseErasure | CarryOutErasure;

export type ErasurePlanEvent = Extract<
  EventType,
  | 'ErasureProposed'
  | 'ErasureChunkProposed'
  | 'ErasureApproved'
  | 'ErasureRefused'
  | 'ErasureChunkExecuted'
  | 'ErasureExecuted'
>;

export interface ErasureState {
  readonly standing?: ErasureStanding;
  readonly proposal?: Fact<'ErasureProposed'>;
  /** Chunks that were recorded, and those that were carried out. */
  readonly proposed: number;
  readonly executed: number;
  /** Who approved or refused it, and when. */
  readonly decision?: Fact<'ErasureApproved' | 'ErasureRefused'>;
  readonly ended?: Fact<'ErasureExecuted'>;
}

type Decision = readonly NewEvent<ErasurePlanEvent>[] | Refusal;

/**
 * Rules of a stream `erasure-<id>`: who is erased was proposed by one person, approved by another where it is more than
 * the company trusts one with (GL 10-3), and is carried out once (22).
 */
export const erasurePlanDecider: Decider<ErasureCommand, ErasureState, ErasurePlanEvent> = {
  initial: { proposed: 0, executed: 0 },

  decide(command, state): Decision {
    if (command.kind === 'ProposeErasure') return state.standing === undefined ? propose(command) : [];
    if (state.proposal === undefined) return refuse('erasure-unknown');
    const { erasureId } = state.proposal.data;
    switch (command.kind) {
      case 'ApproveErasure':
      case 'RefuseErasure':
        return judge(command, state);
      case 'ProposeChunk':
        return nameChunk(command, erasureId, state);
      default:
        return carryOut(command, erasureId, state);
    }
  },

  evolve(state, fact) {
    switch (fact.type) {
      case 'ErasureProposed':
        return { ...state, standing: 'drafting', proposal: fact };
      case 'ErasureChunkProposed': {
        const proposed = fact.data.number + 1;
        const whole = proposed === state.proposal?.data.chunks;
        return { ...state, proposed, standing: whole ? 'proposed' : 'drafting' };
      }
      case 'ErasureApproved':
        return { ...state, standing: 'approved', decision: fact };
      case 'ErasureRefused':
        return { ...state, standing: 'refused', decision: fact };
      case 'ErasureChunkExecuted':
        return { ...state, standing: 'running', executed: fact.data.number + 1 };
      case 'ErasureExecuted':
        return { ...state, standing: 'executed', ended: fact };
    }
  },
};

function propose({ kind: _, kept, ...data }: ProposeErasure): Decision {
  if (data.people === 0 && kept !== undefined) return refuse('erasure-retained', keptDetails(kept));
  if (data.people === 0) return refuse('erasure-of-nobody', { held: data.held, empty: data.empty });
  if (data.reason.trim() === '') return refuse('reason-required');
  return textsFault({ reason: data.reason }) ?? [{ type: 'ErasureProposed', data }];
}

/** A chunk that was recorded before is not recorded twice. */
function nameChunk({ kind: _, ...chunk }: ProposeChunk, erasureId: string, state: ErasureState): Decision {
  if (chunk.number < state.proposed) return [];
  if (state.standing !== 'drafting' || chunk.number > state.proposed) return wrong(state);
  return [{ type: 'ErasureChunkProposed', data: { erasureId, ...chunk } }];
}

function judge(command: ApproveErasure | RefuseErasure, state: ErasureState): Decision {
  const { erasureId, staffId: asker, second } = state.proposal!.data;
  const { staffId } = command;
  const type = command.kind === 'ApproveErasure' ? 'ErasureApproved' : 'ErasureRefused';
  const { decision } = state;
  if (decision?.type === type && decision.data.staffId === staffId) return [];
  if (state.standing !== 'proposed') return wrong(state);
  if (command.kind === 'ApproveErasure') {
    if (second && staffId === asker) return refuse('erasure-own-plan');
    return [{ type: 'ErasureApproved', data: { erasureId, staffId } }];
  }
  const { reason } = command;
  if (reason.trim() === '') return refuse('reason-required');
  return textsFault({ reason }) ?? [{ type: 'ErasureRefused', data: { erasureId, staffId, reason } }];
}

/** Any step may be taken again after a crash. */
function carryOut(command: CarryOutErasure, erasureId: string, state: ErasureState): Decision {
  const { standing, executed, proposal } = state;
  if (standing === 'executed') return [];
  if (standing !== 'approved' && standing !== 'running') return wrong(state);
  if (command.kind === 'RecordExecuted') {
    const { kind: _, ...chunk } = command;
    if (chunk.number < executed) return [];
    if (chunk.number > executed) return wrong(state);
    return [{ type: 'ErasureChunkExecuted', data: { erasureId, ...chunk } }];
  }
  if (executed < proposal!.data.chunks) return wrong(state);
  const { kind: _, ...totals } = command;
  return [{ type: 'ErasureExecuted', data: { erasureId, ...totals } }];
}

function wrong({ standing }: ErasureState): Refusal {
  return refuse('erasure-standing', { erasure: standing ?? '' });
}

/** The categories under whose keys these items are sealed. */
export function itemCategories(fields: readonly ItemField[]): readonly Category[] {
  return [...new Set(fields.map((field) => CATEGORY_OF[field]))].sort();
}
